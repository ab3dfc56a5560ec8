import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseEmbedder } from './choose-embedder.ts';
import { fbankModel, waveformModel } from './tiny-model.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'speaker-model-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the embedder of an installation', () => {
  it('is the cepstra without a model', async () => {
    expect((await chooseEmbedder(undefined)).name).toBe('mfcc-mean-19');
  });

  it('is the model at the path, by another name when the file has another content', async () => {
    const path = join(folder, 'speaker.onnx');
    const names: string[] = [];
    for (const model of [fbankModel(), waveformModel(), fbankModel()]) {
      await writeFile(path, model);
      names.push((await chooseEmbedder(path)).name);
    }
    expect(names[0]).toMatch(/^speaker\.onnx-[0-9a-f]{12}$/);
    expect(names[1]).not.toBe(names[0]);
    expect(names[2]).toBe(names[0]);
  });

  it('is refused with the name of the variable when there is no such file', async () => {
    await expect(chooseEmbedder(join(folder, 'none.onnx'))).rejects.toThrow(/SPEAKER_MODEL_PATH/);
  });
});
