import { AppError, type Database, notFound, type Trx } from '@medcall/service-kit';
import type { AuditAction } from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from './calling.ts';
import type { Member } from './members.ts';

/**
 * Cards that are one person's, and cards that only look so (decision 84). Joined cards keep what is theirs:
 * parted again, each is what it was.
 */
export interface PatientMerges {
  /**
   * @throws AppError not_found for a card that the clinic has not; conflict with `details.reason`
   *   `two_cpfs`, `keep_cpf`, `guardian` or `not_standing`
   */
  merge(calling: Calling, keptId: string, mergedId: string): Promise<void>;
  /** @throws AppError not_found for a card that is not joined to another; conflict as above */
  part(calling: Calling, mergedId: string): Promise<void>;
  /** These are different people: their group is not shown any more. @throws AppError not_found */
  tellApart(calling: Calling, member: Member, ids: readonly string[]): Promise<void>;
  /** Takes that back. Done also where nothing was said. @throws AppError not_found */
  doubtAgain(calling: Calling, ids: readonly string[]): Promise<void>;
}

export function createPatientMerges(db: Database): PatientMerges {
  return {
    merge: (calling, keptId, mergedId) =>
      db.asUser(calling.caller, async (trx) => {
        await refusalsOf(() =>
          sql`select app.merge_patients(${keptId}::uuid, ${mergedId}::uuid)`.execute(trx),
        );
        await auditBoth(trx, calling, 'patient.merge', keptId, mergedId);
      }),

    part: (calling, mergedId) =>
      db.asUser(calling.caller, async (trx) => {
        const { rows } = await refusalsOf(() =>
          sql<{ kept: string }>`select app.unmerge_patient(${mergedId}::uuid) as kept`.execute(trx),
        );
        await auditBoth(trx, calling, 'patient.part', rows[0]?.kept ?? mergedId, mergedId);
      }),

    tellApart: (calling, member, ids) =>
      db.asUser(calling.caller, async (trx) => {
        const cards = await mustBeSeen(trx, ids);
        const decided = { decided_by: calling.caller.sub, decided_at: sql<Date>`now()` };
        await trx
          .insertInto('patient_distinctions')
          .values(
            pairsOf(cards).map(([first_id, second_id]) => ({
              clinica_id: member.clinicaId,
              first_id,
              second_id,
              decided_by: calling.caller.sub,
            })),
          )
          .onConflict((conflict) =>
            conflict
              .columns(['first_id', 'second_id'])
              .doUpdateSet({ ended_at: null, ...decided })
              .where('patient_distinctions.ended_at', 'is not', null),
          )
          .execute();
        await auditEach(trx, calling, 'patient.told_apart', cards);
      }),

    doubtAgain: (calling, ids) =>
      db.asUser(calling.caller, async (trx) => {
        const cards = await mustBeSeen(trx, ids);
        await trx
          .updateTable('patient_distinctions')
          .set({ ended_at: sql`now()` })
          .where('first_id', 'in', cards)
          .where('second_id', 'in', cards)
          .where('ended_at', 'is', null)
          .execute();
        await auditEach(trx, calling, 'patient.doubted_again', cards);
      }),
  };
}

/** @returns the ids in the order of the database, each once */
async function mustBeSeen(trx: Trx, ids: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(ids)];
  const rows = await trx
    .selectFrom('patients')
    .select('id')
    .where('id', 'in', wanted)
    .orderBy('id')
    .execute();
  if (rows.length < wanted.length || rows.length < 2) throw notFound();
  return rows.map(({ id }) => id);
}

/** Each two of them once, the smaller first. */
function pairsOf(sorted: readonly string[]): [string, string][] {
  return sorted.flatMap((first, at) =>
    sorted.slice(at + 1).map((second): [string, string] => [first, second]),
  );
}

async function auditBoth(
  trx: Trx,
  calling: Calling,
  action: AuditAction,
  keptId: string,
  mergedId: string,
): Promise<void> {
  for (const id of [keptId, mergedId]) {
    await auditCall(trx, calling, {
      action,
      tableName: 'patients',
      recordId: id,
      patientId: id,
      changes: { kept: keptId, merged: mergedId },
    });
  }
}

async function auditEach(
  trx: Trx,
  calling: Calling,
  action: AuditAction,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    await auditCall(trx, calling, {
      action,
      tableName: 'patient_distinctions',
      recordId: id,
      patientId: id,
      changes: { cards: ids.length },
    });
  }
}

const refusals = new Map([
  [
    'patients_merge_two_cpfs',
    { reason: 'two_cpfs', message: 'Cada cadastro tem um CPF: são pessoas diferentes.' },
  ],
  [
    'patients_merge_keep_cpf',
    { reason: 'keep_cpf', message: 'Mantenha o cadastro que tem o CPF.' },
  ],
  [
    'patients_merge_guardian',
    { reason: 'guardian', message: 'Um responde pelo outro: são pessoas diferentes.' },
  ],
  [
    'patients_merge_stand',
    {
      reason: 'not_standing',
      message: 'Um destes cadastros já foi unido a outro ou foi removido.',
    },
  ],
]);

/** What the database's function says, in words. */
async function refusalsOf<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'P0002') throw notFound();
    const refusal = 'constraint' in error ? refusals.get(String(error.constraint)) : undefined;
    if (!refusal) throw error;
    const { message, reason } = refusal;
    throw new AppError('conflict', { message, details: { reason }, cause: error });
  }
}
