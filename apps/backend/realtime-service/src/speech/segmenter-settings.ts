import { VAD_FRAME_SAMPLES } from './vad.ts';

/** All lengths in frames of 32 ms. */
export interface SegmenterSettings {
  /** A frame at least this probable begins an utterance… */
  readonly startProbability: number;
  /** …and one at least this probable continues it: speech fades before it ends. */
  readonly endProbability: number;
  readonly leastSpeechFrames: number;
  /** Kept before the first frame of speech: soft consonants come before the voice is certain. */
  readonly preRollFrames: number;
  /** Kept after the last; at most `speculateFrames`, so that the guess equals the final. */
  readonly postRollFrames: number;
  /** Silence after which a decode begins in the hope that the utterance is over. */
  readonly speculateFrames: number;
  /**
   * Silence after which it is over. The guess is decoded by then (0.22 s + about 0.45 s), so half
   * a second would give the text no sooner, and it would cut at more breaths: 96 instead of 78
   * utterances for the 75 turns of the sample dialogues.
   */
  readonly endFrames: number;
  /** An open utterance asks for a partial text this often. */
  readonly partialFrames: number;
  /** An utterance is cut at this length, in a pause of its last part when there is one. */
  readonly longestFrames: number;
  readonly cutSearchFrames: number;
  readonly cutPauseFrames: number;
  /** Sound that both sides of a cut get when there was no pause. */
  readonly overlapFrames: number;
  /** Silence after which the detector may forget. */
  readonly checkpointFrames: number;
}

const FRAMES_PER_SECOND = 16_000 / 512;
const frames = (seconds: number) => Math.round(seconds * FRAMES_PER_SECOND);

export const DEFAULT_SEGMENTER_SETTINGS: SegmenterSettings = {
  startProbability: 0.5,
  endProbability: 0.35,
  leastSpeechFrames: frames(0.16),
  preRollFrames: frames(0.3),
  postRollFrames: frames(0.2),
  speculateFrames: frames(0.224),
  endFrames: frames(0.64),
  partialFrames: frames(1),
  longestFrames: frames(20),
  cutSearchFrames: frames(8),
  cutPauseFrames: frames(0.1),
  overlapFrames: frames(1),
  checkpointFrames: frames(2),
};

/** How much sound before a checkpoint a resumed transcriber wants to hear. */
export const PRE_ROLL_SAMPLES = DEFAULT_SEGMENTER_SETTINGS.preRollFrames * VAD_FRAME_SAMPLES;

/** The defaults with changes; throws when the lengths contradict each other. */
export function segmenterSettings(changes: Partial<SegmenterSettings>): SegmenterSettings {
  const settings = { ...DEFAULT_SEGMENTER_SETTINGS, ...changes };
  if (settings.endProbability > settings.startProbability) {
    throw new RangeError('endProbability must not exceed startProbability');
  }
  if (
    settings.postRollFrames > settings.speculateFrames ||
    settings.speculateFrames >= settings.endFrames
  ) {
    throw new RangeError('postRollFrames ≤ speculateFrames < endFrames must hold');
  }
  if (settings.longestFrames <= settings.cutSearchFrames + settings.overlapFrames) {
    throw new RangeError('longestFrames must exceed cutSearchFrames and overlapFrames');
  }
  return settings;
}
