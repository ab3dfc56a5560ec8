import { describe, expect, it } from 'vitest';
import { capState, readCap } from './cap.ts';

describe('a ceiling', () => {
  it.each([
    ['', null],
    ['150', '150'],
    ['150,5', '150.5'],
    ['R$ 1.234,50', '1234.50'],
    ['99.90', '99.90'],
    ['-1', undefined],
    ['1,234', undefined],
    ['muito', undefined],
  ])('typed as “%s” is read as %s', (typed, read) => {
    expect(readCap(typed)).toBe(read);
  });

  it('is near from four fifths on, and reached at the whole, zero included', () => {
    expect(capState(79, 100).state).toBe('ok');
    expect(capState(80, 100).state).toBe('near');
    expect(capState(100, 100)).toEqual({ share: 1, state: 'reached' });
    expect(capState(0, 0).state).toBe('reached');
  });
});
