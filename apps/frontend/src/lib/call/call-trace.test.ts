import { describe, expect, it, vi } from 'vitest';
import { CallTrace, type TraceEntry } from './call-trace.ts';
import { SimulatedTime } from './testing/simulated-time.ts';

describe('the trace of a call', () => {
  it('keeps what could not be sent, in order, and sends it later', async () => {
    vi.spyOn(console, 'debug').mockImplementation(() => undefined);
    const time = new SimulatedTime();
    let up = false;
    const got: TraceEntry[] = [];
    const trace = new CallTrace({
      later: time.later,
      nowMs: () => time.nowMs,
      send: async (entries) => {
        if (!up) throw new Error('no line');
        got.push(...entries);
      },
    });
    trace.add('a', { what: 'step', value: 'one' });
    time.later(() => trace.add('a', { what: 'ice', value: 'x'.repeat(200) }), 4_000);
    await time.runUntil(10_000);
    expect(got).toEqual([]);
    up = true;
    await time.runUntil(14_000);
    expect(got.map(({ atMs, value }) => [atMs, value.length])).toEqual([
      [0, 3],
      [4_000, 80],
    ]);
    await time.runUntil(100_000);
    expect(got).toHaveLength(2);
  });
});
