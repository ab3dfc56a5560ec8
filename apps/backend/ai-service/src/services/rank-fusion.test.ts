import { expect, it } from 'vitest';
import { fuseRanks } from './rank-fusion.ts';

it('puts first what several lists rank high', () => {
  expect(
    fuseRanks([
      ['a', 'b', 'c'],
      ['b', 'd'],
    ]),
  ).toEqual(['b', 'a', 'd', 'c']);
  expect(fuseRanks([])).toEqual([]);
});
