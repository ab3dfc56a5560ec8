import { randomUUID } from 'node:crypto';
import { createCostLedger, systemClock } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type FakeAudioServer,
  startFakeAudioServer,
} from '../../../../../tests/fakes/openai-audio.ts';
import { CapSignals } from './cap-signals.ts';
import { createAzureSpeech } from './openai-speech.ts';
import { createRemoteEngine } from './remote-engine.ts';

let db: TestDatabase;
let world: World;
let fake: FakeAudioServer;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  fake = await startFakeAudioServer();
});
afterAll(async () => {
  await fake?.close();
  await world?.close();
  await db?.drop();
});

it('equal the vendor’s to the micro-real over ten consultations whose sentences are decoded at once', async () => {
  const engine = createRemoteEngine({
    stt: createAzureSpeech({
      endpoint: fake.url,
      apiKey: fake.apiKey,
      apiVersion: '2024-10-21',
      deployment: 'whisper',
    }),
    model: 'whisper',
    concurrency: 8,
    breaker: { failures: 3, openMs: 60_000 },
    ledger: createCostLedger(db.database),
    rate: { brlMicrosPerUsd: 5_432_100 },
    // Rooms are named by their consultation here.
    consultationOf: async (roomId) => roomId,
    newKey: () => `stt:${randomUUID()}`,
    clock: systemClock,
    caps: new CapSignals(),
  });
  const ids: string[] = [];
  for (let at = 0; at < 10; at++) {
    const consultation = await world.aConsultation({ status: 'IN_PROGRESS' });
    await world.aConsent(consultation, 'ai');
    ids.push(consultation.id);
  }
  await Promise.all(
    ids.flatMap((roomId, at) =>
      [1, 2, 3, 4].map((sentence) =>
        engine.transcribe({
          pcm: new Int16Array(1600 * (sentence * 3 + at)),
          roomId,
          priority: () => 'final',
          signal: new AbortController().signal,
          language: 'pt',
        }),
      ),
    ),
  );
  await engine.stop();
  // 6,000 micro-dollars a minute, each call rounded up to the micro-real, in whole milliseconds.
  const invoice = fake.calls.reduce((sum, { seconds }) => {
    const scaled = BigInt(Math.round(seconds * 1000)) * 6_000n * 5_432_100n;
    return sum + (scaled + 59_999_999_999n) / 60_000_000_000n;
  }, 0n);
  const [row] = await world.query<{ sum: string; count: number }>(
    `select sum(cost_brl_micros)::text as sum, count(*)::int as count from ai_pricing
     where consultation_id = any($1) and state = 'settled'`,
    [ids],
  );
  expect(fake.calls).toHaveLength(40);
  expect(row?.count).toBe(40);
  expect(BigInt(row?.sum ?? 0)).toBe(invoice);
});
