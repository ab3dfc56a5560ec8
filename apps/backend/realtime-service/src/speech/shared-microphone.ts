import type { Utterance } from './segmenter.ts';

/** One microphone for several people: who speaks when, by the sound alone. */
export interface SharedMicrophone {
  /**
   * The parts of an utterance between changes of voice, in order; one part when one person speaks.
   * Depends on the sound before it only, so that a replay of the log cuts at the same places.
   */
  partsOf(utterance: Utterance): Promise<readonly Utterance[]>;
  /** Listens to an utterance that is still going on and will have this id, for a first guess. */
  overhears(id: string, utterance: Utterance): Promise<void>;
  /** Takes in a part that is over, under the id of its text. */
  heard(id: string, part: Utterance): Promise<void>;
  /** Whether these parts are one person's words, as far as is known by now. */
  sameSpeaker(ids: readonly string[]): boolean;
}

/** The part of an utterance between two samples, counted from the utterance's start. */
export function partOf(utterance: Utterance, from: number, to: number): Utterance {
  const { endSample, pcm, speechEndSample, speechStartSample, startSample } = utterance;
  const first = from === 0;
  const last = to === pcm.length;
  return {
    ...utterance,
    startSample: startSample + from,
    endSample: last ? endSample : startSample + to,
    speechStartSample: first ? speechStartSample : startSample + from,
    speechEndSample: last ? speechEndSample : startSample + to,
    pcm: pcm.subarray(from, to),
    speechSeconds: utterance.speechSeconds * ((to - from) / pcm.length),
    overlapSamples: first ? utterance.overlapSamples : 0,
  };
}
