import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  addNoise,
  pinkNoise,
  quantised,
  reverberate,
  seededRandom,
} from '@medcall/utils/eval/sound-conditions';
import { type Pcm, pcmOf, readWav } from '../client/wav.ts';
import { type Reference, readReference } from './dialogue.ts';

/** How the room is made worse before it is played. */
export interface RoomCondition {
  /** Pink noise this much below the speech; null for none. */
  noiseDb: number | null;
  gain: number;
  reverb: boolean;
}

export interface InPersonDialogue {
  folder: string;
  reference: Reference;
  room: Pcm;
  durationMs: number;
}

const seed = 7;

/** Reads `sala.wav` and `reference.json` of a folder; the room may be made worse, alike in every run. */
export async function readInPersonDialogue(
  folder: string,
  condition: RoomCondition,
): Promise<InPersonDialogue> {
  const [room, reference] = await Promise.all([
    readWav(path.join(folder, 'sala.wav')),
    readReference(folder),
  ]);
  return { folder, reference, room: worse(room, condition), durationMs: room.durationMs };
}

/** The doctor's recording for enrolment, as the file is. */
export function readEnrolment(folder: string): Promise<Buffer> {
  return readFile(path.join(folder, 'enrol.wav'));
}

/** As if the microphone stood in a livelier and noisier room, or was turned down. */
export function worse(pcm: Pcm, { gain, noiseDb, reverb }: RoomCondition): Pcm {
  if (gain === 1 && noiseDb === null && !reverb) return pcm;
  const samples = new Float32Array(pcm.bytes.length / 2);
  for (let i = 0; i < samples.length; i++) samples[i] = pcm.bytes.readInt16LE(i * 2) / 32_768;
  const random = seededRandom(seed);
  let sound = reverb ? reverberate(samples, random) : samples;
  if (noiseDb !== null) sound = addNoise(sound, pinkNoise(sound.length, random), noiseDb);
  const worse = quantised(sound.map((sample) => sample * gain));
  const bytes = Buffer.alloc(worse.length * 2);
  for (const [i, sample] of worse.entries()) bytes.writeInt16LE(sample, i * 2);
  return pcmOf(bytes);
}
