import { type CreatePatient, createPatient } from '@medcall/shared-types';
import { parseCpf } from '@medcall/utils';
import type { CsvLine, ImportColumn } from './read-csv.ts';

export interface LineProblem {
  column: string;
  message: string;
}
export type CardOfLine =
  | { ok: true; card: CreatePatient & { cpf?: string | undefined } }
  | { ok: false; problems: LineProblem[] };

const sexes: Readonly<Record<string, 'F' | 'M' | 'I'>> = {
  f: 'F',
  feminino: 'F',
  mulher: 'F',
  m: 'M',
  masculino: 'M',
  homem: 'M',
  i: 'I',
  intersexo: 'I',
};

const titles: Readonly<Record<ImportColumn, string>> = {
  name: 'nome',
  cpf: 'CPF',
  birth_date: 'nascimento',
  sex: 'sexo',
  email: 'e-mail',
  phone: 'telefone',
  address: 'endereço',
};

/** A line as a patient's card, or everything that is wrong with it. */
export function cardOfLine({ values }: CsvLine): CardOfLine {
  const problems: LineProblem[] = [];
  const read = <T>(
    column: ImportColumn,
    parse: (text: string) => T | null,
    message: string,
  ): T | undefined => {
    const text = values[column];
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value === null) problems.push({ column: titles[column], message });
    return value ?? undefined;
  };
  const cpf = read('cpf', readCpf, 'CPF inválido');
  const birthDate = read('birth_date', readDate, 'data inválida: use dd/mm/aaaa');
  const sex = read('sex', (text) => sexes[text.toLowerCase()] ?? null, 'use F, M ou I');
  const parsed = createPatient.safeParse({ ...values, cpf, birth_date: birthDate, sex });
  if (!parsed.success) {
    for (const { message, path } of parsed.error.issues) {
      const column = path[0];
      if (isColumn(column))
        problems.push({ column: titles[column], message: said(column, message) });
    }
  }
  return parsed.success && problems.length === 0
    ? { ok: true, card: parsed.data }
    : { ok: false, problems };
}

/** Programs that take a CPF for a number drop its leading zeros. */
function readCpf(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  return parseCpf(/^\d{9,10}$/.test(text) ? digits.padStart(11, '0') : text);
}

/** dd/mm/aaaa as Brazil writes it, or AAAA-MM-DD; an impossible day is none. */
export function readDate(text: string): string | null {
  const brazilian = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = brazilian
    ? [brazilian[3], brazilian[2], brazilian[1]]
    : [iso?.[1], iso?.[2], iso?.[3]];
  if (!year || !month || !day) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${written}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== written) return null;
  return at.getTime() > Date.now() || written <= '1880-01-01' ? null : written;
}

function isColumn(value: unknown): value is ImportColumn {
  return typeof value === 'string' && value in titles;
}

function said(column: ImportColumn, message: string): string {
  switch (column) {
    case 'name':
      return 'falta o nome';
    case 'email':
      return 'e-mail inválido';
    default:
      return message;
  }
}
