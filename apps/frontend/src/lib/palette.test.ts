import { describe, expect, it } from 'vitest';
import { matching, type PaletteEntry } from './palette.ts';

const entry = (label: string, hint?: string): PaletteEntry => ({
  id: label,
  group: 'screens',
  label,
  href: '/',
  ...(hint === undefined ? {} : { hint }),
});
const entries = [
  entry('Nova consulta'),
  entry('Início'),
  entry('Helena Prado', 'consulta de 23/11/2026'),
  entry('Consultório da Ana'),
];
const labels = (search: string) => matching(entries, search).map(({ label }) => label);

describe('the command palette', () => {
  it('shows everything, in its order, before anything is typed', () => {
    expect(labels('  ')).toEqual(entries.map(({ label }) => label));
  });

  it('needs neither accents nor the order of the words', () => {
    expect(labels('inicio')).toEqual(['Início']);
    expect(labels('prado 23/11 hel')).toEqual(['Helena Prado']);
  });

  it('puts first what begins with the search', () => {
    expect(labels('consult')).toEqual(['Consultório da Ana', 'Nova consulta', 'Helena Prado']);
  });

  it('finds nothing where a word is missing', () => {
    expect(labels('consulta marte')).toEqual([]);
  });
});
