import { describe, expect, it } from 'vitest';
import { percentile, spreadOf } from './lag.ts';

describe('lag', () => {
  it('gives the median, the p95 and the worst of what was measured', () => {
    const seconds = Array.from({ length: 100 }, (_, k) => (k + 1) / 100);
    expect(spreadOf(seconds)).toEqual({
      count: 100,
      medianSeconds: 0.5,
      p95Seconds: 0.95,
      maxSeconds: 1,
    });
  });

  it('does not depend on the order', () => {
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
  });

  it('has no figure when nothing was measured', () => {
    expect(spreadOf([])).toBeNull();
  });
});
