import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOf, instantOf, localMoment, minutesOf } from './zone.ts';

describe('the wall clock of a place', () => {
  it('is behind UTC in São Paulo and another hour behind in Manaus', () => {
    const instant = '2026-11-27T02:30:00.000Z';
    expect(localMoment(instant, 'America/Sao_Paulo')).toEqual({ day: '2026-11-26', minutes: 1410 });
    expect(localMoment(instant, 'America/Manaus')).toEqual({ day: '2026-11-26', minutes: 1350 });
  });

  it('leads back to the instant, minute for minute, in any zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 }),
        fc.constantFrom('America/Sao_Paulo', 'America/Manaus', 'America/Noronha', 'UTC'),
        (minute, timeZone) => {
          const instant = new Date(minute * 60_000).toISOString();
          expect(instantOf(localMoment(instant, timeZone), timeZone)).toBe(instant);
        },
      ),
    );
  });

  it('keeps the clock over a change of it: nine in the morning is nine on both sides', () => {
    // New York goes back on 1 November 2026.
    expect(instantOf({ day: '2026-10-31', minutes: 540 }, 'America/New_York')).toBe(
      '2026-10-31T13:00:00.000Z',
    );
    expect(instantOf({ day: '2026-11-02', minutes: 540 }, 'America/New_York')).toBe(
      '2026-11-02T14:00:00.000Z',
    );
  });

  it('is written and read as HH:MM', () => {
    expect(clockOf(510)).toBe('08:30');
    expect(minutesOf('08:30')).toBe(510);
    expect(minutesOf('24:00')).toBe(1440);
    for (const wrong of ['24:01', '8:30', '12:60', '']) expect(minutesOf(wrong)).toBeNull();
  });
});
