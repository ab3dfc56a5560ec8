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
    expect([...expand(words(text)).keys()]).toContain(clinical);
  });

  it('wants the words near each other', () => {
    const narrow = createExpander(parseSynonyms('pressão alta\thipertensão'));
    expect(narrow(words('alta está a pressão')).size).toBe(1);
    expect(narrow(words('pressão de quem trabalha muito hoje em dia anda alta')).size).toBe(0);
  });

  it('knows other forms of a word', () => {
    const forms = createExpander(parseSynonyms('perna inchada\tedema'));
    for (const said of ['minha perna inchou', 'perninha inchada', 'as pernas inchando']) {
      expect([...forms(words(said)).keys()], said).toEqual(['edema']);
    }
  });

  it('counts several words more than one, and goes on from a clinical term to the guidelines’ words', () => {
    const both = createExpander(
      parseSynonyms('coceira\tprurido\ncoceira na vagina\tprurido vulvar'),
      parseSynonyms('prurido vulvar\tcorrimento'),
    );
    const found = both(words('coceira na vagina'));
    expect(found.get('prurido')).toBe(1.5);
    expect(found.get('corrimento')).toBe(1);
  });

  it('refuses a line that is no pair', () => {
    expect(() => parseSynonyms('dor de cabeça')).toThrow('lay<TAB>clinical');
  });
});
