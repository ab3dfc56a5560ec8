import { z } from 'zod';
import { uuid } from './primitives.ts';

export const importEncoding = z.enum(['utf-8', 'latin1']);
export const importSeparator = z.enum([';', ',']);

/** The headings that the import asks for; it knows more spellings of each (gateway, read-csv.ts). */
export const importColumns = [
  'nome',
  'cpf',
  'nascimento',
  'sexo',
  'email',
  'telefone',
  'endereco',
] as const;

/** `POST /api/patients/import`: a CSV file as it lies on the clinic's disk. */
export const importPatients = z.object({
  content_base64: z.base64().max(1_000_000),
  /** True: says what would become of each line and writes nothing. */
  dry_run: z.boolean(),
  /** Found out when left out. */
  encoding: importEncoding.optional(),
  separator: importSeparator.optional(),
});
export type ImportPatients = z.infer<typeof importPatients>;

export const importedLine = z.object({
  /** Line of the file on which it ends, from 1; the heading is line 1. */
  line: z.number().int(),
  status: z.enum(['created', 'duplicate', 'invalid']),
  name: z.string(),
  /** The new card, or the one that is there already; null in a dry run for a new one. */
  patient_id: uuid.nullable(),
  /** pt-BR; on a duplicate, why it is one. */
  problems: z.array(z.object({ column: z.string(), message: z.string() })),
});
export type ImportedLine = z.infer<typeof importedLine>;

export const importReport = z.object({
  dry_run: z.boolean(),
  encoding: importEncoding,
  separator: importSeparator,
  totals: z.object({
    created: z.number().int(),
    duplicate: z.number().int(),
    invalid: z.number().int(),
  }),
  lines: z.array(importedLine),
});
export type ImportReport = z.infer<typeof importReport>;
