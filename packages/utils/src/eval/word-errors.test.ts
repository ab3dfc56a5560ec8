import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alignWords,
  countWordErrors,
  noWordErrors,
  poolWordErrors,
  wordErrorRate,
} from './word-errors.ts';

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

describe('word errors', () => {
  it.each([
    ['nothing wrong', 'tomo losartana', 'tomo losartana', [2, 0, 0, 0]],
    ['a word for another', 'tomo losartana', 'tomo los', [2, 1, 0, 0]],
    ['a word missing', 'não tenho febre', 'tenho febre', [3, 0, 1, 0]],
    ['a word too many', 'tenho febre', 'eu tenho febre', [2, 0, 0, 1]],
    ['nothing heard', 'tenho febre', '', [2, 0, 2, 0]],
    ['heard where nobody spoke', '', 'o que', [0, 0, 0, 2]],
    ['figures written out', 'tomo 50 mg', 'tomo cinquenta miligramas', [3, 0, 0, 0]],
  ] as const)('%s', (_name, reference, hypothesis, [count, subs, dels, ins]) => {
    expect(countWordErrors(reference, hypothesis)).toEqual({
      words: count,
      substitutions: subs,
      deletions: dels,
      insertions: ins,
    });
  });

  it('shows the way from reference to hypothesis in order', () => {
    expect(alignWords(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([
      { kind: 'equal', reference: 'a', hypothesis: 'a' },
      { kind: 'substitution', reference: 'b', hypothesis: 'x' },
      { kind: 'equal', reference: 'c', hypothesis: 'c' },
      { kind: 'insertion', hypothesis: 'd' },
    ]);
  });

  it('pools by words, not by texts', () => {
    const long = { words: 90, substitutions: 9, deletions: 0, insertions: 0 };
    const short = { words: 10, substitutions: 0, deletions: 5, insertions: 6 };
    expect(wordErrorRate(poolWordErrors([long, short]))).toBeCloseTo(0.2);
    expect(poolWordErrors([])).toEqual(noWordErrors);
  });

  it('has no rate without a reference, and may pass one', () => {
    expect(wordErrorRate(noWordErrors)).toBeNull();
    expect(wordErrorRate(countWordErrors('sim', 'acho que sim senhor'))).toBe(3);
  });

  it('uses every word of both sides exactly once, in order', () => {
    fc.assert(
      fc.property(words, words, (reference, hypothesis) => {
        const steps = alignWords(reference, hypothesis);
        expect(steps.flatMap((s) => ('reference' in s ? [s.reference] : []))).toEqual(reference);
        expect(steps.flatMap((s) => ('hypothesis' in s ? [s.hypothesis] : []))).toEqual(hypothesis);
      }),
    );
  });

  it('is symmetric and obeys the triangle inequality', () => {
    const distance = (a: string[], b: string[]) =>
      alignWords(a, b).filter((step) => step.kind !== 'equal').length;
    fc.assert(
      fc.property(words, words, words, (a, b, c) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c));
      }),
    );
  });
});
