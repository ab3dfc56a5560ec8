import type { CalendarDeps } from '../calendar/calendar-deps.ts';
import type { CalendarProvider } from '../calendar/calendar-provider.ts';
import { createGoogleCalendar } from '../calendar/google-calendar.ts';
import { createGoogleOAuth } from '../calendar/google-oauth.ts';
import { createKeyedHash, deriveKey } from '../keys/derive-key.ts';
import { messageBackOff } from '../messages/message-deps.ts';
import { type AgendaHours, createAgendaHours } from '../services/agenda/availability.ts';
import {
  type BookingCalendar,
  createBookingCalendar,
} from '../services/agenda/booking-calendar.ts';
import {
  createGoogleConflicts,
  type GoogleConflicts,
} from '../services/agenda/google-conflicts.ts';
import {
  createGoogleConnection,
  type GoogleConnection,
} from '../services/agenda/google-connection.ts';
import { createGooglePush, type GooglePush } from '../services/agenda/google-push.ts';
import type { BookingDeps } from '../services/booking/booking-deps.ts';
import { createReservations, type Reservations } from '../services/booking/reservations.ts';
import { createSelfBooking, type SelfBooking } from '../services/booking/self-booking.ts';
import type { Foundation } from './foundation.ts';

/** When doctors work, what patients book of it, and what calendars outside see of it. */
export interface AgendaParts {
  googleConnection: GoogleConnection;
  googleConflicts: GoogleConflicts;
  googlePush: GooglePush;
  /** What the jobs that follow a doctor's Google calendar take. */
  outsideCalendar: CalendarDeps;
  agendaHours: AgendaHours;
  bookingCalendar: BookingCalendar;
  selfBooking: SelfBooking;
  reservations: Reservations;
  /** What the jobs that mail codes and bookings take. */
  booking: BookingDeps;
}

export function createAgendaParts(foundation: Foundation): AgendaParts {
  const { clock, db, env, logger, rootKey, seal } = foundation;
  const frontendUrl = env.PUBLIC_FRONTEND_URL;
  const keyed = createKeyedHash(deriveKey(rootKey, 'booking'));
  const booking = { db, clock, seal, keyed, frontendUrl };
  const outsideCalendar: CalendarDeps = {
    db,
    clock,
    logger,
    seal,
    provider: googleCalendar(foundation),
    frontendUrl,
    pushAddress: pushAddressOf(env.PUBLIC_GATEWAY_URL),
    backOff: { ...messageBackOff, firstMs: env.DELIVERY_RETRY_MS },
    tryForMs: 3 * env.MESSAGE_TIMEOUT_MS,
  };
  return {
    googleConnection: createGoogleConnection(outsideCalendar),
    googleConflicts: createGoogleConflicts(outsideCalendar),
    googlePush: createGooglePush({ clock, db }),
    outsideCalendar,
    agendaHours: createAgendaHours({ db, clock }),
    bookingCalendar: createBookingCalendar({
      db,
      clock,
      frontendUrl,
      gatewayUrl: env.PUBLIC_GATEWAY_URL,
      googleAvailable: outsideCalendar.provider !== null,
    }),
    selfBooking: createSelfBooking(booking),
    reservations: createReservations(booking),
    booking,
  };
}

/** Google sends to https alone: an installation without it reads calendars by the clock. */
function pushAddressOf(gatewayUrl: string): string | null {
  const url = new URL('/api/calendar/google/push', gatewayUrl);
  return url.protocol === 'https:' ? url.href : null;
}

/** Google's calendar where the installation has a client there. */
function googleCalendar({ clock, env }: Foundation): CalendarProvider | null {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = env;
  if (!clientId || !clientSecret) return null;
  const timeoutMs = env.MESSAGE_TIMEOUT_MS;
  const oauth = createGoogleOAuth({
    clientId,
    clientSecret,
    redirectUri: new URL('/api/calendar/google/callback', env.PUBLIC_GATEWAY_URL).href,
    accountsUrl: env.GOOGLE_ACCOUNTS_URL,
    oauthUrl: env.GOOGLE_OAUTH_URL,
    timeoutMs,
    now: () => clock.now(),
  });
  return createGoogleCalendar({ oauth, apiUrl: env.GOOGLE_API_URL, timeoutMs });
}
