import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeOverlap } from './merge-overlap.ts';

const whole = (before: string, after: string, overlapWords = 4) => {
  const merged = mergeOverlap(before, after, overlapWords);
  return [merged.before, merged.after].filter((part) => part !== '').join(' ');
};

describe('joining the texts of two sounds that overlap', () => {
  it('writes the words of the overlap once', () => {
    expect(whole('a dor começou ontem à noite depois', 'à noite depois do jantar')).toBe(
      'a dor começou ontem à noite depois do jantar',
    );
  });

  it('drops the half words on both sides of the cut', () => {
    expect(whole('tomo remédio para pressão al', 'ão pressão alta todo dia')).toBe(
      'tomo remédio para pressão alta todo dia',
    );
  });

  it('compares without case, accents and punctuation, and keeps the first spelling', () => {
    expect(whole('E a pressão?', 'A pressao está boa.')).toBe('E a pressão? está boa.');
  });

  it('takes words that both sides half heard for one', () => {
    expect(whole('de manhã eu tomo a losart', 'losartana de cinquenta')).toBe(
      'de manhã eu tomo a losartana de cinquenta',
    );
    expect(whole('ela piora com o esforço fisco', 'esforso físico e melhora')).toBe(
      'ela piora com o esforço físico e melhora',
    );
  });

  it('does not join at a small word that stands in both by chance', () => {
    expect(whole('tomo de manhã e de noite sempre', 'com água de coco ou suco')).toBe(
      'tomo de manhã e de noite sempre com água de coco ou suco',
    );
  });

  it('leaves both as they are when they agree on nothing', () => {
    expect(mergeOverlap('um dois', 'três quatro', 4)).toEqual({
      before: 'um dois',
      after: 'três quatro',
    });
  });

  it('does not reach for a word that is said again much later', () => {
    const before = 'dor no peito quando subo a escada de casa ou carrego as compras';
    const after = 'do mercado e também sinto dor no peito';
    expect(whole(before, after)).toBe(`${before} ${after}`);
  });

  it.each([
    [
      'não, não, eu disse que não, não',
      'não, não quero',
      2,
      'não, não, eu disse que não, não quero',
    ],
    ['toma dois, dois', 'dois e meio', 1, 'toma dois, dois e meio'],
    ['zero um zero um zero um', 'zero um zero um três', 2, 'zero um zero um zero um zero um três'],
    ['é sim sim sim sim', 'sim sim sim pode ser', 1, 'é sim sim sim sim sim sim pode ser'],
  ])('keeps what was said twice: “%s” and “%s”', (before, after, overlapWords, said) => {
    expect(whole(before, after, overlapWords)).toBe(said);
  });

  it('neither drops nor doubles a word, whatever is said and wherever the cut falls', () => {
    const word = fc.stringMatching(/^[a-z]{2,6}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 6, maxLength: 30 }),
        fc.nat(),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: -2, max: 2 }),
        (words, at, overlap, misjudged) => {
          const cut = 1 + (at % (words.length - 1));
          const before = words.slice(0, cut).join(' ');
          const after = words.slice(Math.max(0, cut - overlap)).join(' ');
          expect(whole(before, after, Math.max(1, overlap + misjudged))).toBe(words.join(' '));
        },
      ),
    );
  });

  /** A cut at a random place of what people say who repeat themselves. */
  const repeated = fc
    .record({
      words: fc.array(fc.constantFrom('não', 'dois', 'e', 'meio', 'sim', 'zero', 'tomo'), {
        minLength: 6,
        maxLength: 30,
      }),
      at: fc.nat(),
      overlap: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ at, overlap, words }) => {
      const cut = 1 + (at % (words.length - 1));
      const from = Math.max(0, cut - overlap);
      const [before, after] = [words.slice(0, cut), words.slice(from)];
      return { words, before: before.join(' '), after: after.join(' '), overlap: cut - from };
    });

  it('neither drops nor doubles a word that is said again and again', () => {
    fc.assert(
      fc.property(repeated, ({ after, before, overlap, words }) => {
        expect(whole(before, after, overlap)).toBe(words.join(' '));
      }),
      { numRuns: 1_000 },
    );
  });

  it('loses nothing that is said again and again, however long its sound is taken for', () => {
    const misjudged = fc.integer({ min: -4, max: 6 }).map((halves) => halves / 2);
    fc.assert(
      fc.property(repeated, misjudged, ({ after, before, overlap }, wrong) => {
        const merged = whole(before, after, Math.max(0.5, overlap + wrong));
        expect(merged.startsWith(before)).toBe(true);
        expect(merged.endsWith(after)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['tenho pressão alta tenho', 'tenho diabetes tenho asma e bronquite'],
    ['dói a perna dói', 'dói o braço dói a cabeça'],
    ['tomo losartana também tomo', 'tomo metformina e tomo insulina'],
  ])('keeps the finding between two equal words: “%s” and “%s”', (before, after) => {
    const said = `${before} ${after.split(' ').slice(1).join(' ')}`;
    for (const words of [1, 1.5, 2, 2.5, 3, 3.5, 4]) expect(whole(before, after, words)).toBe(said);
  });
});
