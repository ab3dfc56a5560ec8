import { createLogger } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UtteranceEvent } from '../speech/transcriber-events.ts';
import { aPlace } from './testing/a-place.ts';
import { TranscriptWriter } from './transcript-writer.ts';

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
  const place = await aPlace(world, consultation);
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
