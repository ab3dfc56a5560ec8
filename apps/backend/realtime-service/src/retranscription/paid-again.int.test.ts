import { randomUUID } from 'node:crypto';
import { createCostLedger, systemClock } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type TestConsultation, type World } from '@medcall/service-kit/testing/world';
import { retranscription } from '@medcall/shared-types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type FakeAudioServer,
  startFakeAudioServer,
} from '../../../../../tests/fakes/openai-audio.ts';
import { CapSignals } from '../engines/cap-signals.ts';
import { consultationOfRoom } from '../engines/consultation-of-room.ts';
import { createFallbackEngine } from '../engines/fallback-engine.ts';
import { createAzureSpeech } from '../engines/openai-speech.ts';
import { createRemoteEngine } from '../engines/remote-engine.ts';
import type { SpeechEngine, SpeechJob } from '../speech/ports.ts';
import { SpeechError } from '../speech/speech-error.ts';
import { consulted, rowsOf } from '../testing/consulted.ts';
import { scriptedEngine } from '../testing/scripted-engine.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

let db: TestDatabase;
let world: World;
let vendor: FakeAudioServer;
let heard = 'antes';
let service: TestService;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  vendor = await startFakeAudioServer(() => heard);
  const paid = createRemoteEngine({
    stt: createAzureSpeech({
      endpoint: vendor.url,
      apiKey: vendor.apiKey,
      apiVersion: '2024-10-21',
      deployment: 'whisper',
    }),
    model: 'whisper',
    concurrency: 2,
    breaker: { failures: 3, openMs: 60_000 },
    ledger: createCostLedger(db.database),
    rate: { brlMicrosPerUsd: 5_432_100 },
    consultationOf: (roomId) => consultationOfRoom(db.database, roomId),
    newKey: () => `stt:${randomUUID()}`,
    clock: systemClock,
    caps: new CapSignals(),
  });
  const free = scriptedEngine(() => 'sem custo');
  const engine = createFallbackEngine([
    paid,
    { ...free, transcribe: (job) => finalsOnly(free, job) },
  ]);
  service = await startTestService({ appUrl: db.appUrl, engine });
});
afterAll(async () => {
  await service?.stop();
  await vendor?.close();
  await world?.close();
  await db?.drop();
});

/** Nothing is decoded ahead of time: who writes a text is who was asked for it. */
function finalsOnly(engine: SpeechEngine, job: SpeechJob) {
  return ['final', 'deferred'].includes(job.priority())
    ? engine.transcribe(job)
    : Promise.reject(new SpeechError('shed', 'finals only'));
}

/** Asks for another transcription and waits until it has ended. */
async function again({ doctor, roomId }: TestConsultation) {
  const call = async (method: string) => {
    const answer = await fetch(`${service.url}/api/rooms/${roomId}/retranscription`, {
      method,
      headers: { authorization: `Bearer ${await service.tokens.forDoctor(doctor)}` },
    });
    return retranscription.parse(await answer.json()).job;
  };
  const asked = await call('POST');
  await expect
    .poll(
      async () => {
        const job = await call('GET');
        return job?.id === asked?.id ? ['done', 'failed'].includes(job?.status ?? '') : false;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return call('GET');
}

async function booked({ id }: TestConsultation) {
  const [row] = await world.query<{ calls: number; micros: number }>(
    `select count(*)::int as calls, coalesce(sum(cost_brl_micros), 0)::int as micros
     from ai_pricing where consultation_id = $1 and state = 'settled'`,
    [id],
  );
  return row ?? { calls: 0, micros: 0 };
}

it('costs what any transcription costs, and where the cap is reached changes nothing and says so', async () => {
  const consultation = await consulted(service, world);
  const texts = async () => (await rowsOf(world, consultation)).map(({ text }) => text);
  expect(await texts()).toEqual(['antes', 'antes', 'antes']);
  const live = await booked(consultation);
  expect(live.calls).toBe(vendor.calls.length);
  heard = 'agora';
  expect(await again(consultation)).toMatchObject({ status: 'done', result: { changed: 3 } });
  expect(await texts()).toEqual(['agora', 'agora', 'agora']);
  const twice = await booked(consultation);
  expect(twice.calls).toBe(vendor.calls.length);
  expect(twice.calls).toBeGreaterThan(live.calls);
  expect(twice.micros).toBeGreaterThan(live.micros);
  await world.query('update consultations set cost_cap_brl = 0 where id = $1', [consultation.id]);
  expect(await again(consultation)).toMatchObject({ status: 'failed', failure: 'cost_cap' });
  expect(await booked(consultation)).toEqual(twice);
  expect(vendor.calls).toHaveLength(twice.calls);
  expect(await texts()).toEqual(['agora', 'agora', 'agora']);
});
