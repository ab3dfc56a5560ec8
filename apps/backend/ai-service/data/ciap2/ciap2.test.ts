import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const lines = readFileSync(join(import.meta.dirname, 'ciap2.tsv'), 'utf8')
  .trimEnd()
  .split('\n');
const rows = lines.slice(1).map((line) => line.split('\t'));
const CHAPTERS = [...'ABDFHKLNPRSTUWXYZ'];

describe('CIAP-2', () => {
  it('is named with its edition in the first line', () => {
    expect(lines[0]).toMatch(/^# CIAP-2/);
  });

  it('has the 17 chapters and 686 codes, each once and in order', () => {
    const codes = rows.map(([code]) => code ?? '');
    expect(codes).toHaveLength(686);
    expect(new Set(codes).size).toBe(686);
    expect(codes).toEqual([...codes].sort());
    expect([...new Set(codes.map((code) => code.charAt(0)))]).toEqual(CHAPTERS);
  });

  it('holds symptoms (1–29) and diagnoses (70–99) only; chapter Z ends at 29', () => {
    const odd = rows.filter(([code = '']) => {
      const number = Number(code.slice(1));
      return !(number >= 1 && number <= 29) && !(number >= 70 && number <= 99);
    });
    expect(odd).toEqual([]);
    expect(rows.filter(([code = '']) => code > 'Z29')).toEqual([]);
  });

  it('has titles in Brazilian spelling without stray spaces', () => {
    const odd = rows.filter(
      ([, title = '', ...rest]) =>
        rest.length > 0 ||
        title !== title.trim() ||
        /\s\/|\/\s|\s{2}|crónic|congénit|vómit|isquémic|fémur/.test(title) ||
        !/^\p{Lu}/u.test(title),
    );
    expect(odd).toEqual([]);
  });

  it.each([
    ['K86', 'Hipertensão sem complicações'],
    ['T90', 'Diabetes não insulino-dependente'],
    ['N01', 'Cefaleia'],
    ['R74', 'Infecção aguda do aparelho respiratório superior (IVAS)'],
  ])('%s is %s', (code, title) => {
    expect(rows.find((row) => row[0] === code)?.[1]).toBe(title);
  });
});
