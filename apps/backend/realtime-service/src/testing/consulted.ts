import type { TestConsultation, World } from '@medcall/service-kit/testing/world';
import { expect } from 'vitest';
import { ask } from './client.ts';
import { bothIn, speak } from './people.ts';
import type { TestService } from './test-service.ts';

/**
 * A consultation that is over, with three utterances far enough apart to be turns of their own.
 * @param pauses tenths of a second of silence after each, where they are to be others
 */
export async function consulted(
  service: TestService,
  world: World,
  pauses: readonly number[] = [20, 20, 20],
): Promise<TestConsultation> {
  const consultation = await world.aConsultation();
  const { roomId } = consultation;
  const { doctor, patient } = await bothIn(service, world, consultation);
  await ask(doctor, 'start-transcription', { roomId });
  let from = 0;
  for (const pause of pauses) from = (await speak(patient, roomId, from, 1, pause)).nextSeq;
  await ask(doctor, 'end-consultation', { roomId });
  await expect
    .poll(
      async () => {
        const sql = 'select drained_at from audio_streams where consultation_id = $1';
        return (await world.query(sql, [consultation.id]))[0]?.drained_at ?? null;
      },
      { timeout: 30_000 },
    )
    .not.toBeNull();
  return consultation;
}

/** What people see of a transcript, in order of time. */
export function rowsOf(world: World, { roomId }: TestConsultation) {
  return world.query<{ id: string; text: string; revision: number; start_ms: number }>(
    `select id, text, revision, start_ms::int from transcriptions
     where room_id = $1 and superseded_by is null order by start_ms`,
    [roomId],
  );
}

/** As the doctor's correction does: a row of its own that takes the place of the old one. */
export async function correct(
  world: World,
  { doctor }: TestConsultation,
  rowId: string | undefined,
): Promise<void> {
  await world.query(
    `with corrected as (
       insert into transcriptions (id, room_id, speaker, text, raw_text, timestamp, participant_id,
         start_ms, end_ms, engine, revision, stream_id, edited_from, edited_by)
       select gen_random_uuid(), room_id, speaker, 'corrigido', raw_text, timestamp, participant_id,
         start_ms, end_ms, engine, revision + 1, stream_id, id, $2 from transcriptions where id = $1
       returning id)
     update transcriptions set superseded_by = (select id from corrected) where id = $1`,
    [rowId, doctor.sub],
  );
}
