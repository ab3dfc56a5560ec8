import type { WorkingHours } from '@medcall/shared-types';

/** A row of the form: an interval of a weekday. `key` is the row's own on this screen. */
export interface HoursRow extends WorkingHours {
  key: number;
}

export type HoursTrouble = 'invalid' | 'overlap';

/** What is wrong with each row, by key. The service refuses the same. */
export function troubles(rows: readonly HoursRow[]): Map<number, HoursTrouble> {
  const found = new Map<number, HoursTrouble>();
  for (const row of rows) {
    if (row.start === '' || row.end === '' || row.start >= row.end) found.set(row.key, 'invalid');
    else if (rows.some((other) => other.key !== row.key && cross(row, other))) {
      found.set(row.key, 'overlap');
    }
  }
  return found;
}

function cross(one: HoursRow, other: HoursRow): boolean {
  return (
    one.weekday === other.weekday &&
    one.start < other.end &&
    other.start < one.end &&
    (one.valid_from ?? '') <= (other.valid_until ?? '9999') &&
    (other.valid_from ?? '') <= (one.valid_until ?? '9999')
  );
}

/** The next interval of a day: after the last one, as long as it, at most to the end of the day. */
export function nextInterval(ofDay: readonly HoursRow[]): Pick<HoursRow, 'start' | 'end'> {
  const last = [...ofDay].sort((a, b) => a.end.localeCompare(b.end)).at(-1);
  if (!last) return { start: '08:00', end: '12:00' };
  const hour = Math.min(Number(last.end.slice(0, 2)) + 1, 22);
  const pad = (value: number) => String(value).padStart(2, '0');
  return { start: `${pad(hour)}:00`, end: `${pad(Math.min(hour + 4, 23))}:00` };
}

const workdays = [1, 2, 3, 4, 5];

/** The intervals of one weekday on all workdays; the other days stay as they are. */
export function repeatOnWorkdays(
  rows: readonly HoursRow[],
  weekday: number,
  newKey: () => number,
): HoursRow[] {
  const model = rows.filter((row) => row.weekday === weekday);
  const kept = rows.filter((row) => row.weekday === weekday || !workdays.includes(row.weekday));
  const copies = workdays
    .filter((day) => day !== weekday)
    .flatMap((day) => model.map((row) => ({ ...row, weekday: day, key: newKey() })));
  return [...kept, ...copies];
}
