import type { Availability } from '@medcall/shared-types';
import { addDays } from '../utils.ts';
import { localMoment, minutesOf } from './zone.ts';

export interface Span {
  start: number;
  end: number;
}
export interface BlockedSpan extends Span {
  id: string;
  reason: string | null;
}

const dayMinutes = 24 * 60;

/**
 * When a doctor attends on a day, and what is blocked in it, in minutes of the clinic's clock. For the
 * ground of the grid only: which slots are free to book is the service's answer.
 */
export function openTimes(
  day: string,
  { hours, exceptions, timezone }: Availability,
): { open: Span[]; blocked: BlockedSpan[] } {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  const open: Span[] = hours
    .filter(
      (row) =>
        row.weekday === weekday &&
        (row.valid_from === null || row.valid_from <= day) &&
        (row.valid_until === null || day <= row.valid_until),
    )
    .map(({ start, end }) => ({ start: minutesOf(start) ?? 0, end: minutesOf(end) ?? dayMinutes }));
  const blocked: BlockedSpan[] = [];
  for (const { id, kind, starts_at, ends_at, reason } of exceptions) {
    const span = partOf(day, starts_at, ends_at, timezone);
    if (!span) continue;
    if (kind === 'extra') open.push(span);
    else blocked.push({ ...span, id, reason });
  }
  return { open: open.sort((a, b) => a.start - b.start), blocked };
}

function partOf(day: string, startsAt: string, endsAt: string, timeZone: string): Span | null {
  const from = localMoment(startsAt, timeZone);
  const to = localMoment(endsAt, timeZone);
  if (from.day > day || to.day < day) return null;
  const start = from.day < day ? 0 : from.minutes;
  const end = to.day > day ? dayMinutes : to.minutes;
  return start < end ? { start, end } : null;
}

/** Sunday to Saturday around a day, as Brazilian calendars go. */
export function weekOf(day: string): string[] {
  const first = addDays(day, -new Date(`${day}T12:00:00Z`).getUTCDay());
  return Array.from({ length: 7 }, (_, at) => addDays(first, at));
}
