import { BINS, type Spectrogram } from './spectrogram.ts';

export interface Delay {
  /** By how many frames the copy comes after the original. */
  readonly frames: number;
  /** Coherence there, 0…1. */
  readonly coherence: number;
  /** How many times the coherence at a usual, wrong delay that is. */
  readonly prominence: number;
}

/** Amplitudes of one bin with their loudness taken out, so that a few loud frames do not decide. */
interface Phases {
  readonly re: Float32Array;
  readonly im: Float32Array;
}

function phases(of: Spectrogram, bin: number, from: number, frames: number): Phases {
  const re = new Float32Array(frames);
  const im = new Float32Array(frames);
  let total = 0;
  for (let t = 0; t < frames; t += 1) {
    const at = bin * of.frames + from + t;
    total += Math.hypot(of.re[at] as number, of.im[at] as number);
  }
  // What is far below the usual loudness is noise: it counts less.
  const floor = (0.3 * total) / frames + 1e-9;
  for (let t = 0; t < frames; t += 1) {
    const at = bin * of.frames + from + t;
    const a = of.re[at] as number;
    const b = of.im[at] as number;
    const scale = 1 / (Math.hypot(a, b) + floor);
    re[t] = a * scale;
    im[t] = b * scale;
  }
  return { re, im };
}

/** Every third bin is enough to find a delay by… */
const BIN_STEP = 3;
/** …and every ninth to see that there is none: a copy stands out at least this much in them, too. */
const FIRST_LOOK_STEP = 3 * BIN_STEP;
const LEAST_FIRST_LOOK = 2.5;

/**
 * The delay at which one sound is most of all a filtered copy of another: the mean over the bins of
 * the magnitude-squared coherence. Two voices that say the same at the same time are not coherent,
 * a copy is, whatever room and loudspeaker did to it.
 *
 * @param copy frames `from … from + length` of it are looked for
 * @param original its frame 0 lies `reach` frames before frame 0 of the copy, and it goes on for
 * `reach` frames after the copy's end
 */
export function findDelay(
  copy: Spectrogram,
  original: Spectrogram,
  { from, length, reach }: { from: number; length: number; reach: number },
): Delay | null {
  const coherence = new Float64Array(2 * reach + 1);
  let bins = 0;
  const look = (bin: number) => {
    const p = phases(copy, bin, from, length);
    const d = phases(original, bin, from, length + 2 * reach);
    addCoherence(coherence, p, d, length);
    bins += 1;
  };
  for (let bin = 0; bin < BINS; bin += FIRST_LOOK_STEP) look(bin);
  const first = bestDelay(coherence, bins, reach);
  if (first === null || first.prominence < LEAST_FIRST_LOOK) return first;
  for (let bin = 0; bin < BINS; bin += BIN_STEP) if (bin % FIRST_LOOK_STEP !== 0) look(bin);
  return bestDelay(coherence, bins, reach);
}

function bestDelay(coherence: Float64Array, bins: number, reach: number): Delay | null {
  const delays = coherence.length;
  let best = 0;
  for (let i = 1; i < delays; i += 1) {
    if ((coherence[i] as number) > (coherence[best] as number)) best = i;
  }
  const usual = coherence.toSorted()[Math.floor(delays / 2)] as number;
  const found = (coherence[best] as number) / bins;
  if (found === 0) return null;
  return {
    frames: reach - best,
    coherence: found,
    prominence: found / Math.max(usual / bins, 1e-6),
  };
}

function addCoherence(into: Float64Array, p: Phases, d: Phases, length: number): void {
  let powerP = 0;
  let powerD = 0;
  for (let t = 0; t < length; t += 1) {
    powerP += powerOf(p, t);
    powerD += powerOf(d, t);
  }
  for (let shift = 0; shift < into.length; shift += 1) {
    let re = 0;
    let im = 0;
    for (let t = 0; t < length; t += 1) {
      const a = p.re[t] as number;
      const b = p.im[t] as number;
      const c = d.re[shift + t] as number;
      const e = d.im[shift + t] as number;
      re += a * c + b * e;
      im += b * c - a * e;
    }
    const power = powerP * powerD;
    if (shift + 1 < into.length) powerD += powerOf(d, shift + length) - powerOf(d, shift);
    if (power > 1e-12) into[shift] = (into[shift] as number) + (re * re + im * im) / power;
  }
}

function powerOf({ re, im }: Phases, at: number): number {
  return (re[at] as number) ** 2 + (im[at] as number) ** 2;
}
