import { type Explained, explain } from './explain.ts';
import { findDelay } from './find-delay.ts';
import { HOP_SAMPLES, isSilent, type Spectrogram, spectrogram } from './spectrogram.ts';

/** An echo comes at most this much before or after what it is a copy of, in frames: 1.5 s. */
export const REACH_FRAMES = 94;
export const REACH_SAMPLES = REACH_FRAMES * HOP_SAMPLES;

/** Looked at in one piece: 1.5 s, long enough to tell a copy from chance, short enough to follow a line. */
const BLOCK_FRAMES = 94;
const BLOCK_STEP = 47;
const LEAST_FRAMES = 30;

/** The best delay of sound that is no copy reaches 1.6–2.5 times a usual one; that of an echo 9–30. */
const LEAST_PROMINENCE = 4;

/** A frame is echo when less than this share of it is left without the copy. */
const MOST_REST = 0.5;
/** Fewer frames than this are chance. */
const LEAST_ECHO_FRAMES = 8;
/** A voice of one's own has at least this share (−4 dB) of the energy of the echo around it. */
const LEAST_VOICE = 0.4;
/** Frames on both sides that are judged with each: ± 64 ms. */
const SMOOTHING = 4;

/**
 * A copy is quieter than its original, and comes later. Two streams' clocks may differ by what the
 * network did to their first chunks, so that it can seem to come earlier; then it must be much
 * quieter, else the original would be taken for the copy.
 */
const LATER = { leastFrames: 3, mostGainDb: -1 } as const;
const EARLIER = { mostGainDb: -9 } as const;

/** What is remembered of a loudspeaker's way into a microphone; the same object for every call. */
export interface EchoPath {
  /** By how many frames the echo came later when it was last found. */
  delayFrames: number | null;
}

/**
 * Which frames of a sound are a quieter, delayed, filtered copy of another and nothing else.
 *
 * @param copy the sound that may hold an echo
 * @param original begins `REACH_SAMPLES` earlier and ends as much later; zeros where nothing is known
 * @returns one value per frame of `HOP_SAMPLES`, 1 for echo; null when there is no echo at all
 */
export function echoFrames(
  copy: Float32Array,
  original: Float32Array,
  path: EchoPath = { delayFrames: null },
): Uint8Array | null {
  if (isSilent(original) || isSilent(copy)) return null;
  const copied = spectrogram(copy);
  const said = spectrogram(original);
  if (copied.frames < LEAST_FRAMES) return null;
  const echo = new Uint8Array(copied.frames);
  let found = false;
  const length = Math.min(BLOCK_FRAMES, copied.frames);
  for (let from = 0; ; from += BLOCK_STEP) {
    const last = from + length >= copied.frames;
    const start = last ? copied.frames - length : from;
    found = markBlock(echo, { copied, said, from: start, length }, path) || found;
    if (last) break;
  }
  return found ? echo : null;
}

interface Block {
  readonly copied: Spectrogram;
  readonly said: Spectrogram;
  readonly from: number;
  readonly length: number;
}

/** Looks where the echo came last, which is cheap, and then everywhere. */
function markBlock(echo: Uint8Array, block: Block, path: EchoPath): boolean {
  const { copied, said, from, length } = block;
  if (isQuiet(copied, from, length) || isQuiet(said, from, length + 2 * REACH_FRAMES)) return false;
  const known = path.delayFrames;
  if (known !== null && markAt(echo, block, known)) return true;
  const delay = findDelay(copied, said, { from, length, reach: REACH_FRAMES });
  if (delay === null || delay.prominence < LEAST_PROMINENCE) return false;
  if (!markAt(echo, block, delay.frames)) return false;
  path.delayFrames = delay.frames;
  return true;
}

function markAt(echo: Uint8Array, block: Block, delayFrames: number): boolean {
  const { copied, said, from, length } = block;
  const explained = explain(copied, said, { from, length, reach: REACH_FRAMES, delayFrames });
  const total = smooth(explained.total);
  const rest = smooth(explained.rest);
  const copies = total.filter((all, t) => (rest[t] as number) < MOST_REST * all);
  if (copies.length < LEAST_ECHO_FRAMES) return false;
  const mostGainDb = delayFrames >= LATER.leastFrames ? LATER.mostGainDb : EARLIER.mostGainDb;
  if (gainDb(explained, total, rest) > mostGainDb) return false;
  // What is left of an echo is its reverberation: somebody who speaks here is not as quiet as that.
  const least = (LEAST_VOICE * copies.reduce((sum, one) => sum + one, 0)) / copies.length;
  for (let t = 0; t < length; t += 1) {
    const left = rest[t] as number;
    if (left < MOST_REST * (total[t] as number) || left < least) echo[from + t] = 1;
  }
  return true;
}

/** Level of the copy over that of the original, where there is nothing but the copy. */
function gainDb(explained: Explained, total: number[], rest: number[]): number {
  let copied = 0;
  let original = 0;
  total.forEach((all, t) => {
    if ((rest[t] as number) >= MOST_REST * all) return;
    copied += explained.copyEnergy[t] as number;
    original += explained.originalEnergy[t] as number;
  });
  return 10 * Math.log10((copied + 1e-12) / (original + 1e-12));
}

function smooth(values: Float64Array): number[] {
  return Array.from(values, (_, frame) =>
    values
      .subarray(Math.max(0, frame - SMOOTHING), frame + SMOOTHING + 1)
      .reduce((sum, one) => sum + one, 0),
  );
}

/** Whether all of these frames are silent: `spectrogram` leaves them zero. */
function isQuiet({ frames, re, im }: Spectrogram, from: number, length: number): boolean {
  // One bin tells: no sound is exactly zero in it.
  for (let t = from; t < Math.min(frames, from + length); t += 1) {
    if (re[t] !== 0 || im[t] !== 0) return false;
  }
  return true;
}
