import {
  CircuitBreaker,
  type CostLedger,
  createLogger,
  priceOfTokens,
  type ReservationAnswer,
} from '@medcall/service-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChatBehaviour } from '../../../../../../tests/fakes/openai-chat/chat-behaviour.ts';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import type { ModelUsage } from '../llm.ts';
import { type ConsultationRequest, createConsultationModel } from './consultation-model.ts';
import { createOpenAiModel } from './openai-model.ts';

let fake: FakeChatServer;
beforeEach(async () => {
  fake = await startFakeChatServer();
});
afterEach(() => fake.close());

const rate = { brlMicrosPerUsd: 5_000_000 };
const priceOf = (usage: ModelUsage) =>
  priceOfTokens('gpt-4o', { input: usage.inputTokens, output: usage.outputTokens }, rate);
const charged = () =>
  fake.charges.reduce((sum, { inputTokens, outputTokens }) => {
    return sum + priceOf({ inputTokens, outputTokens });
  }, 0);

function memoryLedger(answer?: ReservationAnswer) {
  const rows = new Map<string, { micros: number; state: string }>();
  const ledger: CostLedger = {
    async reserve(wish) {
      if (answer) return answer;
      rows.set(wish.idempotencyKey, { micros: wish.upperBoundMicros, state: 'reserved' });
      return { granted: true, id: wish.idempotencyKey };
    },
    async settle(id, { micros }) {
      rows.set(id, { micros, state: 'settled' });
    },
    async release(id) {
      rows.set(id, { micros: 0, state: 'released' });
    },
    spending: async () => ({ spentMicros: 0, capMicros: null, month: null }),
  };
  const booked = () => [...rows.values()].reduce((sum, row) => sum + row.micros, 0);
  return { ledger, booked, states: () => [...rows.values()].map((row) => row.state) };
}

