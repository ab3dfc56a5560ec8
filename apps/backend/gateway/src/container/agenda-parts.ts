import { createKeyedHash, deriveKey } from '../keys/derive-key.ts';
import { type AgendaHours, createAgendaHours } from '../services/agenda/availability.ts';
import {
  type BookingCalendar,
  createBookingCalendar,
} from '../services/agenda/booking-calendar.ts';
import type { BookingDeps } from '../services/booking/booking-deps.ts';
import { createReservations, type Reservations } from '../services/booking/reservations.ts';
import { createSelfBooking, type SelfBooking } from '../services/booking/self-booking.ts';
import type { Foundation } from './foundation.ts';

/** When doctors work, what patients book of it, and what calendars outside see of it. */
export interface AgendaParts {
  agendaHours: AgendaHours;
  bookingCalendar: BookingCalendar;
  selfBooking: SelfBooking;
  reservations: Reservations;
  /** What the jobs that mail codes and bookings take. */
  booking: BookingDeps;
}

export function createAgendaParts({ clock, db, env, rootKey, seal }: Foundation): AgendaParts {
  const frontendUrl = env.PUBLIC_FRONTEND_URL;
  const keyed = createKeyedHash(deriveKey(rootKey, 'booking'));
  const booking = { db, clock, seal, keyed, frontendUrl };
  return {
    agendaHours: createAgendaHours({ db, clock }),
    bookingCalendar: createBookingCalendar({
      db,
      clock,
      frontendUrl,
      gatewayUrl: env.PUBLIC_GATEWAY_URL,
      googleAvailable: false,
    }),
    selfBooking: createSelfBooking(booking),
    reservations: createReservations(booking),
    booking,
  };
}
