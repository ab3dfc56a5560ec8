import { join } from 'node:path';
import { type Clock, createLogger, systemClock } from '@medcall/service-kit';
import { describe, expect, it } from 'vitest';
import { AudioLog } from './audio-log/audio-log.ts';
import { storageIdOf } from './audio-log/storage-id.ts';
import { realtimeEnv } from './config/env.ts';
import { createFallbackEngine } from './engines/fallback-engine.ts';
import { retranscribeRoom } from './retranscribe.ts';
import { createMfccEmbedder } from './speakers/voice-features.ts';
import type { SpeechEngine } from './speech/ports.ts';
import { SpeechError } from './speech/speech-error.ts';
import { consulted, correct, rowsOf } from './testing/consulted.ts';
import { loudnessVad, scriptedEngine } from './testing/scripted-engine.ts';
import { db, service, useTestStage, world } from './testing/test-stage.ts';

useTestStage();

/** As a paid engine: it hears each sentence, and no turn as a whole. */
function withoutRevisions(): SpeechEngine {
  const scripted = scriptedEngine((job) => `trecho de ${Math.round(job.pcm.length / 1600)}`);
  return {
    ...scripted,
    capabilities: { ...scripted.capabilities, remote: true },
    transcribe: async (job) => {
      if (job.priority() !== 'deferred') throw new SpeechError('shed', 'finals only');
      return { ...(await scripted.transcribe(job)), engine: 'another' };
    },
  };
}

/** An engine whose vendor is away. */
function failing(fails: () => SpeechError): SpeechEngine {
  return { ...scriptedEngine(), transcribe: () => Promise.reject(fails()) };
}

/** Another process on the same data folder, with an engine that hears something else where it is given. */
async function again(roomId: string, text?: string, engine?: SpeechEngine, monotonic?: Clock) {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const audioLog = new AudioLog({ root: join(service.dataDir, 'audio'), logger, store: null });
  const env = realtimeEnv.parse({
    DATABASE_URL: db.appUrl,
    AUTH_PROVIDER: 'embedded',
    INTERNAL_SERVICE_SECRET: 'a secret of at least thirty-two characters',
    DATA_DIR: service.dataDir,
  });
  const container = {
    audioLog,
    clock: systemClock,
    database: db.database,
    engine: engine ?? scriptedEngine(text === undefined ? undefined : () => text),
    env,
    logger,
    objectStore: null,
    storageId: storageIdOf(service.dataDir),
  };
  const speech = {
    vadFactory: loudnessVad,
    correct: (said: string) => said,
    embedder: createMfccEmbedder(),
  };
  try {
    return await retranscribeRoom(container, speech, roomId, monotonic);
  } finally {
    await audioLog.stop();
  }
}

