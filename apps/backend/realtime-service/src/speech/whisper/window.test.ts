import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FULL_FRAMES, windowFrames } from './window.ts';

describe('the window of a sound', () => {
  it('of a usual export is always 30 s', () => {
    expect(windowFrames(16_000, 'fixed')).toBe(FULL_FRAMES);
  });

  it('is even, holds the sound and silence after it, and never exceeds 30 s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 * 16_000 }), (samples) => {
        const frames = windowFrames(samples, 'any-even');
        expect(frames % 2).toBe(0);
        expect(frames).toBeLessThanOrEqual(FULL_FRAMES);
        expect(frames).toBeGreaterThanOrEqual(
          Math.min(FULL_FRAMES, Math.max(1_000, samples / 160 + 200)),
        );
      }),
    );
  });
});
