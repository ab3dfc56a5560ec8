import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChatBehaviour } from '../../../../../../tests/fakes/openai-chat/chat-behaviour.ts';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import type { LanguageModel, ModelRequest } from '../llm.ts';
import { createAzureModel, createOpenAiModel } from './openai-model.ts';

let fake: FakeChatServer;
beforeEach(async () => {
  fake = await startFakeChatServer();
});
afterEach(() => fake.close());

/** A busy machine is silent for a moment too: only who tests silence waits less. */
const patientMs = 60_000;

const vendors: [string, (stallMs?: number) => LanguageModel][] = [
  [
    'azure',
    (stallMs = patientMs) =>
      createAzureModel({
        endpoint: fake.url,
        apiKey: fake.apiKey,
        apiVersion: '2024-10-21',
        deployment: 'gpt-4o',
        stallMs,
      }),
  ],
  [
    'openai',
    (stallMs = patientMs) =>
      createOpenAiModel({
        baseUrl: `${fake.url}/v1`,
        apiKey: fake.apiKey,
        model: 'gpt-4o',
        stallMs,
      }),
  ],
];

const answer = z.object({
  perguntas: z.array(
    z.object({ texto: z.string().min(3).max(300), topico: z.enum(['inicio', 'febre']) }),
  ),
  observacao: z.string().nullable(),
});
const good = { perguntas: [{ texto: 'Desde quando dói?', topico: 'inicio' }], observacao: null };

function request(
  options: { signal?: AbortSignal; onText?: (piece: string) => void } = {},
): ModelRequest<typeof answer> {
  return {
    prompt: { task: 'perguntas', version: 1, text: 'Sugira perguntas.', hash: 'x' },
    input: 'Paciente: dói a barriga',
    answer,
    maxOutputTokens: 400,
    signal: options.signal ?? new AbortController().signal,
    ...(options.onText ? { onText: options.onText } : {}),
  };
}
const streamed = { onText: () => undefined };

