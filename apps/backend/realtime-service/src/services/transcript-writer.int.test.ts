import { createLogger } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type TestConsultation, type World } from '@medcall/service-kit/testing/world';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UtteranceEvent } from '../speech/transcriber-events.ts';
import { TranscriptWriter, type UtterancePlace } from './transcript-writer.ts';

let db: TestDatabase;
let world: World;
let writer: TranscriptWriter;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  const logger = createLogger({ service: 'test', level: 'silent' });
  writer = new TranscriptWriter({ database: db.database, logger });
});
afterAll(async () => {
  await world.close();
  await db.drop();
});

async function aPlace({ id, roomId, doctor }: TestConsultation): Promise<UtterancePlace> {
  const [participant] = await world.query<{ id: string }>(
    `insert into participants (consultation_id, sub, role, name, state)
     values ($1, $2, 'patient', 'Ana', 'joined') returning id`,
    [id, doctor.sub],
  );
  const participantId = participant?.id ?? '';
  const [session] = await world.query<{ id: string }>(
    `insert into sessions (consultation_id, room_id, kind) values ($1, $2, 'ONLINE') returning id`,
    [id, roomId],
  );
  const [stream] = await world.query<{ id: string }>(
    `insert into audio_streams (consultation_id, session_id, participant_id, sub, stream, capture_id, origin_ms, lease_fence)
     values ($1, $2, $3, $4, 'microphone', '0', 0, 1) returning id`,
    [id, session?.id, participantId, doctor.sub],
  );
  return {
    roomId,
    participantId,
    speaker: 'PACIENTE',
    streamId: stream?.id ?? '',
    fence: 1,
    originMs: 0,
    timelineZeroAt: new Date(),
  };
}

const ids = (round: number) =>
  [1, 2].map((part) => `00000000-0000-4000-8000-0000000${round}000${part}`) as [string, string];

function said(id: string, text: string, changes: Partial<UtteranceEvent> = {}): UtteranceEvent {
  return {
    type: 'utterance',
    id,
    startMs: 0,
    endMs: 1_000,
    revision: 0,
    isFinal: true,
    text,
    rawText: text,
    confidence: null,
    engine: 'test',
    ...changes,
  };
}

function textsOf(roomId: string) {
  return world.query<{ text: string }>(
    'select text from transcriptions where room_id = $1 and superseded_by is null order by text',
    [roomId],
  );
}

/** The two halves of a turn are rows; the whole turn is what comes next. */
async function aCutTurn(round: number) {
  const consultation = await world.aConsultation();
  const place = await aPlace(consultation);
  const store = (event: UtteranceEvent) => writer.store(place, event, writer.toEvent(place, event));
  const [first, second] = ids(round);
  await store(said(first, 'a dor'));
  await store(said(second, 'começou ontem'));
  const whole = said(first, 'a dor começou ontem', { revision: 1, replaces: [second] });
  return { consultation, second, storeWhole: () => store(whole) };
}

/** As the doctor's correction does. */
const correction = `with corrected as (
    insert into transcriptions (id, room_id, speaker, text, raw_text, timestamp, participant_id,
      start_ms, end_ms, engine, revision, stream_id, edited_from, edited_by)
    select gen_random_uuid(), room_id, speaker, 'corrigido', raw_text, timestamp, participant_id,
      start_ms, end_ms, engine, revision + 1, stream_id, id, $2 from transcriptions where id = $1
    returning id)
  update transcriptions set superseded_by = (select id from corrected) where id = $1`;

describe('a whole turn takes the place of its parts', () => {
  it('when nobody corrected one', async () => {
    const { consultation, storeWhole } = await aCutTurn(1);
    await storeWhole();
    expect(await textsOf(consultation.roomId)).toEqual([{ text: 'a dor começou ontem' }]);
  });

  it('and not when a person corrects one in the same moment: no word stands twice', async () => {
    const { consultation, second, storeWhole } = await aCutTurn(2);
    const person = new pg.Client({ connectionString: db.ownerUrl });
    await person.connect();
    try {
      await person.query('begin');
      await person.query('select 1 from transcriptions where id = $1 for update', [second]);
      await person.query(correction, [second, consultation.doctor.sub]);
      const stored = storeWhole();
      await expect
        .poll(async () => {
          const waiting = await world.query(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          return waiting.length;
        })
        .toBe(1);
      await person.query('commit');
      expect(await stored).toBe('known');
    } finally {
      await person.end();
    }
    expect(await textsOf(consultation.roomId)).toEqual([{ text: 'a dor' }, { text: 'corrigido' }]);
  });
});
