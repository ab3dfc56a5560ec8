import { describe, expect, it } from 'vitest';
import { delayAfter } from './throttle.ts';

describe('sign-in delay', () => {
  it('is nothing for the first failures, doubles from the fifth and never locks', () => {
    expect([0, 1, 4].map(delayAfter)).toEqual([0, 0, 0]);
    expect([5, 6, 7].map(delayAfter)).toEqual([2_000, 4_000, 8_000]);
    expect(delayAfter(10_000)).toBe(300_000);
  });
});
