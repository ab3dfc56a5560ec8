import { HOP_SAMPLES, SAMPLE_RATE } from './mel.ts';

/** The window of a usual Whisper export: 30 s. */
export const FULL_FRAMES = 3_000;

const FRAMES_PER_SECOND = SAMPLE_RATE / HOP_SAMPLES;

/**
 * Whisper was trained on sound followed by silence up to 30 s and repeats itself when the window
 * ends with the sound. Measured with these weights on 38 turns of the sample dialogues (word error
 * rate): exact length 51 %, at least 6 s 25 %, 2 s of silence and at least 8 s 12.8 %, at least
 * 10 s 13.0 %, 30 s 13.0 %; the cost grows with the window.
 */
const TRAILING_SILENCE_SECONDS = 2;
const LEAST_SECONDS = 10;

/** Lengths are rounded up to this, so that the runtime meets few different shapes. */
const STEP_FRAMES = 50;

/** How many mel frames a window for so many samples of sound gets. Always even, at most 3,000. */
export function windowFrames(samples: number, encoderFrames: 'any-even' | 'fixed'): number {
  if (encoderFrames === 'fixed') return FULL_FRAMES;
  const seconds = Math.max(LEAST_SECONDS, samples / SAMPLE_RATE + TRAILING_SILENCE_SECONDS);
  const frames = Math.ceil((seconds * FRAMES_PER_SECOND) / STEP_FRAMES) * STEP_FRAMES;
  return Math.min(FULL_FRAMES, frames);
}