describe.each(vendors)('%s', (vendor, create) => {
  it('asks by the vendor’s own protocol with a strict schema and gives answer, usage and version', async () => {
    fake.next({ kind: 'answer', answer: good });
    const said = await create().complete(request());
    expect(said).toEqual({
      answer: good,
      usage: {
        inputTokens: fake.charges[0]?.inputTokens,
        outputTokens: fake.charges[0]?.outputTokens,
      },
      version: 'gpt-4o-2024-11-20',
      outputId: 'chatcmpl-fake1',
    });
    expect(fake.calls).toEqual([
      expect.objectContaining({
        format: 'json_schema',
        stream: false,
        system: 'Sugira perguntas.',
        user: 'Paciente: dói a barriga',
        limit: { name: 'max_tokens', tokens: 400 },
        ...(vendor === 'azure'
          ? { deployment: 'gpt-4o', apiVersion: '2024-10-21' }
          : { path: '/v1/chat/completions', model: 'gpt-4o' }),
      }),
    ]);
  });

  it('gives a streamed answer piece by piece, and the same as a whole one', async () => {
    const pieces: string[] = [];
    fake.next({ kind: 'answer', answer: good });
    const said = await create().complete(request({ onText: (piece) => pieces.push(piece) }));
    expect(pieces.length).toBeGreaterThan(3);
    expect(JSON.parse(pieces.join(''))).toEqual(good);
    expect(said).toMatchObject({ answer: good, usage: { inputTokens: expect.any(Number) } });
    expect(fake.calls[0]?.stream).toBe(true);
  });

  it('never counts fewer input tokens than the vendor can charge', async () => {
    const model = create();
    fake.next({ kind: 'answer', answer: good });
    await model.complete(request());
    expect(model.inputBound(request())).toBeGreaterThanOrEqual(fake.charges[0]?.inputTokens ?? 0);
    expect(model.inputBound(request())).toBeGreaterThan(
      Buffer.byteLength('Sugira perguntas.Paciente: dói a barriga'),
    );
  });

  const whole: [ChatBehaviour, object][] = [
    [
      { kind: 'rate_limited', retryAfterMs: 7000 },
      { reason: 'rate_limited', retryAfterMs: 7000, charge: { kind: 'none' } },
    ],
    [
      { kind: 'rate_limited', retryAfterMs: 40, azureHeader: true },
      { reason: 'rate_limited', retryAfterMs: 40 },
    ],
    [{ kind: 'server_error' }, { reason: 'unavailable', charge: { kind: 'unknown' } }],
    [
      { kind: 'server_error', status: 503 },
      { reason: 'unavailable', retryable: true },
    ],
    [{ kind: 'unauthorized' }, { reason: 'rejected', retryable: false, charge: { kind: 'none' } }],
    [{ kind: 'not_json' }, { reason: 'invalid_answer', charge: { kind: 'unknown' } }],
    [{ kind: 'wrong_json' }, { reason: 'invalid_answer', charge: { kind: 'used' } }],
    [
      { kind: 'content', content: 'Claro! Aqui vão as perguntas.' },
      { reason: 'invalid_answer', retryable: true },
    ],
    // Half of an answer is not completed by guessing, however well it begins.
    [
      { kind: 'content', content: JSON.stringify(good).slice(0, -20) },
      { reason: 'invalid_answer', charge: { kind: 'used' } },
    ],
    [
      { kind: 'content', content: `${JSON.stringify(good).slice(0, -1)},"perguntas":` },
      { reason: 'invalid_answer' },
    ],
    [{ kind: 'refusal' }, { reason: 'refusal', retryable: false, charge: { kind: 'used' } }],
    [
      { kind: 'prompt_filtered' },
      { reason: 'content_filter', retryable: false, charge: { kind: 'unknown' } },
    ],
    [{ kind: 'answer_filtered' }, { reason: 'content_filter', charge: { kind: 'used' } }],
    [
      { kind: 'too_long', answer: good },
      { reason: 'too_long', charge: { kind: 'used' } },
    ],
    [
      { kind: 'cut_off', answer: good },
      { reason: 'unavailable', charge: { kind: 'unknown' } },
    ],
  ];
  it.each(whole)('says of %j what it means and who may be charged', async (behaviour, failure) => {
    for (const how of [{}, streamed]) {
      fake.next(behaviour);
      const model = create();
      await expect(model.complete(request(how))).rejects.toMatchObject(failure);
      fake.next({ kind: 'answer', answer: good });
      expect(await model.complete(request(how))).toMatchObject({ answer: good });
    }
  });

  it('gives a stream up that falls silent', async () => {
    fake.next({ kind: 'stall' });
    await expect(create(50).complete(request(streamed))).rejects.toMatchObject({
      reason: 'unavailable',
      charge: { kind: 'unknown' },
    });
  });

  it('gives a stream up that goes on and on', async () => {
    const model = create();
    fake.next({ kind: 'endless' });
    await expect(model.complete(request(streamed))).rejects.toMatchObject({
      reason: 'too_long',
      retryable: false,
      charge: { kind: 'unknown' },
    });
    // The line was closed: the server would write to this day.
    fake.next({ kind: 'answer', answer: good });
    expect(await model.complete(request(streamed))).toMatchObject({ answer: good });
    const long = { kind: 'content', content: JSON.stringify(good).padEnd(400 * 32 + 1) } as const;
    fake.next(long, long);
    for (const how of [{}, streamed]) {
      await expect(model.complete(request(how))).rejects.toMatchObject({ reason: 'too_long' });
    }
  });

  it('ends a stream at its deadline that is never silent and never done', async () => {
    fake.next({ kind: 'trickle', everyMs: 10 });
    const signal = AbortSignal.timeout(150);
    await expect(create().complete(request({ ...streamed, signal }))).rejects.toMatchObject({
      reason: 'timeout',
      charge: { kind: 'unknown' },
    });
  });

  it('ends a call whose deadline is over', async () => {
    fake.next({ kind: 'hang' }, { kind: 'hang' });
    for (const how of [{}, streamed]) {
      const signal = AbortSignal.timeout(30);
      await expect(create().complete(request({ ...how, signal }))).rejects.toMatchObject({
        reason: 'timeout',
        charge: { kind: 'unknown' },
      });
    }
  });

  it('reads an answer in a fence or between sentences, and one without usage figures', async () => {
    const json = JSON.stringify(good, null, 2);
    fake.next(
      { kind: 'content', content: `Claro!\n\`\`\`json\n${json}\n\`\`\`\nAlgo mais?` },
      { kind: 'no_usage', answer: good },
    );
    expect(await create().complete(request())).toMatchObject({ answer: good });
    expect(await create().complete(request())).toMatchObject({ answer: good, usage: null });
  });

  it('comes to terms with servers that understand less, and remembers', async () => {
    fake.limits = {
      noJsonSchema: true,
      noJsonObject: true,
      noMaxTokens: true,
      noTemperature: true,
      noStreamOptions: true,
    };
    fake.answers = () => good;
    const model = create();
    for (const how of [{}, streamed]) {
      expect(await model.complete(request(how))).toMatchObject({ answer: good });
    }
    expect(fake.calls.map((call) => [call.format, call.limit.name])).toEqual([
      ['text', 'max_completion_tokens'],
      ['text', 'max_completion_tokens'],
    ]);
    expect(fake.calls[0]?.system).toContain('"additionalProperties":false');
    expect(fake.charges).toHaveLength(2);
  });

  it('is unavailable when nobody listens', async () => {
    const model = create();
    await fake.close();
    await expect(model.complete(request())).rejects.toMatchObject({ reason: 'unavailable' });
  });
});
