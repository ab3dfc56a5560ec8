import { describe, expect, it } from 'vitest';
import { type HoursRow, nextInterval, repeatOnWorkdays, troubles } from './hours-form.ts';

const row = (key: number, weekday: number, start: string, end: string): HoursRow => ({
  key,
  weekday,
  start,
  end,
  slot_minutes: 30,
  valid_from: null,
  valid_until: null,
});

describe('weekly hours', () => {
  it('name the rows that end before they begin, and those that cross on one day', () => {
    const rows = [
      row(1, 1, '08:00', '12:00'),
      row(2, 1, '11:30', '13:00'),
      row(3, 2, '08:00', '12:00'),
      row(4, 3, '14:00', '14:00'),
      row(5, 1, '13:00', '18:00'),
    ];
    expect([...troubles(rows)]).toEqual([
      [1, 'overlap'],
      [2, 'overlap'],
      [4, 'invalid'],
    ]);
  });

  it('may follow one another in time without crossing', () => {
    const rows = [
      { ...row(1, 1, '08:00', '12:00'), valid_until: '2026-12-31' },
      { ...row(2, 1, '09:00', '13:00'), valid_from: '2027-01-01' },
    ];
    expect(troubles(rows).size).toBe(0);
  });

  it('are repeated on the workdays, in place of what was there; the weekend stays', () => {
    let key = 100;
    const rows = [
      row(1, 1, '08:00', '12:00'),
      row(2, 1, '14:00', '18:00'),
      row(3, 2, '10:00', '11:00'),
      row(4, 6, '08:00', '10:00'),
    ];
    const repeated = repeatOnWorkdays(rows, 1, () => key++);
    expect(repeated.filter(({ weekday }) => weekday === 2).map(({ start }) => start)).toEqual([
      '08:00',
      '14:00',
    ]);
    expect(repeated).toHaveLength(2 * 5 + 1);
    expect(new Set(repeated.map((each) => each.key)).size).toBe(repeated.length);
  });

  it('go on an hour after the last interval of a day', () => {
    expect(nextInterval([])).toEqual({ start: '08:00', end: '12:00' });
    expect(nextInterval([row(1, 1, '08:00', '12:00')])).toEqual({ start: '13:00', end: '17:00' });
    expect(nextInterval([row(1, 1, '08:00', '23:30')])).toEqual({ start: '22:00', end: '23:00' });
  });
});
