import { describe, expect, it } from 'vitest';
import { createOneAtATime } from './one-at-a-time.ts';

describe('one at a time', () => {
  it('keeps the order of one key, also after a failure', async () => {
    const lanes = createOneAtATime(10);
    const seen: number[] = [];
    const work = (n: number) =>
      lanes.run('a', async () => {
        await new Promise(setImmediate);
        seen.push(n);
        if (n === 2) throw new Error('fails');
        return n;
      });
    const results = await Promise.allSettled([work(1), work(2), work(3)]);
    expect(seen).toEqual([1, 2, 3]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('refuses what is more than the bound and lets other keys through', async () => {
    const lanes = createOneAtATime(1);
    const gate = Promise.withResolvers<string>();
    const first = lanes.run('a', () => gate.promise);
    expect(await lanes.run('a', async () => 'second')).toBeUndefined();
    expect(await lanes.run('b', async () => 'other')).toBe('other');
    gate.resolve('first');
    expect(await first).toBe('first');
    expect(await lanes.run('a', async () => 'later')).toBe('later');
  });
});
