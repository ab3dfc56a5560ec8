import { systemClock } from '@medcall/service-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type FakeAudioServer,
  startFakeAudioServer,
} from '../../../../../tests/fakes/openai-audio.ts';
import type { JobPriority, SpeechEngine, SpeechJob, SpeechToText } from '../speech/ports.ts';
import { scriptedEngine } from '../testing/scripted-engine.ts';
import { CapSignals } from './cap-signals.ts';
import { createFallbackEngine } from './fallback-engine.ts';
import { createAzureSpeech, createOpenAiSpeech } from './openai-speech.ts';
import { createRemoteEngine } from './remote-engine.ts';

let fake: FakeAudioServer;
beforeEach(async () => {
  fake = await startFakeAudioServer();
});
afterEach(() => fake.close());

const second = new Int16Array(16_000);

function job(options: { priority?: JobPriority; signal?: AbortSignal } = {}): SpeechJob {
  return {
    pcm: second,
    roomId: 'sala-1',
    priority: () => options.priority ?? 'final',
    signal: options.signal ?? new AbortController().signal,
    language: 'pt',
  };
}

/** A ledger that grants up to a cap and remembers. */
function memoryLedger(capMicros = Number.POSITIVE_INFINITY) {
  const rows = new Map<string, { micros: number; state: string }>();
  const total = () => [...rows.values()].reduce((sum, row) => sum + row.micros, 0);
  return {
    rows,
    total,
    async reserve(wish: { upperBoundMicros: number; idempotencyKey: string }) {
      if (total() + wish.upperBoundMicros > capMicros) {
        return { granted: false as const, reason: 'consultation_cap' as const };
      }
      rows.set(wish.idempotencyKey, { micros: wish.upperBoundMicros, state: 'reserved' });
      return { granted: true as const, id: wish.idempotencyKey };
    },
    async settle(id: string, actual: { micros: number }) {
      rows.set(id, { micros: actual.micros, state: 'settled' });
    },
    async release(id: string) {
      rows.set(id, { micros: 0, state: 'released' });
    },
    spending: async () => ({ spentMicros: total(), capMicros: null, month: null }),
  };
}

const vendors: Array<[string, () => SpeechToText]> = [
  [
    'azure',
    () =>
      createAzureSpeech({
        endpoint: fake.url,
        apiKey: fake.apiKey,
        apiVersion: '2024-10-21',
        deployment: 'whisper',
      }),
  ],
  [
    'openai',
    () =>
      createOpenAiSpeech({ baseUrl: `${fake.url}/v1`, apiKey: fake.apiKey, model: 'whisper-1' }),
  ],
];

