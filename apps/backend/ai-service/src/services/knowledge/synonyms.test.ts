import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { words } from '../text/fold.ts';
import { createExpander, loadSynonyms, parseSynonyms } from './synonyms.ts';

const file = new URL('../../bank/synonyms.tsv', import.meta.url);
const expand = loadSynonyms(file);

describe('synonyms', () => {
  it('has at least 200 pairs, each lay expression once', () => {
    const pairs = parseSynonyms(readFileSync(file, 'utf8'));
    const lay = pairs.map((pair) => pair.lay.join(' '));
    expect(pairs.length).toBeGreaterThanOrEqual(200);
    expect(lay.filter((expression, at) => lay.indexOf(expression) !== at)).toEqual([]);
  });

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
