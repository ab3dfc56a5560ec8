import type { Availability } from '@medcall/shared-types';
import { usualMinutes } from '#lib/agenda/grid.ts';
import { minutesOf } from '#lib/agenda/zone.ts';

/** How long a booking is where nobody said: as the hours that hold the time have it. */
export function usualLength(
  availability: Availability | undefined,
  day: string,
  minutes: number,
): number {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  const ofDay = availability?.hours.filter((row) => row.weekday === weekday) ?? [];
  const holding = ofDay.find(
    ({ start, end }) => minutes >= (minutesOf(start) ?? 0) && minutes < (minutesOf(end) ?? 0),
  );
  return (holding ?? ofDay[0] ?? availability?.hours[0])?.slot_minutes ?? usualMinutes;
}
