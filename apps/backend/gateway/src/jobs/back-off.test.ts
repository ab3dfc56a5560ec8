import { expect, it } from 'vitest';
import { pauseAfter } from './back-off.ts';

const backOff = { firstMs: 10, factor: 3, longestMs: 100, attempts: 5 };

it('grows to the longest pause and ends with the last try', () => {
  expect([1, 2, 3, 4, 5, 6].map((n) => pauseAfter(n, backOff))).toEqual([
    10,
    30,
    90,
    100,
    null,
    null,
  ]);
});

it('waits as long as it is asked to, but not for ever', () => {
  expect(pauseAfter(1, backOff, 50)).toBe(50);
  expect(pauseAfter(1, backOff, 5_000)).toBe(100);
  expect(pauseAfter(3, backOff, 50)).toBe(90);
});
