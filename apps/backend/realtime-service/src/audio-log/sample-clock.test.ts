import { describe, expect, it } from 'vitest';
import { SampleClock } from './sample-clock.ts';

const chunk = 1600;

describe('positions of chunks', () => {
  it('follow the count of samples when the client sends no clock', () => {
    const clock = new SampleClock(16_000);
    expect([0, 1, 2].map(() => clock.place(chunk, null))).toEqual([0, 1600, 3200]);
  });

  it('ignore the jitter of the clock and follow its pauses', () => {
    const clock = new SampleClock(16_000);
    expect(clock.place(chunk, 50_000)).toBe(0);
    expect(clock.place(chunk, 50_130)).toBe(1600);
    expect(clock.place(chunk, 50_190)).toBe(3200);
    // Muted for ten seconds.
    expect(clock.place(chunk, 60_300)).toBe(164_800);
    expect(clock.place(chunk, 60_400)).toBe(166_400);
  });

  it('never go backwards, whatever the clock says', () => {
    const clock = new SampleClock(16_000);
    clock.place(chunk, 10_000);
    expect(clock.place(chunk, 3000)).toBe(1600);
  });

  it('leave room for chunks that will never come', () => {
    const counted = new SampleClock(16_000);
    counted.place(chunk, null);
    counted.skip(3);
    expect(counted.place(chunk, null)).toBe(4 * chunk);
    const clocked = new SampleClock(16_000);
    clocked.place(chunk, 0);
    clocked.skip(3);
    expect(clocked.place(chunk, 400)).toBe(4 * chunk);
  });
});
