import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  dateInSaoPaulo,
  easterSunday,
  endOfDayInSaoPaulo,
  isWorkingDay,
  nationalHolidays,
  workingDaysBetween,
} from './working-days.ts';

describe('national holidays', () => {
  // Published tables of Easter Sunday; 2038 and 1943 are the latest, 2285 the earliest possible day.
  it.each([
    [1943, '1943-04-25'],
    [2000, '2000-04-23'],
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ])('Easter of %i is %s', (year, date) => {
    expect(easterSunday(year)).toBe(date);
  });

  it('are ten since 2024, Good Friday among them, nine before', () => {
    expect([...nationalHolidays(2026).keys()].sort()).toEqual([
      '2026-01-01',
      '2026-04-03',
      '2026-04-21',
      '2026-05-01',
      '2026-09-07',
      '2026-10-12',
      '2026-11-02',
      '2026-11-15',
      '2026-11-20',
      '2026-12-25',
    ]);
    expect(nationalHolidays(2023).size).toBe(9);
    expect(nationalHolidays(2023).has('2023-11-20')).toBe(false);
  });

  it('leave the optional days of Carnival and Corpus Christi as working days', () => {
    expect(['2026-02-16', '2026-02-17', '2026-06-04'].map(isWorkingDay)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('working days', () => {
  it.each([
    ['a Monday', '2026-11-23', 3, '2026-11-26'],
    ['a Thursday, over the weekend', '2026-11-26', 3, '2026-12-01'],
    ['a Saturday', '2026-11-28', 3, '2026-12-02'],
    ['the day before two holidays on Friday and Sunday', '2026-11-12', 3, '2026-11-17'],
    ['over 20 November', '2026-11-18', 3, '2026-11-24'],
    ['Maundy Thursday', '2026-04-02', 3, '2026-04-08'],
    ['over Christmas and New Year', '2026-12-24', 6, '2027-01-05'],
    ['twenty of them', '2026-11-26', 20, '2026-12-24'],
  ])('counted from %s', (_what, from, days, due) => {
    expect(addWorkingDays(from, days)).toBe(due);
    expect(workingDaysBetween(from, due)).toBe(days);
    expect(workingDaysBetween(due, from)).toBe(-days);
  });

  it('a day counts for itself only as the day before', () => {
    expect(workingDaysBetween('2026-11-26', '2026-11-26')).toBe(0);
    expect(workingDaysBetween('2026-11-27', '2026-11-29')).toBe(0);
  });
});

describe('a day of São Paulo', () => {
  it('is not the day of UTC in the evening', () => {
    expect(dateInSaoPaulo(Date.parse('2026-11-27T02:59:59Z'))).toBe('2026-11-26');
    expect(dateInSaoPaulo(Date.parse('2026-11-27T03:00:00Z'))).toBe('2026-11-27');
  });

  it.each([
    ['2026-11-26', '2026-11-27T03:00:00.000Z'],
    ['2018-12-10', '2018-12-11T02:00:00.000Z'],
    // The night in which summer time began: the day's first instant is one o'clock.
    ['2018-11-03', '2018-11-04T03:00:00.000Z'],
  ])('%s is over at %s', (date, end) => {
    expect(new Date(endOfDayInSaoPaulo(date)).toISOString()).toBe(end);
    expect(dateInSaoPaulo(endOfDayInSaoPaulo(date) - 1)).toBe(date);
  });
});
