import { samplesToSeconds } from './pcm.ts';
import { DEFAULT_SEGMENTER_SETTINGS } from './segmenter-settings.ts';
import type { Utterance } from './utterance.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

const { startProbability } = DEFAULT_SEGMENTER_SETTINGS;

/** One microphone for several people: who speaks when, by the sound alone. */
export interface SharedMicrophone {
  /**
   * The parts of an utterance between changes of voice, in order; one part when one person speaks.
   * Depends on the sound before it only, so that a replay of the log cuts at the same places.
   */
  partsOf(utterance: Utterance): Promise<readonly Utterance[]>;
  /**
   * Where somebody else has evidently taken over in an utterance that still goes on, in samples from
   * its start; null while one person speaks, or nothing is certain. Depends on the sound like `partsOf`.
   */
  takeoverIn(utterance: Utterance): Promise<number | null>;
  /** Listens to an utterance that is still going on and will have this id, for a first guess. */
  overhears(id: string, utterance: Utterance): Promise<void>;
  /** Takes in a part that is over, under the id of its text. */
  heard(id: string, part: Utterance): Promise<void>;
  /** Whether these parts are one person's words, as far as is known by now. */
  sameSpeaker(ids: readonly string[]): boolean;
}

/** Parts begin and end with a frame of the detector: each has its own probabilities. */
const atFrame = (sample: number) => Math.round(sample / VAD_FRAME_SAMPLES) * VAD_FRAME_SAMPLES;

/**
 * The part of an utterance between two samples, counted from the utterance's start and moved to the
 * nearest frame.
 */
export function partOf(utterance: Utterance, fromSample: number, toSample: number): Utterance {
  const { endSample, pcm, probabilities, speechEndSample, speechStartSample, startSample } =
    utterance;
  const from = atFrame(fromSample);
  const isFirst = from === 0;
  const isLast = toSample >= pcm.length;
  if (isFirst && isLast) return utterance;
  const to = isLast ? pcm.length : atFrame(toSample);
  const heard = probabilities.subarray(from / VAD_FRAME_SAMPLES, Math.ceil(to / VAD_FRAME_SAMPLES));
  const speech = heard.filter((probability) => probability >= startProbability);
  return {
    ...utterance,
    startSample: startSample + from,
    endSample: isLast ? endSample : startSample + to,
    speechStartSample: isFirst ? speechStartSample : startSample + from,
    speechEndSample: isLast ? speechEndSample : startSample + to,
    pcm: pcm.subarray(from, to),
    probabilities: heard,
    speechSeconds: samplesToSeconds(speech.length * VAD_FRAME_SAMPLES),
    speechProbability: speech.reduce((sum, one) => sum + one, 0) / Math.max(1, speech.length),
    overlapSamples: isFirst ? utterance.overlapSamples : 0,
  };
}
