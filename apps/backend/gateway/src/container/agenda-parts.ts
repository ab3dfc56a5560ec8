import { type AgendaHours, createAgendaHours } from '../services/agenda/availability.ts';
import {
  type BookingCalendar,
  createBookingCalendar,
} from '../services/agenda/booking-calendar.ts';
import type { Foundation } from './foundation.ts';

/** When doctors work, and what calendars outside see of it. */
export interface AgendaParts {
  agendaHours: AgendaHours;
  bookingCalendar: BookingCalendar;
}

export function createAgendaParts({ clock, db, env }: Foundation): AgendaParts {
  return {
    agendaHours: createAgendaHours({ db, clock }),
    bookingCalendar: createBookingCalendar({
      db,
      clock,
      frontendUrl: env.PUBLIC_FRONTEND_URL,
      gatewayUrl: env.PUBLIC_GATEWAY_URL,
      googleAvailable: false,
    }),
  };
}
