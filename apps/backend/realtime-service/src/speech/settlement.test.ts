import { describe, expect, it, vi } from 'vitest';
import { Settlement } from './settlement.ts';

describe('settlement of a stream', () => {
  it('moves its checkpoint only past what nothing is owed before', async () => {
    const settlement = new Settlement(0, vi.fn());
    const text = Promise.withResolvers<void>();
    settlement.expect(1_000, 2_000, text.promise);
    settlement.mark(900);
    settlement.mark(5_000);
    expect(settlement.checkpoint).toBe(900);
    expect(settlement.oldestEnd).toBe(2_000);
    text.resolve();
    await settlement.whenSettled();
    expect(settlement.checkpoint).toBe(5_000);
    expect(settlement.oldestEnd).toBeNull();
  });

  it('reports a text that failed by a defect, and owes it no longer', async () => {
    const onError = vi.fn();
    const settlement = new Settlement(0, onError);
    settlement.expect(0, 10, Promise.reject(new Error('a defect')));
    await settlement.whenSettled();
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'a defect' }));
  });
});
