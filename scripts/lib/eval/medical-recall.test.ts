import { describe, expect, it } from 'vitest';
import { dosesIn, namesIn, recallOf } from './medical-recall.ts';

const drugs = new Set(['losartana', 'acido acetilsalicilico', 'acido', 'dipirona']);

describe('names of medicines in a text', () => {
  it('are found without case, accents and punctuation, the longest first', () => {
    expect(namesIn('Tomo Losartana, ácido acetilsalicílico e dipirona; losartana!', drugs)).toEqual(
      ['losartana', 'acido acetilsalicilico', 'dipirona', 'losartana'],
    );
  });

  it('count as recalled as often as they were said', () => {
    expect(recallOf(['losartana', 'losartana', 'dipirona'], ['losartana', 'ibuprofeno'])).toEqual({
      said: 3,
      found: 1,
    });
  });
});

describe('doses', () => {
  it.each([
    ['cinquenta miligramas de manhã', ['50 mg']],
    ['50mg e vinte gotas', ['50 mg', '20 gotas']],
    ['um comprimido à noite, uma gota', ['1 comprimido', '1 gota']],
    ['duas vezes por dia há três semanas', []],
    ['o comprimido da noite', []],
  ])('of “%s” are %j', (text, doses) => {
    expect(dosesIn(text)).toEqual(doses);
  });
});
