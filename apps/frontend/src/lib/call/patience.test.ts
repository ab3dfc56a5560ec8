import { describe, expect, it } from 'vitest';
import { Patience } from './patience.ts';
import { SimulatedTime } from './testing/simulated-time.ts';

function watched() {
  const time = new SimulatedTime();
  const endsMs: number[] = [];
  const patience = new Patience({ later: time.later, onEnd: () => endsMs.push(time.nowMs) });
  return { time, endsMs, patience };
}

describe('patience', () => {
  it('waits about twice as long each time', async () => {
    const { time, endsMs, patience } = watched();
    patience.begin();
    await time.runUntil(200_000);
    expect(endsMs).toEqual([4_000, 12_000, 28_000, 60_000, 120_000, 180_000]);
  });

  it('does not end while something goes on', async () => {
    const { time, endsMs, patience } = watched();
    patience.begin();
    for (let atMs = 3_000; atMs <= 30_000; atMs += 3_000)
      time.later(() => patience.progress(), atMs);
    await time.runUntil(33_999);
    expect(endsMs).toEqual([]);
    await time.runUntil(34_000);
    expect(endsMs).toEqual([34_000]);
  });

  it('is silent once it has come about, and short again the next time', async () => {
    const { time, endsMs, patience } = watched();
    patience.begin();
    await time.runUntil(12_000);
    patience.end();
    await time.runUntil(500_000);
    expect(endsMs).toEqual([4_000, 12_000]);
    patience.begin();
    await time.runUntil(504_000);
    expect(endsMs).toEqual([4_000, 12_000, 504_000]);
  });
});
