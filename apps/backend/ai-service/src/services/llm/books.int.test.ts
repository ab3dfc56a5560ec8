import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createLogger, systemClock } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type TestConsultation, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChatBehaviour } from '../../../../../../tests/fakes/openai-chat/chat-behaviour.ts';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { chooseModel } from '../../choose-model.ts';
import { aiEnv } from '../../config/env.ts';
import type { ConsultationModel } from './consultation-model.ts';

let db: TestDatabase;
let world: World;
let fake: FakeChatServer;
let model: ConsultationModel;
let env: Record<string, string>;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  fake = await startFakeChatServer();
  env = {
    DATABASE_URL: db.appUrl,
    AUTH_PROVIDER: 'embedded',
    INTERNAL_SERVICE_SECRET: 'a secret of at least thirty-two characters',
    LLM_PROVIDER: 'azure',
    AZURE_OPENAI_ENDPOINT: fake.url,
    AZURE_OPENAI_API_KEY: fake.apiKey,
    BRL_PER_USD: '5.4321',
  };
  model = chooseModel({
    env: aiEnv.parse(env),
    database: db.database,
    clock: systemClock,
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
});
afterAll(async () => {
  await fake?.close();
  await world?.close();
  await db?.drop();
});
beforeEach(() => {
  fake.charges.length = 0;
  fake.answers = () => ({ texto: 'dói a cabeça' });
});

/** The vendor's invoice in micro-reais: its list prices, the rate, each call rounded up. No code of ours. */
function invoice(): bigint {
  const usdMicrosPerMillion = { input: 2_500_000n, output: 10_000_000n };
  const rate = 5_432_100n;
  return fake.charges.reduce((sum, { inputTokens, outputTokens }) => {
    const usd =
      BigInt(inputTokens) * usdMicrosPerMillion.input +
      BigInt(outputTokens) * usdMicrosPerMillion.output;
    return sum + (usd * rate + 999_999_999_999n) / 1_000_000_000_000n;
  }, 0n);
}

async function booked(ids: readonly string[], state?: 'settled' | 'reserved') {
  const [row] = await world.query<{ sum: string; count: number }>(
    `select coalesce(sum(cost_brl_micros), 0)::text as sum, count(*)::int as count from ai_pricing
     where consultation_id = any($1) and ($2::text is null or state = $2) and state <> 'released'`,
    [ids, state ?? null],
  );
  return { micros: BigInt(row?.sum ?? 0), rows: row?.count ?? 0 };
}

async function aConsultation(cap?: string): Promise<TestConsultation> {
  const consultation = await world.aConsultation({ status: 'IN_PROGRESS' });
  await world.aConsent(consultation, 'ai');
  if (cap) {
    await world.query('update consultations set cost_cap_brl = $2 where id = $1', [
      consultation.id,
      cap,
    ]);
  }
  return consultation;
}

const ask = (consultationId: string, words = 3) =>
  model.complete({
    consultationId,
    prompt: { task: 'teste', version: 1, text: 'Resuma.', hash: 'x' },
    input: { falas: ['dói a cabeça '.repeat(words)] },
    answer: z.object({ texto: z.string() }),
    maxOutputTokens: 200,
    deadlineMs: 20_000,
  });

describe('the books', () => {
  it('equal the vendor’s to the micro-real over ten consultations with parallel calls, some refused and retried', async () => {
    const ids = (await Promise.all(Array.from({ length: 10 }, () => aConsultation()))).map(
      ({ id }) => id,
    );
    const trouble: ChatBehaviour[] = [
      { kind: 'wrong_json' },
      { kind: 'refusal' },
      { kind: 'rate_limited', retryAfterMs: 1, azureHeader: true },
    ];
    fake.next(...trouble);
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    // Two consultations at a time: more would only wait for the pool's connections, which have a deadline.
    for (let at = 0; at < ids.length; at += 2) {
      const pair = ids
        .slice(at, at + 2)
        .flatMap((id, of) =>
          Array.from({ length: 6 }, (_, call) => ask(id, (at + of) * 7 + call + 1)),
        );
      answers.push(...(await Promise.all(pair)));
    }
    expect(answers.filter((answer) => answer.kind === 'answered').length).toBeGreaterThan(40);
    const settled = await booked(ids, 'settled');
    expect(settled.rows).toBe(fake.charges.length);
    expect(settled.micros).toBe(invoice());
    expect(await booked(ids)).toEqual(settled);
    const [row] = await world.query(
      'select price_version, model, tokens from ai_pricing where consultation_id = $1 limit 1',
      [ids[0]],
    );
    expect(row).toMatchObject({
      price_version: expect.stringMatching(/ @ 5\.432100$/),
      model: 'gpt-4o',
      tokens: expect.any(Number),
    });
  });

  it('never pass the cap, however many ask at once; then nobody is called', async () => {
    const { id } = await aConsultation('0.05');
    const answers = await Promise.all(Array.from({ length: 15 }, () => ask(id)));
    const refused = answers.filter(
      (answer) => answer.kind === 'fallback' && answer.reason === 'cost_cap',
    );
    expect(refused.length).toBeGreaterThan(0);
    expect(fake.charges.length).toBeGreaterThan(0);
    expect((await booked([id])).micros).toBeLessThanOrEqual(50_000n);
    expect((await booked([id])).micros).toBe(invoice());
  });

  const moments: [string, ChatBehaviour | null, () => boolean][] = [
    ['while the vendor works', { kind: 'hang' }, () => fake.calls.length > 0],
    [
      'in the middle of the answer',
      { kind: 'cut_off', answer: { texto: 'x' } },
      () => fake.charges.length > 0,
    ],
    ['as soon as the answer is on its way', null, () => fake.charges.length > 0],
  ];
  it.each(moments)(
    'hold at least what was charged when the process dies %s',
    async (_, behaviour, moment) => {
      for (let round = 0; round < 2; round++) {
        const { id } = await aConsultation();
        fake.calls.length = 0;
        fake.charges.length = 0;
        if (behaviour) fake.next(behaviour);
        const child = fork(new URL('../../testing/one-call.ts', import.meta.url), {
          env: { PATH: process.env.PATH, ...env, CONSULTATION_ID: id },
          stdio: 'ignore',
        });
        await reached(moment, child);
        child.kill('SIGKILL');
        await once(child, 'exit');
        const { micros, rows } = await booked([id]);
        expect(rows).toBeGreaterThan(0);
        expect(micros).toBeGreaterThan(0n);
        expect(micros).toBeGreaterThanOrEqual(invoice());
      }
    },
  );
});

async function reached(moment: () => boolean, child: ChildProcess): Promise<void> {
  while (!moment()) {
    if (child.exitCode !== null) throw new Error(`the child ended by itself: ${child.exitCode}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
