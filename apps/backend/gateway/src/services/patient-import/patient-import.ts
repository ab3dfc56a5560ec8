import { AppError, type Database, type Trx } from '@medcall/service-kit';
import type { ImportedLine, ImportPatients, ImportReport } from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from '../calling.ts';
import type { Member } from '../members.ts';
import { isPersonOf } from '../same-person.ts';
import { type CardOfLine, cardOfLine } from './card-of-line.ts';
import { type CsvLine, readPatientCsv } from './read-csv.ts';

/** A clinic's patients from a file of its earlier system. */
export interface PatientImport {
  /**
   * What is wrong in one line stops no other: each has its outcome in the report. A dry run says the
   * same and writes nothing.
   */
  run(calling: Calling, member: Member, given: ImportPatients): Promise<ImportReport>;
}

type Card = Extract<CardOfLine, { ok: true }>['card'];

export function createPatientImport(db: Database): PatientImport {
  return {
    async run(calling, member, given) {
      const { encoding, lines, separator } = readPatientCsv(given);
      const outcomes = await db.asUser(calling.caller, async (trx) => {
        const done: ImportedLine[] = [];
        const seen = new Map<string, number>();
        for (const line of lines) {
          done.push(await bringIn(trx, member, { line, seen, dryRun: given.dry_run }));
        }
        if (!given.dry_run) {
          const created = done.filter(({ status }) => status === 'created').length;
          await auditCall(trx, calling, {
            action: 'patient.import',
            tableName: 'patients',
            changes: { rows: done.length, created },
          });
        }
        return done;
      });
      const count = (status: ImportedLine['status']) =>
        outcomes.filter((one) => one.status === status).length;
      return {
        dry_run: given.dry_run,
        encoding,
        separator,
        totals: {
          created: count('created'),
          duplicate: count('duplicate'),
          invalid: count('invalid'),
        },
        lines: outcomes,
      };
    },
  };
}

async function bringIn(
  trx: Trx,
  member: Member,
  { dryRun, line, seen }: { line: CsvLine; seen: Map<string, number>; dryRun: boolean },
): Promise<ImportedLine> {
  const name = line.values.name ?? '';
  const outcome = { line: line.line, name, patient_id: null, problems: [] };
  const read = cardOfLine(line);
  if (!read.ok) return { ...outcome, status: 'invalid', problems: read.problems };
  const earlier = earlierLine(read.card, line.line, seen);
  if (earlier !== undefined) {
    const message = `repete a linha ${earlier}`;
    return { ...outcome, status: 'duplicate', problems: [{ column: 'nome', message }] };
  }
  const known = await sameAs(trx, read.card);
  if (known) {
    const { column, id } = known;
    const message = 'a clínica já tem este paciente';
    return { ...outcome, status: 'duplicate', patient_id: id, problems: [{ column, message }] };
  }
  const id = dryRun ? null : await insert(trx, member, read.card);
  return { ...outcome, status: 'created', patient_id: id };
}

/** The same person twice in one file: by CPF, or by name and birth date. */
function earlierLine(card: Card, line: number, seen: Map<string, number>): number | undefined {
  const keys = [
    ...(card.cpf ? [card.cpf] : []),
    ...(card.birth_date ? [`${folded(card.name)}|${card.birth_date}`] : []),
  ];
  const earlier = keys.map((key) => seen.get(key)).find((one) => one !== undefined);
  if (earlier === undefined) for (const key of keys) seen.set(key, line);
  return earlier;
}

async function sameAs(trx: Trx, { birth_date, cpf, name }: Card) {
  if (cpf) {
    const row = await trx
      .selectFrom('patients')
      .select('id')
      .where('cpf', '=', cpf)
      .executeTakeFirst();
    if (row) return { id: row.id, column: 'CPF' };
  }
  if (!birth_date) return undefined;
  // Also under a card that was joined to another: the answer is the one that stands.
  const row = await trx
    .selectFrom('patients as known')
    .innerJoin('patients as p', (join) => join.on(isPersonOf('p.id', 'known.id')))
    .select(['p.id', 'p.cpf'])
    .where(sql<boolean>`app.fold(known.name) = app.fold(${name})`)
    .where('known.birth_date', '=', birth_date)
    .where('p.active', '=', true)
    .orderBy('known.active', 'desc')
    .executeTakeFirst();
  // Two CPFs are two people, whatever they are called.
  return row && !(cpf && row.cpf) ? { id: row.id, column: 'nome e nascimento' } : undefined;
}

async function insert(trx: Trx, member: Member, card: Card): Promise<string> {
  const row = await trx
    .insertInto('patients')
    .values({
      name: card.name,
      cpf: card.cpf ?? null,
      birth_date: card.birth_date ?? null,
      sex: card.sex ?? null,
      email: card.email ?? null,
      phone: card.phone ?? null,
      address: card.address ?? null,
      clinica_id: member.clinicaId,
      doctor_id: member.medicoId,
    })
    .onConflict((conflict) => conflict.columns(['clinica_id', 'cpf']).doNothing())
    .returning('id')
    .executeTakeFirst();
  // Somebody registered this CPF a moment ago: asked again, the line is a duplicate.
  if (!row) throw new AppError('conflict', { retryable: true });
  return row.id;
}

function folded(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
