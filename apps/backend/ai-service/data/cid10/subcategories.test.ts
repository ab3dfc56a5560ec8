import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function linesOf(file: string): string[] {
  return readFileSync(join(import.meta.dirname, file), 'utf8')
    .trimEnd()
    .split('\n');
}

const lines = linesOf('subcategories.tsv');
const rows = lines.slice(1).map((line) => line.split('\t'));
const codes = rows.map(([code]) => code ?? '');

describe('CID-10 subcategories', () => {
  it('say in the first line their version, and that they are a selection', () => {
    expect(lines[0]).toMatch(
      /^# CID-10 .*version 2008, selected subcategories, not the full table/,
    );
  });

  it('stand each once and in order', () => {
    expect(codes.length).toBeGreaterThan(200);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual([...codes].sort());
  });

  it('have a code and a title, and nothing else', () => {
    const odd = rows.filter(
      ([code = '', title = '', ...rest]) =>
        rest.length > 0 ||
        !/^[A-Z]\d\d\.\d$/.test(code) ||
        title !== title.trim() ||
        !/^\p{Lu}/u.test(title),
    );
    expect(odd).toEqual([]);
  });

  it('each belong to a category of the table', () => {
    const categories = new Set(linesOf('categories.tsv').map((line) => line.slice(0, 3)));
    expect(codes.filter((code) => !categories.has(code.slice(0, 3)))).toEqual([]);
  });

  it.each([
    ['E11.9', 'Diabetes mellitus não-insulino-dependente - sem complicações'],
    ['J06.9', 'Infecção aguda das vias aéreas superiores não especificada'],
    ['M54.5', 'Dor lombar baixa'],
  ])('%s is %s', (code, title) => {
    expect(rows.find((row) => row[0] === code)?.[1]).toBe(title);
  });
});
