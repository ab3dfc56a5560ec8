import type { CalendarConflict } from '@medcall/shared-types';
import { formatDate } from '#lib/utils.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { clockOf, localMoment } from './zone.ts';

const text = agendaMessages.google;

/** 27/11, 14:30 on the clinic's clock. */
export function momentOf(instant: string, timeZone: string): string {
  const { day, minutes } = localMoment(instant, timeZone);
  return `${formatDate(`${day}T12:00:00Z`).slice(0, 5)}, ${clockOf(minutes)}`;
}

/**
 * What Google says of a booking, in a sentence; nothing but times is known of it.
 * @param patient whose booking it is, where that is in sight
 */
export function conflictWords(
  { ends_at, kind, scheduled_at, starts_at }: CalendarConflict,
  timeZone: string,
  patient: string | null,
): string {
  const moment = momentOf(scheduled_at, timeZone);
  const at = patient === null ? moment : `${moment} (${patient})`;
  if (starts_at === null || ends_at === null) {
    return kind === 'overruled' ? text.what.overruledDeleted(at) : text.what.deleted(at);
  }
  const there = momentOf(starts_at, timeZone);
  switch (kind) {
    case 'moved':
      return text.what.moved(at, there);
    case 'overruled':
      return text.what.overruled(at, there);
    case 'busy':
      return text.what.busy(at, text.between(there, momentOf(ends_at, timeZone)));
    case 'deleted':
      return text.what.deleted(at);
  }
}
