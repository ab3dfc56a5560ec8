import { importColumns } from '@medcall/shared-types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardOfLine, readDate } from './card-of-line.ts';
import { readPatientCsv } from './read-csv.ts';

function read(text: string, encoding: 'utf8' | 'latin1' = 'utf8') {
  const content_base64 = Buffer.from(text, encoding).toString('base64');
  return readPatientCsv({ content_base64, dry_run: true });
}

describe('a file of patients', () => {
  it.each([
    ['utf8', 'utf-8', ';'],
    ['utf8', 'utf-8', ','],
    ['latin1', 'latin1', ';'],
    ['latin1', 'latin1', ','],
  ] as const)('is read as %s with %s and %s', (written, encoding, separator) => {
    const text = ['Nome', 'CPF', 'Data de Nascimento'].join(separator);
    const row = ['Conceição Araújo', '', '17/05/1990'].join(separator);
    expect(read(`${text}\r\n${row}\r\n`, written)).toEqual({
      encoding,
      separator,
      lines: [{ line: 2, values: { name: 'Conceição Araújo', birth_date: '17/05/1990' } }],
    });
  });

  it('may hold separators, quotes and line breaks in quotes, a BOM and columns of others', () => {
    const { lines } = read(
      '\uFEFFconvênio;NOME;endereço\n1;"Silva; ""Zé""";"Rua A\nnº 1"\n\n2;Ana Lima;\n',
    );
    expect(lines).toMatchObject([
      { values: { name: 'Silva; "Zé"', address: 'Rua A\nnº 1' } },
      { line: 5, values: { name: 'Ana Lima' } },
    ]);
  });

  it('has every column that the model file asks for', () => {
    const { lines } = read(`${importColumns.join(';')}\n${importColumns.join(';')}\n`);
    expect(Object.values(lines[0]?.values ?? {})).toEqual([...importColumns]);
  });

  it('needs a name, and quotes that end', () => {
    expect(() => read('cpf;email\n1;2\n')).toThrow(/coluna "nome"/);
    expect(() => read('nome\n"aberto\n')).toThrow(/CSV legível/);
  });

  it('gives back every name that a spreadsheet would write', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 60 })
      .map((text) => text.replace(/[\p{Cc}\uFEFF]/gu, ' ').trim())
      .filter((text) => text !== '');
    fc.assert(
      fc.property(name, (one) => {
        const quoted = `"${one.replaceAll('"', '""')}"`;
        expect(read(`nome;cpf\n${quoted};\n`).lines[0]?.values.name).toBe(one);
      }),
    );
  });
});

describe('a line', () => {
  it('says everything that is wrong with it', () => {
    const values = { name: 'A', cpf: '11111111111', birth_date: '31/02/1990', email: 'x' };
    const card = cardOfLine({ line: 2, values });
    expect(card.ok).toBe(false);
    if (card.ok) return;
    expect(new Set(card.problems.map(({ column }) => column))).toEqual(
      new Set(['nome', 'CPF', 'nascimento', 'e-mail']),
    );
  });

  it('brings back the zeros that a spreadsheet took from a CPF', () => {
    // 012.345.678-90 is the usual example of a valid CPF that begins with a zero.
    const card = cardOfLine({ line: 2, values: { name: 'Ana Lima', cpf: '1234567890' } });
    expect(card).toMatchObject({ ok: true, card: { cpf: '01234567890' } });
  });

  it.each([
    ['17/05/1990', '1990-05-17'],
    ['7/5/1990', '1990-05-07'],
    ['1990-05-17', '1990-05-17'],
    ['29/02/1992', '1992-02-29'],
    ['29/02/1991', null],
    ['05/17/1990', null],
    ['17/05/90', null],
    ['17/05/2990', null],
  ])('reads %s as %s', (text, date) => {
    expect(readDate(text)).toBe(date);
  });
});
