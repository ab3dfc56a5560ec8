import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withinEdits } from './edit-distance.ts';
import { words } from './fold.ts';
import { findAll, findPhrase, phrases } from './phrase.ts';

const found = (pattern: string, text: string) =>
  findPhrase(phrases(pattern), words(text)) !== undefined;

describe('phrases', () => {
  it.each([
    ['dor ~ cabeca', 'Estou com dor de cabeça', true],
    ['dor ~ cabeca', 'dor que veio hoje cedo na minha cabeça', false],
    ['dor ~~ cabeca', 'dor que veio hoje cedo na minha cabeça', true],
    ['comec*', 'Quando começou?', true],
    ['ha|faz quanto tempo', 'Faz quanto tempo?', true],
    ['muita? dor', 'sinto dor', true],
    ['ha # dias', 'há três dias', true],
    ['ha # dias', 'há 3 dias', true],
    ['# mg', '50mg', false],
    ['febre', 'frebe', false],
  ])('%s in "%s": %s', (pattern, text, expected) => {
    expect(found(pattern, text)).toBe(expected);
  });

  it('forgives one misheard letter of a long word, not of a short one', () => {
    expect(found('alergia', 'tem alerjia a remédio')).toBe(true);
    expect(found('peito', 'o jeito dele')).toBe(false);
    expect(found('dor', 'por')).toBe(false);
  });

  it('does not take a word that it knows for another one', () => {
    phrases('medicina');
    expect(found('medicine', 'medicina')).toBe(false);
  });

  it('refuses a phrase that would match nothing said', () => {
    expect(() => phrases('dor?')).toThrow('must be there');
    expect(() => phrases('~ dor')).toThrow('begins with a word');
  });

  it('finds every place', () => {
    expect(findAll(phrases('dor'), words('dor aqui, dor ali'))).toHaveLength(2);
  });

  it('finds a literal phrase wherever it stands', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word), fc.array(word, { minLength: 1 }), fc.array(word), (a, b, c) => {
        const span = findPhrase(phrases(b.join(' ')), [...a, ...b, ...c]);
        expect(span).toBeDefined();
        expect((span?.end ?? 0) - (span?.start ?? 0)).toBe(b.length);
      }),
    );
  });
});

describe('withinEdits', () => {
  it('is symmetric, zero for equal words, and counts a swap as one', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(4), (a, b, limit) => {
        expect(withinEdits(a, a, 0)).toBe(true);
        expect(withinEdits(a, b, limit)).toBe(withinEdits(b, a, limit));
      }),
    );
    expect(withinEdits('febre', 'frebe', 1)).toBe(false);
    expect(withinEdits('alergia', 'alregia', 1)).toBe(true);
  });
});
