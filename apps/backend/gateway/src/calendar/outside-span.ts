import type { BusySpan } from './calendar-provider.ts';

const minuteMs = 60_000;
/** Bookings without a length are rare and old. */
export const usualMinutes = 30;

/** When a booking is; null for one without a time. */
export function spanOf(booking: {
  scheduled_at: Date | null;
  duration_minutes: number | null;
}): BusySpan | null {
  const { duration_minutes, scheduled_at: startsAt } = booking;
  if (startsAt === null) return null;
  const minutes = duration_minutes ?? usualMinutes;
  return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * minuteMs) };
}

/** To the second: a calendar may keep no more. */
export function isSameSpan(one: BusySpan, other: BusySpan): boolean {
  return isSameSecond(one.startsAt, other.startsAt) && isSameSecond(one.endsAt, other.endsAt);
}

function isSameSecond(one: Date, other: Date): boolean {
  return Math.floor(one.getTime() / 1000) === Math.floor(other.getTime() / 1000);
}
