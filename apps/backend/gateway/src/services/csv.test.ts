import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';

describe('CSV', () => {
  it('quotes every cell and lets no cell become a formula', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x "y"', null],
          ['=1+1', '-2\n3'],
        ],
      ),
    ).toBe('"a","b"\r\n"x ""y""",""\r\n"\'=1+1","\'-2\n3"\r\n');
  });
});
