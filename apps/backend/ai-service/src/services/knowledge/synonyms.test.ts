import { describe, expect, it } from 'vitest';
import { words } from '../text/fold.ts';
import { createExpander, loadSynonyms, parseSynonyms } from './synonyms.ts';

const file = new URL('../../../data/synonyms/lay-clinical.tsv', import.meta.url);
const expand = loadSynonyms(file);

describe('synonyms', () => {
  it.each([
    ['tenho dor de cabeça forte', 'cefaleia'],
    ['minha pressão está alta', 'hipertensao'],
    ['dor na barriga da perna', 'panturrilha'],
    ['meu xixi está muito escuro', 'desidratacao'],
  ])('"%s" leads to %s', (text, clinical) => {
    expect(expand(words(text))).toContain(clinical);
  });

  it('wants the words near each other and in order', () => {
    const narrow = createExpander(parseSynonyms('pressão alta\thipertensão'));
    expect(narrow(words('alta pressão'))).toEqual([]);
    expect(narrow(words('pressão de quem trabalha muito e anda alta'))).toEqual([]);
  });

  it('refuses a line that is no pair', () => {
    expect(() => parseSynonyms('dor de cabeça')).toThrow('lay<TAB>clinical');
  });
});