function setUp(options: { refusal?: ReservationAnswer; attempts?: number } = {}) {
  const books = memoryLedger(options.refusal);
  const clock = { ms: 1_000_000 };
  const waited: number[] = [];
  let key = 0;
  const now = () => clock.ms;
  const model = createConsultationModel({
    model: createOpenAiModel({ baseUrl: `${fake.url}/v1`, apiKey: fake.apiKey, model: 'gpt-4o' }),
    ledger: books.ledger,
    priceOf,
    priceVersion: 'test',
    namesIn: async () => ['Maria Aparecida da Silva'],
    breaker: new CircuitBreaker({ failures: 3, openMs: 30_000 }, { now }),
    attempts: options.attempts ?? 3,
    newKey: () => `key-${key++}`,
    now,
    async wait(ms) {
      waited.push(ms);
      clock.ms += ms;
    },
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  return { model, books, clock, waited };
}

const answer = z.object({ texto: z.string() });
const request: ConsultationRequest<typeof answer> = {
  consultationId: 'a consultation',
  prompt: { task: 'teste', version: 1, text: 'Resuma.', hash: 'hash-of-prompt' },
  input: { falas: ['Maria disse: meu CPF é 529.982.247-25 e dói.'], idade: 34 },
  answer,
  maxOutputTokens: 200,
  deadlineMs: 20_000,
};
const good: ChatBehaviour = { kind: 'answer', answer: { texto: 'dói' } };

describe('language model of a consultation', () => {
  it('masks what leaves, puts it back into the answer and says what wrote it', async () => {
    fake.next({ kind: 'answer', answer: { texto: 'Pergunte a [PESSOA_1] ([DOCUMENTO_1]).' } });
    const { model, books } = setUp();
    expect(await model.complete(request)).toEqual({
      kind: 'answered',
      answer: { texto: 'Pergunte a Maria (529.982.247-25).' },
      provenance: {
        engine: 'openai:gpt-4o',
        engineVersion: 'gpt-4o-2024-11-20',
        promptHash: 'hash-of-prompt',
        outputId: 'chatcmpl-fake1',
      },
    });
    expect(JSON.parse(fake.calls[0]?.user ?? '')).toEqual({
      falas: ['[PESSOA_1] disse: meu CPF é [DOCUMENTO_1] e dói.'],
      idade: 34,
    });
    expect(books.states()).toEqual(['settled']);
    expect(books.booked()).toBe(charged());
  });

  it.each([
    ['ai_off', 'ai_off'],
    ['consultation_cap', 'cost_cap'],
    ['clinic_cap', 'cost_cap'],
  ] as const)('makes no call when the ledger says %s', async (reason, fallback) => {
    const { model } = setUp({ refusal: { granted: false, reason } });
    expect(await model.complete(request)).toEqual({ kind: 'fallback', reason: fallback });
    expect(fake.calls).toHaveLength(0);
  });

  it('waits as long as the vendor asks, then tries again', async () => {
    fake.next({ kind: 'rate_limited', retryAfterMs: 4000 }, good);
    const { model, waited, books } = setUp();
    expect(await model.complete(request)).toMatchObject({ kind: 'answered' });
    expect(waited).toEqual([4000]);
    expect(books.states()).toEqual(['released', 'settled']);
    expect(books.booked()).toBe(charged());
  });

  it('does not wait longer than its deadline, and asks nobody until the vendor’s time is over', async () => {
    fake.next({ kind: 'rate_limited', retryAfterMs: 60_000 });
    const { model, clock, waited } = setUp();
    expect(await model.complete(request)).toEqual({ kind: 'fallback', reason: 'rate_limited' });
    expect(await model.complete(request)).toEqual({ kind: 'fallback', reason: 'paused' });
    expect(waited).toEqual([]);
    expect(fake.calls).toHaveLength(1);
    clock.ms += 60_000;
    fake.next(good);
    expect(await model.complete(request)).toMatchObject({ kind: 'answered' });
  });

  it('stops asking a server that fails in a row, and tries it once after a pause', async () => {
    const { model, clock } = setUp();
    fake.next({ kind: 'server_error' }, { kind: 'server_error' }, { kind: 'server_error' });
    expect(await model.complete(request)).toEqual({ kind: 'fallback', reason: 'unavailable' });
    expect(await model.complete(request)).toEqual({ kind: 'fallback', reason: 'paused' });
    expect(fake.calls).toHaveLength(3);
    clock.ms += 30_000;
    fake.next(good);
    expect(await model.complete(request)).toMatchObject({ kind: 'answered' });
  });

  const costly: [ChatBehaviour, string][] = [
    [{ kind: 'server_error' }, 'unavailable'],
    [{ kind: 'cut_off', answer: { texto: 'x' } }, 'unavailable'],
    [{ kind: 'not_json' }, 'invalid_answer'],
    [{ kind: 'wrong_json' }, 'invalid_answer'],
    [{ kind: 'refusal' }, 'refusal'],
    [{ kind: 'prompt_filtered' }, 'content_filter'],
    [{ kind: 'answer_filtered' }, 'content_filter'],
    [{ kind: 'too_long', answer: { texto: 'x' } }, 'too_long'],
  ];
  it.each(costly)(
    'never books less than the vendor charges after %j',
    async (behaviour, reason) => {
      fake.next(behaviour);
      const { model, books } = setUp({ attempts: 1 });
      expect(await model.complete(request)).toEqual({ kind: 'fallback', reason });
      expect(books.booked()).toBeGreaterThanOrEqual(charged());
    },
  );

  it('keeps the whole reservation when the answer tells no usage', async () => {
    fake.next({ kind: 'no_usage', answer: { texto: 'x' } });
    const { model, books } = setUp();
    expect(await model.complete(request)).toMatchObject({ kind: 'answered' });
    expect(books.states()).toEqual(['reserved']);
    expect(books.booked()).toBeGreaterThan(charged());
  });

  it('gives up at its deadline and keeps the reservation', async () => {
    fake.next({ kind: 'hang' });
    const { model, books } = setUp();
    const asked = model.complete({ ...request, deadlineMs: 40 });
    expect(await asked).toEqual({ kind: 'fallback', reason: 'timeout' });
    expect(books.states()).toEqual(['reserved']);
  });
});
