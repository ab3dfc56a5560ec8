import { join } from 'node:path';
import { FrameAssembler } from '../../apps/backend/realtime-service/src/speech/frame-assembler.ts';
import type { Vad, VadFactory } from '../../apps/backend/realtime-service/src/speech/ports.ts';
import { Segmenter } from '../../apps/backend/realtime-service/src/speech/segmenter.ts';
import type { Utterance } from '../../apps/backend/realtime-service/src/speech/utterance.ts';
import { readWav } from '../speech/wav.ts';

const audio = join(import.meta.dirname, '../../tests/fixtures/audio');

export const dialogueTracks = ['medico', 'paciente'] as const;

export function track(
  dialogue: string,
  name: (typeof dialogueTracks)[number],
): Promise<Int16Array> {
  return readWav(join(audio, dialogue, `${name}.wav`));
}

export const nonSpeech = (name: string) => readWav(join(audio, 'nao-fala', `${name}.wav`));

/** How probable speech is in each frame of a track: heard once, played as often as wanted. */
export async function hear(pcm: Int16Array, vadFactory: VadFactory): Promise<Float32Array> {
  const vad = vadFactory();
  const heard: number[] = [];
  for (const frame of new FrameAssembler().feed(pcm, 0)) {
    heard.push(await vad.probability(frame.pcm));
  }
  return Float32Array.from(heard);
}

/** A detector that remembers what it heard; frames come in order from `startFrame` on. */
export function rememberedVad(heard: Float32Array, startFrame = 0): VadFactory {
  return (): Vad => {
    let at = -startFrame;
    return {
      probability: () => Promise.resolve(heard[at++] ?? 0),
      reset: () => undefined,
    };
  };
}

/** The utterances of a track as they are cut live. */
export async function utterancesOf(pcm: Int16Array, vadFactory: VadFactory): Promise<Utterance[]> {
  const probabilities = await hear(pcm, vadFactory);
  const segmenter = new Segmenter();
  const finals: Utterance[] = [];
  let at = 0;
  for (const frame of new FrameAssembler().feed(pcm, 0)) {
    for (const event of segmenter.push(frame, probabilities[at] ?? 0)) {
      if (event.kind === 'final') finals.push(event.utterance);
    }
    at += 1;
  }
  for (const event of segmenter.flush()) if (event.kind === 'final') finals.push(event.utterance);
  return finals;
}
