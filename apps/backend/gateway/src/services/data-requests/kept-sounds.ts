import { recordingAllowed, type Trx } from '@medcall/service-kit';
import { samePerson } from '../same-person.ts';

/** A recording that is finished and that the patient agreed to keep. */
export interface KeptSound {
  id: string;
  storageKey: string;
  /** Of its file: date, consultation, who speaks. */
  name: string;
}

/** What may be heard of a patient's consultations, oldest first. Run it as the doctor: policies decide. */
export async function keptSounds(trx: Trx, patientId: string): Promise<KeptSound[]> {
  const rows = await playable(trx)
    .select([
      'r.id',
      'r.storage_key',
      'r.kind',
      'r.speaker',
      'r.created_at',
      'c.id as consultation',
    ])
    .where('c.patient_id', 'in', samePerson(patientId))
    .orderBy('r.created_at')
    .orderBy('r.id')
    .execute();
  return rows.flatMap(({ consultation, created_at, id, kind, speaker, storage_key }) => {
    if (storage_key === null) return [];
    const day = created_at.toISOString().slice(0, 10);
    const who = (speaker ?? kind).toLowerCase();
    const name = `${day}-${consultation.slice(0, 8)}-${who}-${id.slice(0, 8)}.ogg`;
    return [{ id, storageKey: storage_key, name }];
  });
}

export async function mayHear(trx: Trx, id: string): Promise<boolean> {
  const row = await playable(trx).select('r.id').where('r.id', '=', id).executeTakeFirst();
  return row !== undefined;
}

function playable(trx: Trx) {
  return trx
    .selectFrom('recordings as r')
    .innerJoin('consultations as c', 'c.room_id', 'r.room_id')
    .where('r.status', '=', 'ready')
    .where('r.storage_key', 'is not', null)
    .where(recordingAllowed());
}
