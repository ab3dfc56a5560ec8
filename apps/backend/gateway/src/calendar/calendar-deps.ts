import type { Clock, Database, Logger } from '@medcall/service-kit';
import type { BackOff } from '../jobs/back-off.ts';
import type { Seal } from '../keys/seal.ts';
import type { CalendarProvider } from './calendar-provider.ts';

/** What following a calendar outside takes. */
export interface CalendarDeps {
  db: Database;
  clock: Clock;
  logger: Logger;
  seal: Seal;
  /** Null where the installation has no client at Google. */
  provider: CalendarProvider | null;
  frontendUrl: string;
  /** Where Google may say that something changed; null where it could not reach us (it asks for https). */
  pushAddress: string | null;
  backOff: BackOff;
  /** A try is broken off after so long; nobody else tries the same for a third longer. */
  tryForMs: number;
}

/** With what a connection's refresh token is bound to its doctor. */
export function calendarTokenContext(doctorId: string): string {
  return `google-calendar:${doctorId}`;
}

/**
 * The event's id in the calendar outside: of the letters that Google takes (base32hex), and the same for
 * every try, so that a repetition is a conflict and not a second event.
 */
export function outsideEventId(consultationId: string): string {
  return `mc${consultationId.replaceAll('-', '')}`;
}
