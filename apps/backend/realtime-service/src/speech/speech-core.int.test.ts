import { join } from 'node:path';
import { countWordErrors, wordErrorRate } from '@medcall/utils/eval/word-errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWav } from '../../../../../bench/speech/wav.ts';
import { createDecoderPool } from './decoder-pool.ts';
import type { SpeechEngine, VadFactory } from './ports.ts';
import { createTranscriber } from './transcriber.ts';
import type { TranscriberEvent } from './transcriber-events.ts';
import { loadVad } from './vad.ts';

/** The real weights in a real decoder process, on real sound. */
const root = join(import.meta.dirname, '../../../../..');
const models = join(root, 'models');
const audio = (name: string) => readWav(join(root, 'tests/fixtures/audio', name));

let engine: SpeechEngine;
let vadFactory: VadFactory;

beforeAll(async () => {
  engine = createDecoderPool({ modelsDir: models, decoders: 1 });
  [vadFactory] = await Promise.all([loadVad(models), engine.start()]);
});

afterAll(() => engine.stop());

async function transcribe(pcm: Int16Array, chunk = 1_600): Promise<TranscriberEvent[]> {
  const events: TranscriberEvent[] = [];
  const errors: unknown[] = [];
  const transcriber = createTranscriber({
    streamKey: 'int',
    roomId: 'room',
    engine,
    vadFactory,
    partials: false,
    // What is said in the end, however slow this machine is today.
    longestRevisionMs: 600_000,
    onEvent: (event) => events.push(event),
    onError: (error) => errors.push(error),
  });
  for (let at = 0; at < pcm.length; at += chunk) {
    transcriber.feed(pcm.subarray(at, at + chunk), at);
  }
  await transcriber.drain();
  expect(errors).toEqual([]);
  return events;
}

function textOf(events: TranscriberEvent[]): string {
  const rows = new Map<string, { startMs: number; text: string }>();
  for (const event of events) {
    if (event.type !== 'utterance' || !event.isFinal) continue;
    rows.set(event.id, event);
    for (const id of event.replaces ?? []) rows.delete(id);
  }
  return [...rows.values()]
    .sort((a, b) => a.startMs - b.startMs)
    .map((row) => row.text)
    .join(' ');
}

// Real decodes at low priority: a busy machine makes them slow, not wrong.
describe('speech core with the real weights', { timeout: 240_000 }, () => {
  it('writes what a patient says', async () => {
    const said =
      'Boa tarde, doutora. Eu tenho tido muita dor de cabeça nos últimos dois meses. ' +
      'Umas três vezes por semana, principalmente no fim do dia.';
    const pcm = (await audio('cefaleia/paciente.wav')).subarray(0, 24 * 16_000);
    const errors = countWordErrors(said, textOf(await transcribe(pcm)));
    expect(wordErrorRate(errors)).toBeLessThan(0.2);
  });

  it('gives the same ids, times and texts for other chunks', async () => {
    const pcm = (await audio('dor-toracica/paciente.wav')).subarray(0, 12 * 16_000);
    const finals = (events: TranscriberEvent[]) =>
      events.flatMap((event) =>
        event.type === 'utterance' && event.isFinal
          ? [`${event.id} ${event.revision} ${event.startMs}–${event.endMs} ${event.text}`]
          : [],
      );
    const first = finals(await transcribe(pcm, 1_600));
    expect(first.length).toBeGreaterThan(0);
    expect(finals(await transcribe(pcm, 777)).sort()).toEqual(first.sort());
  });

  it.each(['silencio', 'ventilador', 'teclado', 'musica', 'respiracao'])(
    'writes not one word on %s, at any volume',
    async (name) => {
      const pcm = await audio(`nao-fala/${name}.wav`);
      for (const gain of [1, 3]) {
        const louder = pcm.map((x) => Math.max(-32_768, Math.min(32_767, x * gain)));
        expect(textOf(await transcribe(louder))).toBe('');
      }
    },
  );
});
