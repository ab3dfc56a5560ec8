import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWav } from '../../../../../../bench/speech/wav.ts';
import { toFloat } from '../pcm.ts';
import { LONGEST_SECONDS, loadWhisperEngine, type WhisperEngine } from './whisper-engine.ts';

const root = join(import.meta.dirname, '../../../../../..');
const weights = join(root, 'models/whisper-base');
const SENTENCE = 'Boa tarde, seu Carlos, sou a doutora Beatriz, como posso ajudar?';

let engine: WhisperEngine;
let sentence: Float32Array;

beforeAll(async () => {
  engine = await loadWhisperEngine(weights);
  const track = await readWav(join(root, 'tests/fixtures/audio/cefaleia/medico.wav'));
  sentence = toFloat(track.subarray(16_000, 7 * 16_000));
});

afterAll(() => engine.release());

describe('Whisper on onnxruntime', { timeout: 240_000 }, () => {
  it('writes a sentence and says how sure it is', async () => {
    const transcript = await engine.transcribe({
      pcm: sentence,
      language: 'pt',
      effort: 'careful',
    });
    expect(transcript).toMatchObject({ text: SENTENCE, degenerate: false });
    expect(transcript.engine).toBe('embedded:whisper-base');
    expect(transcript.avgLogprob).toBeGreaterThan(-0.3);
    expect(transcript.noSpeechProb).toBeLessThan(0.1);
  });

  it('writes a voice at a twentieth of its level as well', async () => {
    const quiet = sentence.map((sample) => sample / 20);
    const { text } = await engine.transcribe({ pcm: quiet, language: 'pt', effort: 'careful' });
    expect(text).toBe(SENTENCE);
  });

  it('runs a usual export, which has no file of ours and a fixed window', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'whisper-'));
    try {
      for (const name of await readdir(weights)) {
        if (name !== 'medcall.json') await symlink(join(weights, name), join(folder, name));
      }
      const usual = await loadWhisperEngine(folder);
      const { text } = await usual.transcribe({ pcm: sentence, language: 'pt', effort: 'careful' });
      await usual.release();
      expect(text).toBe(SENTENCE);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('stops between two tokens when it is cancelled', async () => {
    let asked = 0;
    const cancelled = () => {
      asked += 1;
      return asked > 3;
    };
    await expect(
      engine.transcribe({ pcm: sentence, language: 'pt', effort: 'quick', cancelled }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toBe(4);
  });

  it('refuses more than its window', async () => {
    const pcm = new Float32Array(LONGEST_SECONDS * 16_000 + 1);
    await expect(engine.transcribe({ pcm, language: 'pt', effort: 'quick' })).rejects.toThrow(
      RangeError,
    );
  });
});
