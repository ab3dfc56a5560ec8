import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Pair {
  lay: string;
  clinical: string;
}

const LINK_WORDS = new Set('de da do das dos no na nos nas o a os as em ao'.split(' '));

function readPairs(path: string): Pair[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [lay = '', clinical = ''] = line.split('\t');
      return { lay, clinical };
    });
}

/** What two spellings of one expression have in common: letters without accents, without link words. */
function keyOf(expression: string): string {
  return expression
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !LINK_WORDS.has(word))
    .join(' ');
}

const pairs = readPairs(join(import.meta.dirname, 'lay-clinical.tsv'));

describe('lay → clinical synonyms', () => {
  it('are at least 1,400 pairs', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(1_400);
  });

  it('have two sides, lower case, single spaces, no space at the ends', () => {
    const untidy = pairs.filter(({ lay, clinical }) =>
      [lay, clinical].some((side) => !/^[\p{Ll}\d'-]+(?: [\p{Ll}\d'-]+)*$/u.test(side)),
    );
    expect(untidy).toEqual([]);
  });

  it('hold no expression twice, accents and link words apart', () => {
    const keys = pairs.map(({ lay }) => keyOf(lay));
    expect(keys.filter((key, at) => key === '' || keys.indexOf(key) !== at)).toEqual([]);
  });

  it('never lead an expression to itself', () => {
    expect(pairs.filter(({ lay, clinical }) => keyOf(lay) === keyOf(clinical))).toEqual([]);
  });

  it('of clinical terms are pairs, each once', () => {
    const plain = readPairs(join(import.meta.dirname, 'clinical-plain.tsv'));
    const keys = plain.map(({ lay }) => keyOf(lay));
    expect(plain.filter(({ lay, clinical }) => lay === '' || clinical === '')).toEqual([]);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it.each([
    ["barriga d'água", 'ascite'],
    ['espinhela caída', 'dor epigástrica'],
    ['junta estalando', 'crepitação articular'],
    ['remédio da diabete', 'antidiabético'],
    ['exame da esteira', 'teste ergométrico'],
  ])('"%s" leads to %s', (lay, clinical) => {
    expect(pairs.find((pair) => pair.lay === lay)?.clinical).toBe(clinical);
  });
});