describe.each(vendors)('%s', (vendor, create) => {
  function engine(ledger = memoryLedger(), caps = new CapSignals()): SpeechEngine {
    let key = 0;
    return createRemoteEngine({
      stt: create(),
      model: 'whisper',
      concurrency: 2,
      breaker: { failures: 3, openMs: 60_000 },
      ledger,
      rate: { brlMicrosPerUsd: 5_000_000 },
      consultationOf: async () => 'a consultation',
      newKey: () => `key-${key++}`,
      clock: systemClock,
      caps,
    });
  }

  it('sends WAV in Portuguese by the vendor’s own protocol and gives text with its scores', async () => {
    const transcript = await engine().transcribe(job());
    expect(transcript).toMatchObject({
      text: 'Bom dia, doutora.',
      avgLogprob: -0.2,
      noSpeechProb: 0.01,
      segments: [{ startMs: 0, endMs: 1000 }],
    });
    expect(fake.calls[0]).toMatchObject({
      language: 'pt',
      responseFormat: 'verbose_json',
      seconds: 1,
      ...(vendor === 'azure' ? { deployment: 'whisper', apiVersion: '2024-10-21' } : {}),
    });
  });

  it('gives silence as empty text', async () => {
    fake.next({ kind: 'text', text: '' });
    expect(await engine().transcribe(job())).toMatchObject({ text: '', avgLogprob: null });
  });

  it.each(['server_error', 'cut_off', 'not_json', 'other_json', 'unauthorized'] as const)(
    'turns %s into a failure that can be told and retried',
    async (kind) => {
      fake.next({ kind });
      await expect(engine().transcribe(job())).rejects.toMatchObject({ reason: 'engine' });
      expect(await engine().transcribe(job())).toMatchObject({ text: 'Bom dia, doutora.' });
    },
  );

  it('asks nobody until the vendor’s Retry-After is over', async () => {
    const remote = engine();
    fake.next({ kind: 'rate_limited', retryAfterSeconds: 30 });
    await expect(remote.transcribe(job())).rejects.toMatchObject({ reason: 'engine' });
    await expect(remote.transcribe(job())).rejects.toMatchObject({ reason: 'engine' });
    expect(fake.calls).toHaveLength(1);
  });

  it('stops asking after failures in a row', async () => {
    const remote = engine();
    fake.next({ kind: 'server_error' }, { kind: 'server_error' }, { kind: 'server_error' });
    for (let i = 0; i < 5; i++) await remote.transcribe(job()).catch(() => undefined);
    expect(fake.calls).toHaveLength(3);
  });

  it('ends a hanging call when its owner gives up', async () => {
    const remote = engine();
    fake.next({ kind: 'hang' });
    const owner = new AbortController();
    const asked = remote.transcribe(job({ signal: owner.signal }));
    while (fake.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    owner.abort();
    await expect(asked).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('sends nothing but finals', async () => {
    for (const priority of ['partial', 'speculative', 'revision'] as const) {
      await expect(engine().transcribe(job({ priority }))).rejects.toMatchObject({
        reason: 'shed',
      });
    }
    expect(fake.calls).toHaveLength(0);
  });

  it('books to the micro-real what the vendor charges, over parallel calls and failures', async () => {
    const ledger = memoryLedger();
    const remote = engine(ledger);
    fake.next(
      { kind: 'text', text: 'um' },
      { kind: 'server_error' },
      { kind: 'unauthorized' },
      { kind: 'slow', ms: 30, text: 'dois' },
      { kind: 'cut_off' },
    );
    await Promise.allSettled(Array.from({ length: 8 }, () => remote.transcribe(job())));
    // 6,000 micro-dollars a minute at R$ 5,00: 500 micro-reais a second. Whether a failure on its own
    // side is charged the vendor does not say: that one second stays booked.
    expect(ledger.total()).toBe(fake.chargedSeconds() * 500 + 500);
  });

  it('sends what nobody reads along with, for it must come too', async () => {
    const remote = engine();
    expect(await remote.transcribe(job({ priority: 'deferred' }))).toMatchObject({
      text: 'Bom dia, doutora.',
    });
    expect(remote.stats().done).toMatchObject({ deferred: 1, final: 0 });
  });

  it('makes no call beyond the cap and says so', async () => {
    const caps = new CapSignals();
    const remote = engine(memoryLedger(1200), caps);
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => remote.transcribe(job())));
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(2);
    expect(
      answers.flatMap((answer) => (answer.status === 'rejected' ? answer.reason.reason : [])),
    ).toEqual(['unpaid', 'unpaid']);
    expect(fake.calls).toHaveLength(2);
    expect(caps.stopped('sala-1')).toBe(true);
  });

  it('gives way to the next engine in the order, except for what nobody wants any more', async () => {
    const order = createFallbackEngine([engine(), scriptedEngine(() => 'texto embutido')]);
    fake.next({ kind: 'server_error' });
    expect(await order.transcribe(job())).toMatchObject({ text: 'texto embutido' });
    expect(await order.transcribe(job({ priority: 'partial' }))).toMatchObject({
      text: 'texto embutido',
    });
    const owner = new AbortController();
    fake.next({ kind: 'hang' });
    const asked = order.transcribe(job({ signal: owner.signal }));
    while (fake.calls.length < 2) await new Promise((resolve) => setImmediate(resolve));
    owner.abort();
    await expect(asked).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('takes no job after its stop', async () => {
    const remote = engine();
    await remote.stop();
    await expect(remote.transcribe(job())).rejects.toMatchObject({ reason: 'stopped' });
  });
});
