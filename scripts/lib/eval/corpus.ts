import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Dialogue, readDialogue } from '../demo/dialogue.ts';

/** What is measured: dialogues with a reference, and sounds in which nobody speaks. */
export interface Corpus {
  dialogues: Dialogue[];
  /** WAV files of folders without a reference. */
  nonSpeech: string[];
}

/**
 * Reads folders: one with a `reference.json` is a dialogue (two tracks, and `sala.wav` when there is
 * one), one with nothing but WAV files is non-speech, and of any other the folders in it are read.
 */
export async function readCorpus(folders: readonly string[]): Promise<Corpus> {
  const corpus: Corpus = { dialogues: [], nonSpeech: [] };
  for (const folder of folders) await readFolder(path.resolve(folder), corpus);
  if (corpus.dialogues.length === 0 && corpus.nonSpeech.length === 0) {
    throw new Error(`Nenhum áudio em ${folders.join(', ')}.`);
  }
  return corpus;
}

async function readFolder(folder: string, corpus: Corpus): Promise<void> {
  const names = (await readdir(folder)).sort();
  if (names.includes('reference.json')) {
    corpus.dialogues.push(await readDialogue(folder));
    return;
  }
  for (const name of names) {
    const entry = path.join(folder, name);
    if ((await stat(entry)).isDirectory()) await readFolder(entry, corpus);
    else if (name.endsWith('.wav')) corpus.nonSpeech.push(entry);
  }
}

/** PCM16LE bytes as samples. */
export function samplesOf(bytes: Buffer): Int16Array {
  const samples = new Int16Array(bytes.length / 2);
  for (let i = 0; i < samples.length; i += 1) samples[i] = bytes.readInt16LE(2 * i);
  return samples;
}
