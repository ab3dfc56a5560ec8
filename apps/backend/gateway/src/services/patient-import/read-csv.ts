import { AppError } from '@medcall/service-kit';
import type { ImportPatients } from '@medcall/shared-types';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';

/** Columns by their name in our words; a file may call them otherwise. */
export type ImportColumn = 'name' | 'cpf' | 'birth_date' | 'sex' | 'email' | 'phone' | 'address';

export interface CsvLine {
  line: number;
  values: Partial<Record<ImportColumn, string>>;
}

export interface ReadCsv {
  encoding: 'utf-8' | 'latin1';
  separator: ';' | ',';
  lines: CsvLine[];
}

const mostLines = 5_000;

/** Headings as clinics and other systems write them, without accents and capitals. */
const headings: Readonly<Record<string, ImportColumn>> = {
  nome: 'name',
  'nome completo': 'name',
  paciente: 'name',
  name: 'name',
  cpf: 'cpf',
  nascimento: 'birth_date',
  'data de nascimento': 'birth_date',
  'data nascimento': 'birth_date',
  'dt nascimento': 'birth_date',
  birth_date: 'birth_date',
  sexo: 'sex',
  sex: 'sex',
  email: 'email',
  'e-mail': 'email',
  telefone: 'phone',
  celular: 'phone',
  phone: 'phone',
  endereco: 'address',
  address: 'address',
};

/**
 * Reads a file of patients: UTF-8, else Latin-1 as older systems write it; `;` or `,`, whichever parts
 * the heading.
 * @throws AppError validation_failed for what is no such file
 */
export function readPatientCsv(given: ImportPatients): ReadCsv {
  const bytes = Buffer.from(given.content_base64, 'base64');
  const encoding = given.encoding ?? (isUtf8(bytes) ? 'utf-8' : 'latin1');
  // Windows-1252 is what "Latin-1" files from Windows hold; it differs in signs that names do not use.
  const text = new TextDecoder(encoding === 'utf-8' ? 'utf-8' : 'windows-1252').decode(bytes);
  const separator = given.separator ?? separatorOf(text);
  const rows = rowsOf(text, separator);
  const [heading, ...rest] = rows;
  const columns = (heading?.record ?? []).map((title) => headings[folded(title)]);
  if (!columns.includes('name')) throw unreadable('A primeira linha precisa ter a coluna "nome".');
  if (rest.length > mostLines) {
    throw unreadable(`O arquivo passa de ${mostLines} linhas. Divida-o em partes.`);
  }
  const lines = rest.map(({ line, record }) => ({
    line,
    values: Object.fromEntries(
      columns.flatMap((column, index) => {
        const value = record[index]?.trim() ?? '';
        return column && value !== '' ? [[column, value]] : [];
      }),
    ),
  }));
  return { encoding, separator, lines };
}

const parsedRows = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }),
);

function rowsOf(text: string, separator: string): { line: number; record: string[] }[] {
  try {
    const rows = parsedRows.parse(
      parse(text, {
        bom: true,
        delimiter: separator,
        info: true,
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: 20_000,
      }),
    );
    return rows.map(({ info, record }) => ({ line: info.lines, record }));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw unreadable('O arquivo não é um CSV legível: confira aspas e separador.', cause);
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function separatorOf(text: string): ';' | ',' {
  const heading = text.slice(0, text.search(/[\r\n]|$/));
  return heading.split(';').length >= heading.split(',').length ? ';' : ',';
}

function folded(title: string): string {
  return title.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase().replace(/\s+/g, ' ');
}

function unreadable(message: string, cause?: unknown): AppError {
  return new AppError('validation_failed', {
    message,
    details: [{ path: 'content_base64', message }],
    cause,
  });
}
