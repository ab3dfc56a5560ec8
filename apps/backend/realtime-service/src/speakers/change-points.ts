import { CEPSTRA, type Cepstra, HOP_SAMPLES, melCepstra } from './mfcc.ts';

/** A stretch of an utterance, in samples from its start. */
export interface Part {
  readonly startSample: number;
  readonly endSample: number;
}

export interface ChangeSettings {
  /**
   * Evidence asked for before a change is believed, in multiples of the criterion's own penalty.
   * Neighbouring frames say nearly the same, so it is well above 1.
   */
  readonly strictness: number;
  /** No part is shorter. */
  readonly shortestSeconds: number;
  /** How much sound on each side is compared. */
  readonly reachSeconds: number;
}

export const DEFAULT_CHANGE_SETTINGS: ChangeSettings = {
  strictness: 6,
  shortestSeconds: 0.6,
  reachSeconds: 4,
};

const FRAMES_PER_SECOND = 100;
/** A pause is at least this long… */
const PAUSE_FRAMES = 6;
/** …and this much below the loud part of the utterance… */
const PAUSE_DECIBELS = 22;
/** …or, where noise fills the pauses, in the lowest part of the range between noise and voice. */
const PAUSE_SHARE_OF_RANGE = 0.35;
/** People seldom take over without a dip of the level; where there is none, more is asked. */
const WITHOUT_PAUSE = 1.6;

interface Sums {
  /** Counts, sums and squares of the frames with voice before each frame. */
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly square: Float64Array;
}

interface Candidate {
  readonly frame: number;
  readonly pause: boolean;
}

/** The level that parts voice from pause, above the noise of the room. */
function pauseLevel(decibels: Float32Array): number {
  const sorted = Float32Array.from(decibels).sort();
  const loud = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  const floor = sorted[Math.floor(sorted.length * 0.03)] ?? 0;
  return Math.max(loud - PAUSE_DECIBELS, floor + PAUSE_SHARE_OF_RANGE * (loud - floor));
}

function runningSums(cepstra: Cepstra, threshold: number): Sums {
  const { frames, values, decibels } = cepstra;
  const count = new Float64Array(frames + 1);
  const sum = new Float64Array((frames + 1) * CEPSTRA);
  const square = new Float64Array((frames + 1) * CEPSTRA);
  for (let t = 0; t < frames; t += 1) {
    const voiced = (decibels[t] as number) >= threshold ? 1 : 0;
    count[t + 1] = (count[t] as number) + voiced;
    for (let c = 0; c < CEPSTRA; c += 1) {
      const value = voiced * (values[t * CEPSTRA + c] as number);
      const at = t * CEPSTRA + c;
      sum[at + CEPSTRA] = (sum[at] as number) + value;
      square[at + CEPSTRA] = (square[at] as number) + value * value;
    }
  }
  return { count, sum, square };
}

/**
 * ΔBIC between "one voice from a to b" and "another voice from t on", over the penalty of the second
 * model: above 1 two voices explain the frames better, by the criterion's own scale.
 */
function evidence(sums: Sums, a: number, t: number, b: number): number {
  const n1 = (sums.count[t] as number) - (sums.count[a] as number);
  const n2 = (sums.count[b] as number) - (sums.count[t] as number);
  const n = n1 + n2;
  if (Math.min(n1, n2) < 20) return 0;
  let gain = 0;
  for (let c = 0; c < CEPSTRA; c += 1) {
    const at = (row: number, from: Float64Array) => from[row * CEPSTRA + c] as number;
    const left = at(t, sums.sum) - at(a, sums.sum);
    const right = at(b, sums.sum) - at(t, sums.sum);
    const squares = at(b, sums.square) - at(a, sums.square);
    const one = squares - (left + right) ** 2 / n;
    const two = squares - left ** 2 / n1 - right ** 2 / n2;
    gain += (n / 2) * Math.log(Math.max(one, 1e-6) / Math.max(two, 1e-6));
  }
  return gain / ((CEPSTRA / 2) * Math.log(n));
}

/** The middles of the pauses, and every tenth of a second between them. */
function candidates(decibels: Float32Array, threshold: number): Candidate[] {
  const found: Candidate[] = [];
  let quiet = 0;
  for (let t = 0; t <= decibels.length; t += 1) {
    if (t < decibels.length && (decibels[t] as number) < threshold) {
      quiet += 1;
      continue;
    }
    if (quiet >= PAUSE_FRAMES) found.push({ frame: t - Math.ceil(quiet / 2), pause: true });
    quiet = 0;
    if (t % 10 === 0) found.push({ frame: t, pause: false });
  }
  return found;
}

/**
 * Where one utterance changes from a voice to another: positions in samples, ascending. Divides at
 * the best candidate and looks at both halves again.
 *
 * Source: S. Chen, P. Gopalakrishnan, "Speaker, environment and channel change detection and
 * clustering via the Bayesian information criterion", DARPA 1998; the Gaussians share a diagonal
 * covariance, since a second or two of speech cannot carry a full one for each side.
 *
 * @param pcm mono 16 kHz samples in −1…1
 */
export function voiceChanges(pcm: Float32Array, settings: Partial<ChangeSettings> = {}): number[] {
  return changesIn(melCepstra(pcm), settings);
}

/** The same of a sound whose cepstra are known. */
export function changesIn(cepstra: Cepstra, settings: Partial<ChangeSettings> = {}): number[] {
  const { strictness, shortestSeconds, reachSeconds } = { ...DEFAULT_CHANGE_SETTINGS, ...settings };
  const threshold = pauseLevel(cepstra.decibels);
  const sums = runningSums(cepstra, threshold);
  const places = candidates(cepstra.decibels, threshold);
  const shortest = shortestSeconds * FRAMES_PER_SECOND;
  const reach = reachSeconds * FRAMES_PER_SECOND;
  const changes: number[] = [];

  const divide = (from: number, to: number): void => {
    let best: { frame: number; score: number } | null = null;
    for (const { frame, pause } of places) {
      if (frame - from < shortest || to - frame < shortest) continue;
      const a = Math.max(from, frame - reach);
      const b = Math.min(to, frame + reach);
      const score = evidence(sums, a, frame, b) / (pause ? 1 : WITHOUT_PAUSE);
      if (score > strictness && score > (best?.score ?? 0)) best = { frame, score };
    }
    if (best === null) return;
    divide(from, best.frame);
    changes.push(best.frame * HOP_SAMPLES);
    divide(best.frame, to);
  };
  divide(0, cepstra.frames);
  return changes;
}

/** How long somebody can be heard in a part of a sound, by the level above its pauses. */
export function voicedSeconds({ decibels, frames }: Cepstra, { endSample, startSample }: Part) {
  const threshold = pauseLevel(decibels);
  const from = Math.floor(startSample / HOP_SAMPLES);
  const to = Math.min(frames, Math.floor(endSample / HOP_SAMPLES));
  const voiced = decibels.subarray(from, to).filter((level) => level >= threshold);
  return voiced.length / FRAMES_PER_SECOND;
}

/** The parts between changes; together they are the whole. */
export function partsBetween(changes: readonly number[], length: number): Part[] {
  const edges = [0, ...changes, length];
  return edges.slice(1).map((endSample, i) => ({ startSample: edges[i] as number, endSample }));
}
