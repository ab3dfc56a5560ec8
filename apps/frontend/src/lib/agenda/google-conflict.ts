import { type CalendarConflict, moveConsultation } from '@medcall/shared-types';
import { formatDate } from '#lib/utils.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { clockOf, localMoment } from './zone.ts';

const text = agendaMessages.google;

/** 27/11, 14:30 on the clinic's clock. */
export function momentOf(instant: string, timeZone: string): string {
  const { day, minutes } = localMoment(instant, timeZone);
  return `${formatDate(`${day}T12:00:00Z`).slice(0, 5)}, ${clockOf(minutes)}`;
}

/** How long it is in Google, where a booking may be as long; null for whole days, and for what is gone there. */
export function minutesThere({
  ends_at,
  starts_at,
}: Pick<CalendarConflict, 'starts_at' | 'ends_at'>): number | null {
  const minutes = lengthOf(starts_at, ends_at);
  return moveConsultation.shape.duration_minutes.safeParse(minutes ?? Number.NaN).success
    ? minutes
    : null;
}

function lengthOf(startsAt: string | null, endsAt: string | null): number | null {
  if (startsAt === null || endsAt === null) return null;
  return (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000;
}

/** 14:30, with the day before it where that is another one. */
function endWords(startsAt: string, endsAt: string, timeZone: string): string {
  const [start, end] = [localMoment(startsAt, timeZone), localMoment(endsAt, timeZone)];
  return start.day === end.day ? clockOf(end.minutes) : momentOf(endsAt, timeZone);
}

/**
 * What Google says of a booking, in a sentence; nothing but times is known of it.
 * @param patient whose booking it is, where that is in sight
 */
export function conflictWords(
  { duration_minutes, ends_at, kind, scheduled_at, starts_at }: CalendarConflict,
  timeZone: string,
  patient: string | null,
): string {
  const moment = momentOf(scheduled_at, timeZone);
  const at = patient === null ? moment : `${moment} (${patient})`;
  if (starts_at === null || ends_at === null) {
    return kind === 'overruled' ? text.what.overruledDeleted(at) : text.what.deleted(at);
  }
  const from = momentOf(starts_at, timeZone);
  const there =
    lengthOf(starts_at, ends_at) === duration_minutes
      ? from
      : text.until(from, endWords(starts_at, ends_at, timeZone));
  const more = minutesThere({ ends_at, starts_at }) === null ? ` ${text.notSoLong}` : '';
  switch (kind) {
    case 'moved':
      return text.what.moved(at, there) + more;
    case 'overruled':
      return text.what.overruled(at, there) + more;
    case 'busy':
      return text.what.busy(at, text.between(from, momentOf(ends_at, timeZone)));
    case 'deleted':
      return text.what.deleted(at);
  }
}
