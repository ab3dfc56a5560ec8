import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const lines = readFileSync(join(import.meta.dirname, 'categories.tsv'), 'utf8')
  .trimEnd()
  .split('\n');
const rows = lines.slice(1).map((line) => line.split('\t'));

describe('CID-10 categories', () => {
  it('say their version in the first line', () => {
    expect(lines[0]).toMatch(/^# CID-10 .*version 2008/);
  });

  it('are the 2,045 of the table, each once and in order', () => {
    const codes = rows.map(([code]) => code ?? '');
    expect(codes).toHaveLength(2_045);
    expect(new Set(codes).size).toBe(2_045);
    expect(codes).toEqual([...codes].sort());
  });

  it('have a code and a title, and nothing else', () => {
    const odd = rows.filter(
      ([code = '', title = '', ...rest]) =>
        rest.length > 0 ||
        !/^[A-Z]\d\d$/.test(code) ||
        title !== title.trim() ||
        !/^[\p{Lu}]/u.test(title),
    );
    expect(odd).toEqual([]);
  });

  it('are in Portuguese letters as they were published: no broken encoding', () => {
    expect(rows.filter(([, title = '']) => /[ÃÂ�ġ]|\?|\s{2}/.test(title))).toEqual([]);
  });

  it.each([
    ['E11', 'Diabetes mellitus não-insulino-dependente'],
    ['I10', 'Hipertensão essencial (primária)'],
    ['J45', 'Asma'],
    ['R51', 'Cefaléia'],
    ['Z34', 'Supervisão de gravidez normal'],
  ])('%s is %s', (code, title) => {
    expect(rows.find((row) => row[0] === code)?.[1]).toBe(title);
  });
});
