import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFbank, FBANK_BANDS } from './fbank.ts';
import { loadNeuralEmbedder } from './neural-embedder.ts';
import { fbankModel, waveformModel } from './tiny-model.fixture.ts';
import { aVoice } from './voice.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'speaker-model-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(model: Uint8Array) {
  const path = join(folder, `${crypto.randomUUID()}.onnx`);
  await writeFile(path, model);
  return loadNeuralEmbedder({ path, name: 'tiny' });
}

describe('neural speaker model', () => {
  it('hears 80 log-mel bands and answers with a vector of unit length', async () => {
    const pcm = aVoice({ pitch: 120, seconds: 1 });
    const embedder = await load(fbankModel());
    const vector = await embedder.embed(pcm);
    expect(embedder.dimensions).toBe(FBANK_BANDS);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);

    const bands = createFbank()(pcm);
    const loudest = Array.from({ length: FBANK_BANDS }, (_, band) =>
      Math.max(...bands.filter((_value, i) => i % FBANK_BANDS === band)),
    );
    const length = Math.hypot(...loudest);
    vector.forEach((value, band) => {
      expect(value).toBeCloseTo((loudest[band] as number) / length, 4);
    });
  });

  it('hears the waveform when the model takes [1, samples]', async () => {
    const embedder = await load(waveformModel());
    const pcm = aVoice({ pitch: 120, seconds: 0.1 });
    const vector = await embedder.embed(pcm);
    const length = Math.hypot(...pcm);
    expect(vector[777]).toBeCloseTo((pcm[777] as number) / length, 5);
  });

  it('gives a piece shorter than one frame to the model with silence after it', async () => {
    const embedder = await load(fbankModel());
    await expect(embedder.embed(new Float32Array(10))).resolves.toHaveLength(FBANK_BANDS);
  });

  it('refuses a model with another number of bands', async () => {
    await expect(load(fbankModel(40))).rejects.toThrow('[1, frames, 80]');
  });
});

describe('filter bank', () => {
  it('puts a tone into the band of its frequency', () => {
    const tone = Float32Array.from(
      { length: 32_000 },
      (_, i) => (i < 16_000 ? 0.001 : 0.5) * Math.sin((2 * Math.PI * 1_000 * i) / 16_000),
    );
    const values = createFbank()(tone);
    const last = values.subarray(values.length - FBANK_BANDS);
    const band = last.indexOf(Math.max(...last));
    const mel = (hertz: number) => 1_127 * Math.log(1 + hertz / 700);
    const step = (mel(8_000) - mel(20)) / (FBANK_BANDS + 1);
    expect(Math.abs(band + 1 - (mel(1_000) - mel(20)) / step)).toBeLessThan(6);
  });

  it('does not know how loud the piece is', () => {
    const pcm = aVoice({ pitch: 120, seconds: 1 });
    const loud = createFbank()(pcm);
    const soft = createFbank()(pcm.map((sample) => sample / 4));
    loud.forEach((value, i) => {
      expect(Math.abs(value - (soft[i] as number))).toBeLessThan(0.01);
    });
  });
});
