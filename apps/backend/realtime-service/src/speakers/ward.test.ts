import { describe, expect, it } from 'vitest';
import { wardClusters } from './ward.ts';

const at = (x: number, mark: string | null = null, weight = 1) => ({
  values: Float64Array.of(x),
  weight,
  mark,
});

describe('Ward clustering', () => {
  it('joins what lies together', () => {
    expect(wardClusters([at(0), at(10), at(1), at(11), at(0.5)], 2)).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
  });

  it('never joins points with different marks, however near', () => {
    const groups = wardClusters([at(0, 'A'), at(0.1, 'B'), at(0.2), at(9)], 2);
    expect(groups.find((members) => members.includes(0))).not.toContain(1);
  });

  it('joins points with the same mark, however far', () => {
    const groups = wardClusters([at(0, 'A'), at(100, 'A'), at(1), at(2)], 2);
    expect(groups.find((members) => members.includes(0))).toContain(1);
  });

  it('lets a light point give way to heavy ones', () => {
    const heavy = wardClusters([at(0, null, 50), at(4, null, 50), at(9, null, 0.1)], 2);
    expect(heavy).toEqual([[0], [1, 2]]);
  });

  it('gives as many groups as there are points when more are asked for', () => {
    expect(wardClusters([at(1)], 2)).toEqual([[0]]);
    expect(wardClusters([], 2)).toEqual([]);
  });
});
