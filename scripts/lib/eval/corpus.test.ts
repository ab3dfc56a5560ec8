import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWav } from '../../../apps/backend/realtime-service/src/engines/wav.ts';
import { readCorpus, samplesOf } from './corpus.ts';

let folder: string;
const wav = toWav(Int16Array.of(1, -2, 300));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'corpus-'));
  for (const name of ['caso', 'ruidos', 'vazio']) await mkdir(path.join(folder, name));
  await writeFile(
    path.join(folder, 'caso/reference.json'),
    JSON.stringify({ id: 'caso', turns: [] }),
  );
  await writeFile(path.join(folder, 'caso/medico.wav'), wav);
  await writeFile(path.join(folder, 'caso/paciente.wav'), wav);
  await writeFile(path.join(folder, 'ruidos/vento.wav'), wav);
  await writeFile(path.join(folder, 'ruidos/notas.txt'), 'nothing');
});

afterAll(() => rm(folder, { recursive: true }));

describe('a corpus', () => {
  it('is found in the folders of a folder', async () => {
    const corpus = await readCorpus([folder]);
    expect(corpus.dialogues.map((one) => one.reference.id)).toEqual(['caso']);
    expect(corpus.nonSpeech).toEqual([path.join(folder, 'ruidos/vento.wav')]);
    expect([...samplesOf(corpus.dialogues[0]?.doctor.bytes ?? Buffer.of()).slice(0, 3)]).toEqual([
      1, -2, 300,
    ]);
  });

  it('that holds nothing is refused', async () => {
    await expect(readCorpus([path.join(folder, 'vazio')])).rejects.toThrow('vazio');
  });
});
