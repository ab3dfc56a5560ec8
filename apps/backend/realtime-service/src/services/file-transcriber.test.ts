import { expect, it } from 'vitest';
import { SpeechError } from '../speech/speech-error.ts';
import { FakeEngine, fakeVad, levelOf } from '../speech/testing/fake-speech.ts';
import { createTranscriber } from '../speech/transcriber.ts';
import { transcribeFile } from './file-transcriber.ts';

async function* said() {
  for (const word of [1, 2]) {
    yield levelOf(word, 1);
    yield new Int16Array(48_000);
  }
}

function transcribe(engine: FakeEngine) {
  return transcribeFile(said(), {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    transcribers: (file) =>
      createTranscriber({ ...file, engine, vadFactory: fakeVad, deferred: true }),
  });
}

it('gives the text of a file, asking behind all that people read along with', async () => {
  const engine = new FakeEngine();
  expect(await transcribe(engine)).toMatchObject({
    text: 'palavra1 palavra2',
    durationSeconds: 8,
  });
  expect(engine.asked.map((job) => job.priority())).toEqual(['deferred', 'deferred']);
});

it.each(['unpaid', 'set_aside'] as const)(
  'gives no half of a text where the rest is %s',
  async (reason) => {
    const engine = new FakeEngine();
    engine.answer = (job) =>
      engine.asked.length > 1
        ? Promise.reject(new SpeechError(reason, 'not this one'))
        : Promise.resolve(engine.heard(job));
    await expect(transcribe(engine)).rejects.toMatchObject({ code: 'unavailable' });
  },
);
