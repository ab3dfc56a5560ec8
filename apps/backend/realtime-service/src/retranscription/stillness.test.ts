import { expect, it } from 'vitest';
import { Stillness } from './stillness.ts';

it('a job is given up when it has come no further for minutes, not when it is slow', () => {
  const minute = 60_000;
  let now = 0;
  const stillness = new Stillness({ now: () => now });
  const at = (minutes: number, secondsDone: number, events: number) => {
    now = minutes * minute;
    return stillness.isTooLong({ secondsDone, secondsTotal: 3600 }, events);
  };
  expect(at(0, 0, 0)).toBe(false);
  expect(at(9, 10, 0)).toBe(false);
  // Heard, but still part of the same second.
  expect(at(18, 10, 1)).toBe(false);
  expect(at(28, 10, 1)).toBe(false);
  expect(at(28.1, 10, 1)).toBe(true);
});
