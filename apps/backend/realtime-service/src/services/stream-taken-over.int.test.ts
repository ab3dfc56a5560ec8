import pg from 'pg';
import { expect, it } from 'vitest';
import { ask, next, soundChunk } from '../testing/client.ts';
import { bothIn, speak } from '../testing/people.ts';
import { db, service, useTestStage, world } from '../testing/test-stage.ts';

useTestStage();

/** Takes the stream as another node does, in a transaction that is open until `commit`. */
async function takeOver(consultationId: string, sub: string) {
  const other = new pg.Client({ connectionString: db.ownerUrl });
  await other.connect();
  await other.query('begin');
  await other.query(
    `update audio_streams set lease_owner = 'another node', lease_fence = lease_fence + 1,
       lease_until = now() + interval '1 hour'
     where consultation_id = $1 and sub = $2`,
    [consultationId, sub],
  );
  return {
    async commit() {
      await other.query('commit');
      await other.end();
    },
  };
}

/** Statements that write an utterance and wait for somebody's lock. */
async function utterancesHeldUp(): Promise<number> {
  const rows = await world.query(
    `select 1 from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'
       and query like '%insert into transcriptions%' and pid <> pg_backend_pid()`,
  );
  return rows.length;
}

it('a sentence that came too late for a stream which moved holds up none of the others', async () => {
  const consultation = await world.aConsultation();
  const { roomId } = consultation;
  const { doctor, invitation, patient } = await bothIn(service, world, consultation);
  await ask(doctor, 'start-transcription', { roomId });
  await ask(patient, 'audioChunk', { roomId, ...soundChunk(0, 'loud') });

  // The patient's line went to another node while the end of a sentence is on its way into a row here.
  const other = await takeOver(consultation.id, invitation.sub);
  await speak(patient, roomId, 1);
  await expect.poll(utterancesHeldUp, { timeout: 20_000 }).toBe(1);
  await other.commit();

  const said = next(
    doctor,
    'transcription',
    (event) => event.isFinal && event.speaker === 'MEDICO',
  );
  await speak(doctor, roomId);
  await said;
  await ask(doctor, 'end-consultation', { roomId });

  const streams = () =>
    world.query<{ sub: string; drained: boolean }>(
      `select sub, drained_at is not null as drained from audio_streams
       where consultation_id = $1 order by drained_at nulls last`,
      [consultation.id],
    );
  await expect.poll(streams, { timeout: 20_000 }).toEqual([
    { sub: consultation.doctor.sub, drained: true },
    { sub: invitation.sub, drained: false },
  ]);
  const rows = await world.query<{ speaker: string }>(
    'select speaker from transcriptions where room_id = $1',
    [roomId],
  );
  expect(rows.map(({ speaker }) => speaker)).toEqual(['MEDICO']);
});
