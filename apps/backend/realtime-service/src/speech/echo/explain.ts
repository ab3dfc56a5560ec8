import { BINS, type Spectrogram } from './spectrogram.ts';

/** A loudspeaker's path through a room: this many frames of 16 ms, one of them before the delay. */
const TAPS = 8;
const TAPS_BEFORE = 1;

export interface Explained {
  /** Energy of each frame, every bin weighing the same over the block. */
  readonly total: Float64Array;
  /** What is left of it when the filtered original is taken away. */
  readonly rest: Float64Array;
  /** Energy of each frame as it is: of the sound, and of the original at the delay. */
  readonly copyEnergy: Float64Array;
  readonly originalEnergy: Float64Array;
}

/**
 * Takes from one sound what is a linear copy of another: for each bin the filter over a few frames
 * that explains most (weighted least squares). Loud frames weigh no more than quiet ones, so that
 * somebody who speaks over the echo does not spoil the filter.
 *
 * @param delayFrames by how much the copy comes later; the original begins `reach` frames earlier
 */
export function explain(
  copy: Spectrogram,
  original: Spectrogram,
  block: { from: number; length: number; reach: number; delayFrames: number },
): Explained {
  const empty = () => new Float64Array(block.length);
  const explained = {
    total: empty(),
    rest: empty(),
    copyEnergy: empty(),
    originalEnergy: empty(),
  };
  for (let bin = 0; bin < BINS; bin += 1) explainBin(copy, original, bin, block, explained);
  return explained;
}

interface Row {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function explainBin(
  copy: Spectrogram,
  original: Spectrogram,
  bin: number,
  { from, length, reach, delayFrames }: Parameters<typeof explain>[2],
  into: Explained,
): void {
  const p = bin * copy.frames + from;
  // The original as the earliest tap sees it at frame 0; later taps look further back.
  const d = bin * original.frames + from + reach - delayFrames + TAPS_BEFORE;
  const first = bin * original.frames;
  const end = first + original.frames;
  const at = (values: Float32Array, index: number) =>
    index >= first && index < end ? (values[index] as number) : 0;

  let mean = 0;
  for (let t = 0; t < length; t += 1) mean += power(copy, p + t);
  mean = mean / length + 1e-9;

  const matrix: Row[] = Array.from({ length: TAPS }, () => ({
    re: new Float64Array(TAPS + 1),
    im: new Float64Array(TAPS + 1),
  }));
  const xr = new Float64Array(TAPS);
  const xi = new Float64Array(TAPS);
  const load = (t: number) => {
    for (let j = 0; j < TAPS; j += 1) {
      xr[j] = at(original.re, d + t - j);
      xi[j] = at(original.im, d + t - j);
    }
  };
  for (let t = 0; t < length; t += 1) {
    load(t);
    const weight = 1 / (power(copy, p + t) + 0.1 * mean);
    accumulate(matrix, xr, xi, copy.re[p + t] as number, copy.im[p + t] as number, weight);
  }
  const filter = solve(matrix);
  for (let t = 0; t < length; t += 1) {
    load(t);
    let re = 0;
    let im = 0;
    for (let j = 0; j < TAPS; j += 1) {
      re +=
        (filter.re[j] as number) * (xr[j] as number) - (filter.im[j] as number) * (xi[j] as number);
      im +=
        (filter.re[j] as number) * (xi[j] as number) + (filter.im[j] as number) * (xr[j] as number);
    }
    const a = (copy.re[p + t] as number) - re;
    const b = (copy.im[p + t] as number) - im;
    const energy = power(copy, p + t);
    add(into.total, t, energy / mean);
    add(into.rest, t, (a * a + b * b) / mean);
    add(into.copyEnergy, t, energy);
    add(
      into.originalEnergy,
      t,
      (xr[TAPS_BEFORE] as number) ** 2 + (xi[TAPS_BEFORE] as number) ** 2,
    );
  }
}

function add(into: Float64Array, at: number, value: number): void {
  into[at] = (into[at] as number) + value;
}

function power(of: Spectrogram, at: number): number {
  return (of.re[at] as number) ** 2 + (of.im[at] as number) ** 2;
}

/** Adds one frame to the normal equations; the last column is the right-hand side. */
function accumulate(
  matrix: Row[],
  xr: Float64Array,
  xi: Float64Array,
  pr: number,
  pi: number,
  weight: number,
): void {
  for (let i = 0; i < TAPS; i += 1) {
    const row = matrix[i] as Row;
    // conj(x_i) · x_j
    const a = (xr[i] as number) * weight;
    const b = -(xi[i] as number) * weight;
    for (let j = i; j < TAPS; j += 1) {
      row.re[j] = (row.re[j] as number) + a * (xr[j] as number) - b * (xi[j] as number);
      row.im[j] = (row.im[j] as number) + a * (xi[j] as number) + b * (xr[j] as number);
    }
    row.re[TAPS] = (row.re[TAPS] as number) + a * pr - b * pi;
    row.im[TAPS] = (row.im[TAPS] as number) + a * pi + b * pr;
  }
}

/** Solves the Hermitian system (upper triangle given) by elimination, a little regularised. */
function solve(matrix: Row[]): Row {
  let trace = 0;
  for (let i = 0; i < TAPS; i += 1) trace += (matrix[i] as Row).re[i] as number;
  const ridge = (0.01 * trace) / TAPS + 1e-12;
  for (let i = 0; i < TAPS; i += 1) {
    const row = matrix[i] as Row;
    row.re[i] = (row.re[i] as number) + ridge;
    for (let j = 0; j < i; j += 1) {
      const mirrored = matrix[j] as Row;
      row.re[j] = mirrored.re[i] as number;
      row.im[j] = -(mirrored.im[i] as number);
    }
  }
  for (let i = 0; i < TAPS; i += 1) eliminateBelow(matrix, i);
  const re = new Float64Array(TAPS);
  const im = new Float64Array(TAPS);
  for (let i = TAPS - 1; i >= 0; i -= 1) {
    const row = matrix[i] as Row;
    let a = row.re[TAPS] as number;
    let b = row.im[TAPS] as number;
    for (let j = i + 1; j < TAPS; j += 1) {
      a -= (row.re[j] as number) * (re[j] as number) - (row.im[j] as number) * (im[j] as number);
      b -= (row.re[j] as number) * (im[j] as number) + (row.im[j] as number) * (re[j] as number);
    }
    // The pivots of a Hermitian positive matrix are real.
    re[i] = a / (row.re[i] as number);
    im[i] = b / (row.re[i] as number);
  }
  return { re, im };
}

function eliminateBelow(matrix: Row[], i: number): void {
  const pivot = matrix[i] as Row;
  const scale = 1 / (pivot.re[i] as number);
  for (let r = i + 1; r < TAPS; r += 1) {
    const row = matrix[r] as Row;
    const a = (row.re[i] as number) * scale;
    const b = (row.im[i] as number) * scale;
    for (let j = i; j <= TAPS; j += 1) {
      const c = pivot.re[j] as number;
      const e = pivot.im[j] as number;
      row.re[j] = (row.re[j] as number) - (a * c - b * e);
      row.im[j] = (row.im[j] as number) - (a * e + b * c);
    }
  }
}
