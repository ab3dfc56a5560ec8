import { describe, expect, it } from 'vitest';
import { trailingLoop } from './repetition.ts';

const loopOf = (text: string) => trailingLoop(text.split(' '));

describe('a loop at the end of a sequence', () => {
  it('is found with its length and kept once', () => {
    expect(loopOf('x y a b c a b c a b c')).toEqual({ keep: 5, run: 3, repeats: 3 });
  });

  it('of one item must be long: people say a word three times', () => {
    expect(loopOf('não não não')).toBeNull();
    expect(loopOf('a a a a a a a a a')?.keep).toBe(1);
  });

  it('is no loop in the middle', () => {
    expect(loopOf('a b c a b c a b c d e')).toBeNull();
  });

  it('is not there in an empty sequence', () => {
    expect(trailingLoop([])).toBeNull();
  });
});
