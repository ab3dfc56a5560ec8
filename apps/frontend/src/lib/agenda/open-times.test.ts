import type { Availability } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import { openTimes, weekOf } from './open-times.ts';

const row = { slot_minutes: 30, valid_from: null, valid_until: null };
const agenda = (part: Partial<Availability>): Availability => ({
  doctor_id: '6b8b8e5f-0f42-4a64-a0ab-5a6a3ab0cf9b',
  timezone: 'America/Sao_Paulo',
  version: 1,
  accepts_online_booking: true,
  hours: [],
  exceptions: [],
  ...part,
});
// A Thursday.
const day = '2026-11-26';

describe('when a doctor attends', () => {
  it('is by weekday, and only while the row is valid', () => {
    const hours = [
      { ...row, weekday: 4, start: '08:00', end: '12:00' },
      { ...row, weekday: 5, start: '08:00', end: '12:00' },
      { ...row, weekday: 4, start: '14:00', end: '24:00', valid_from: '2026-11-26' },
      { ...row, weekday: 4, start: '13:00', end: '14:00', valid_until: '2026-11-25' },
    ];
    expect(openTimes(day, agenda({ hours })).open).toEqual([
      { start: 480, end: 720 },
      { start: 840, end: 1440 },
    ]);
  });

  it('counts a block over several days on each of them, by the clock of the clinic', () => {
    const exceptions = [
      {
        id: 'b',
        kind: 'blocked' as const,
        starts_at: '2026-11-25T15:00:00.000Z',
        ends_at: '2026-11-26T13:00:00.000Z',
        reason: 'congresso',
      },
    ];
    const blockedOn = (which: string) => openTimes(which, agenda({ exceptions })).blocked;
    expect(blockedOn('2026-11-25')).toMatchObject([{ start: 720, end: 1440 }]);
    expect(blockedOn(day)).toEqual([{ id: 'b', start: 0, end: 600, reason: 'congresso' }]);
    expect(blockedOn('2026-11-27')).toEqual([]);
  });

  it('a block that ends at midnight does not touch the next day', () => {
    const exceptions = [
      {
        id: 'b',
        kind: 'blocked' as const,
        starts_at: '2026-11-25T03:00:00.000Z',
        ends_at: '2026-11-26T03:00:00.000Z',
        reason: null,
      },
    ];
    expect(openTimes(day, agenda({ exceptions })).blocked).toEqual([]);
  });
});

it('a week goes from Sunday to Saturday, over the end of a month too', () => {
  expect(weekOf('2026-12-01')).toEqual([
    '2026-11-29',
    '2026-11-30',
    '2026-12-01',
    '2026-12-02',
    '2026-12-03',
    '2026-12-04',
    '2026-12-05',
  ]);
});