describe('transcribing a consultation again', () => {
  it('gives the same utterances: missing ones come back, texts are heard anew, corrected ones stay', async () => {
    const consultation = await consulted(service, world);
    const before = await rowsOf(world, consultation);
    expect(before).toHaveLength(3);
    const [lost, corrected, other] = before;
    // As if it had never been written: clinical rows cannot be deleted.
    await world.query(
      `set session_replication_role = replica; delete from transcriptions where id = '${lost?.id}';
       reset session_replication_role`,
    );
    await correct(world, consultation, corrected?.id);
    expect(await again(consultation.roomId, 'ouvido de novo')).toEqual({
      outcome: 'done',
      streams: 1,
      rows: 3,
      added: 1,
      changed: 1,
      joined: 0,
      kept: 1,
    });
    const after = await rowsOf(world, consultation);
    expect(after.map(({ start_ms }) => start_ms)).toEqual(before.map(({ start_ms }) => start_ms));
    expect([after[0]?.id, after[2]?.id]).toEqual([lost?.id, other?.id]);
    expect(after.map(({ text }) => text)).toEqual([
      'ouvido de novo',
      'corrigido',
      'ouvido de novo',
    ]);
    expect(after[2]?.revision).toBeGreaterThan(other?.revision ?? 0);
  });

  it('changes nothing the second time', async () => {
    const consultation = await consulted(service, world);
    await again(consultation.roomId, 'ouvido de novo');
    const once = await rowsOf(world, consultation);
    expect(await again(consultation.roomId, 'ouvido de novo')).toMatchObject({
      outcome: 'done',
      added: 0,
      changed: 0,
    });
    expect(await rowsOf(world, consultation)).toEqual(once);
  });

  it('derives the same from the sound alone, rows included that a whole turn took the place of', async () => {
    // Two sentences of one turn, and enough after them that nobody counts as reading along.
    const consultation = await consulted(service, world, [9, 20, 20, 20]);
    const derived = async () => {
      await world.query(
        `set session_replication_role = replica;
         delete from transcriptions where room_id = '${consultation.roomId}';
         reset session_replication_role`,
      );
      await again(consultation.roomId);
      return world.query(
        `select id, text, raw_text, speaker, start_ms, end_ms, revision, text_revision, superseded_by
         from transcriptions where room_id = $1 order by start_ms, id`,
        [consultation.roomId],
      );
    };
    const once = await derived();
    expect(once.filter((row) => row.superseded_by !== null)).not.toEqual([]);
    expect(await derived()).toEqual(once);
  });

  it('keeps every word of a turn that another engine hears sentence by sentence', async () => {
    const consultation = await consulted(service, world, [9, 20, 20, 20]);
    const parts = () =>
      world.query<{ id: string; superseded_by: string | null }>(
        'select id, superseded_by from transcriptions where room_id = $1',
        [consultation.roomId],
      );
    // As on a live day the engine had the time to hear the turn as a whole.
    await again(consultation.roomId);
    const before = await rowsOf(world, consultation);
    expect(
      (await parts()).filter(({ superseded_by }) => superseded_by === before[0]?.id),
    ).not.toEqual([]);
    expect(await again(consultation.roomId, undefined, withoutRevisions())).toMatchObject({
      outcome: 'done',
      changed: 3,
      added: 0,
      joined: 0,
    });
    const after = await rowsOf(world, consultation);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after[0]?.text).toMatch(/^trecho de \d+ trecho de \d+$/);
  });

  it('leaves what a later utterance took the place of, and that one too', async () => {
    const consultation = await consulted(service, world);
    const [first, second] = await rowsOf(world, consultation);
    await world.query('update transcriptions set superseded_by = $2 where id = $1', [
      second?.id,
      first?.id,
    ]);
    await again(consultation.roomId, 'ouvido de novo');
    const texts = await world.query(
      'select id, text, superseded_by from transcriptions where id in ($1, $2) order by start_ms',
      [first?.id, second?.id],
    );
    // The engine is the same: it heard both as one before, and each by itself now.
    expect(texts).toEqual([
      { id: first?.id, text: first?.text, superseded_by: null },
      { id: second?.id, text: second?.text, superseded_by: first?.id },
    ]);
  });

  it('asks the first engine alone, and ends when that has not answered for minutes', async () => {
    const consultation = await consulted(service, world);
    const before = await rowsOf(world, consultation);
    let now = 0;
    const first = failing(() => {
      now = 11 * 60_000;
      return new SpeechError('engine', 'away');
    });
    const order = createFallbackEngine([first, scriptedEngine(() => 'pior')]);
    expect(await again(consultation.roomId, undefined, order, { now: () => now })).toEqual({
      outcome: 'no_progress',
    });
    expect(await rowsOf(world, consultation)).toEqual(before);
    const jobs = await world.query(
      'select status, failure from retranscriptions where consultation_id = $1',
      [consultation.id],
    );
    expect(jobs).toEqual([{ status: 'failed', failure: 'no_progress' }]);
  });

  it('leaves what a cap refuses as it was, and counts it', async () => {
    const consultation = await consulted(service, world);
    const before = await rowsOf(world, consultation);
    let paid = 1;
    const scripted = scriptedEngine(() => 'ouvido de novo');
    const capped: SpeechEngine = {
      ...scripted,
      transcribe: (job) =>
        paid-- > 0
          ? scripted.transcribe(job)
          : Promise.reject(new SpeechError('unpaid', 'refused by consultation_cap')),
    };
    expect(await again(consultation.roomId, undefined, capped)).toMatchObject({
      outcome: 'done',
      changed: 1,
    });
    const after = await rowsOf(world, consultation);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.filter(({ text }) => text === 'ouvido de novo')).toHaveLength(1);
    const [job] = await world.query(
      'select rows_unheard from retranscriptions where consultation_id = $1',
      [consultation.id],
    );
    expect(job).toEqual({ rows_unheard: 2 });
  });

  it('says why when it cannot: unknown, not over, not allowed, deleted', async () => {
    expect(await again('no-such-room', '')).toEqual({ outcome: 'unknown_room' });
    const open = await world.aConsultation();
    expect(await again(open.roomId, '')).toEqual({ outcome: 'in_progress' });
    const deleted = await consulted(service, world);
    await world.query('update audio_streams set discarded_at = now() where consultation_id = $1', [
      deleted.id,
    ]);
    expect(await again(deleted.roomId, '')).toEqual({ outcome: 'sound_deleted' });
    await world.aConsent(deleted, 'ai', false);
    expect(await again(deleted.roomId, '')).toEqual({ outcome: 'not_allowed' });
  });
});
