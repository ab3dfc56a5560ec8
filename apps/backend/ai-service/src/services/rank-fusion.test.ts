import { expect, it } from 'vitest';
import { fusedScores } from './rank-fusion.ts';

it('puts first what several lists rank high', () => {
  const fused = fusedScores([
    ['a', 'b', 'c'],
    ['b', 'd'],
  ]);
  expect([...fused.keys()]).toEqual(['b', 'a', 'd', 'c']);
  expect(fusedScores([]).size).toBe(0);
});
