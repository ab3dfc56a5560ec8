import { type Database, notFound, type Trx } from '@medcall/service-kit';
import type { PrivateNote, SavePrivateNote } from '@medcall/shared-types';
import { auditCall, type Calling } from '../calling.ts';
import type { Member } from '../members.ts';
import { ownConsultation } from '../seen-consultation.ts';
import { newerVersion } from './note-refusals.ts';

/** What a doctor writes down for herself about one consultation; not part of the record. */
export interface PrivateNotes {
  /** @throws AppError not_found, forbidden for a colleague */
  get(calling: Calling, member: Member, consultationId: string): Promise<PrivateNote>;
  /** @throws AppError as above, version_conflict (details `{ version }`) */
  save(
    calling: Calling,
    member: Member,
    consultationId: string,
    given: SavePrivateNote,
  ): Promise<PrivateNote>;
}

const nothing: PrivateNote = { text: '', version: 0, updated_at: null };

export function createPrivateNotes(db: Database): PrivateNotes {
  return {
    get: ({ caller }, member, consultationId) =>
      db.asUser(
        caller,
        async (trx) => {
          const { doctor_id } = await ownConsultation(trx, member, consultationId);
          return (await find(trx, { consultation_id: consultationId, doctor_id })) ?? nothing;
        },
        { readOnly: true },
      ),

    save: (calling, member, consultationId, { text, version }) =>
      db.asUser(calling.caller, async (trx) => {
        const consultation = await ownConsultation(trx, member, consultationId);
        const key = { consultation_id: consultationId, doctor_id: consultation.doctor_id };
        const written = text.trim() !== '';
        if (version > 0 || written) {
          // Emptied, the row stays: versions that began anew would let another window overwrite.
          const changed = await store(trx, { ...key, text: written ? text : '', version });
          if (!changed) throw newerVersion((await find(trx, key))?.version ?? 0);
          await auditCall(trx, calling, {
            action: 'private_note.save',
            tableName: 'private_notes',
            recordId: consultationId,
            patientId: consultation.patient_id,
            changes: { version: version + 1 },
          });
        }
        const now = await find(trx, key);
        if (written && !now) throw notFound();
        return now ?? nothing;
      }),
  };
}

interface Key {
  consultation_id: string;
  doctor_id: string;
}

async function find(trx: Trx, key: Key): Promise<PrivateNote | undefined> {
  const row = await trx
    .selectFrom('private_notes')
    .select(['text', 'version', 'updated_at'])
    .where('consultation_id', '=', key.consultation_id)
    .where('doctor_id', '=', key.doctor_id)
    .executeTakeFirst();
  return row && { ...row, updated_at: row.updated_at.toISOString() };
}

/** @returns false when another version was stored first */
async function store(
  trx: Trx,
  { text, version, ...key }: Key & { text: string; version: number },
): Promise<boolean> {
  const row = await (version === 0
    ? trx
        .insertInto('private_notes')
        .values({ ...key, text })
        .onConflict((conflict) => conflict.columns(['consultation_id', 'doctor_id']).doNothing())
        .returning('version')
        .executeTakeFirst()
    : trx
        .updateTable('private_notes')
        .set({ text, version: version + 1 })
        .where('consultation_id', '=', key.consultation_id)
        .where('doctor_id', '=', key.doctor_id)
        .where('version', '=', version)
        .returning('version')
        .executeTakeFirst());
  return row !== undefined;
}
