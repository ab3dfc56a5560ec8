/**
 * A complex Fourier transform for lengths made of small factors, and the power spectrum of a real
 * frame on top of it. Whisper's frame has 400 samples, which no power-of-two transform fits.
 *
 * Stockham's autosort form (decimation in frequency): no bit reversal, two buffers swapped.
 */
interface Stage {
  readonly radix: number;
  readonly rest: number;
  readonly stride: number;
  /** Roots of unity of the small transform, radix × radix, interleaved re/im. */
  readonly small: Float64Array;
  /** Twiddle factors, rest × radix, interleaved re/im. */
  readonly twiddle: Float64Array;
}

const FACTORS = [5, 4, 3, 2] as const;

function factorise(length: number): number[] {
  const factors: number[] = [];
  let left = length;
  for (const factor of FACTORS) {
    while (left % factor === 0) {
      factors.push(factor);
      left /= factor;
    }
  }
  if (left !== 1) throw new RangeError(`fft: ${length} has a prime factor above 5`);
  return factors;
}

function roots(rows: number, columns: number, order: number): Float64Array {
  const table = new Float64Array(rows * columns * 2);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const angle = (-2 * Math.PI * row * column) / order;
      table[2 * (row * columns + column)] = Math.cos(angle);
      table[2 * (row * columns + column) + 1] = Math.sin(angle);
    }
  }
  return table;
}

function planStages(length: number): Stage[] {
  const stages: Stage[] = [];
  let size = length;
  let stride = 1;
  for (const radix of factorise(length)) {
    const rest = size / radix;
    stages.push({
      radix,
      rest,
      stride,
      small: roots(radix, radix, radix),
      twiddle: roots(rest, radix, size),
    });
    size = rest;
    stride *= radix;
  }
  return stages;
}

function runStage(stage: Stage, from: Float64Array, to: Float64Array): void {
  // Roots of unity of order 4 are ±1 and ±i: no multiplication at all. Frames of 512 consist of them alone.
  if (stage.radix === 4) runStageOf4(stage, from, to);
  else runAnyStage(stage, from, to);
}

function runStageOf4({ rest, stride, twiddle }: Stage, from: Float64Array, to: Float64Array): void {
  const apart = 2 * stride * rest;
  for (let p = 0; p < rest; p += 1) {
    const turn = 8 * p;
    for (let q = 0; q < stride; q += 1) {
      const in0 = 2 * (q + stride * p);
      const in1 = in0 + apart;
      const in2 = in1 + apart;
      const in3 = in2 + apart;
      const sumRe = (from[in0] as number) + (from[in2] as number);
      const sumIm = (from[in0 + 1] as number) + (from[in2 + 1] as number);
      const lessRe = (from[in0] as number) - (from[in2] as number);
      const lessIm = (from[in0 + 1] as number) - (from[in2 + 1] as number);
      const oddRe = (from[in1] as number) + (from[in3] as number);
      const oddIm = (from[in1 + 1] as number) + (from[in3 + 1] as number);
      const turnRe = (from[in1 + 1] as number) - (from[in3 + 1] as number);
      const turnIm = (from[in3] as number) - (from[in1] as number);
      const out = 2 * (q + 4 * stride * p);
      to[out] = sumRe + oddRe;
      to[out + 1] = sumIm + oddIm;
      turned(to, out + 2 * stride, lessRe + turnRe, lessIm + turnIm, twiddle, turn + 2);
      turned(to, out + 4 * stride, sumRe - oddRe, sumIm - oddIm, twiddle, turn + 4);
      turned(to, out + 6 * stride, lessRe - turnRe, lessIm - turnIm, twiddle, turn + 6);
    }
  }
}

/** Writes a number times a twiddle factor. */
function turned(
  to: Float64Array,
  at: number,
  re: number,
  im: number,
  twiddle: Float64Array,
  turn: number,
): void {
  const c = twiddle[turn] as number;
  const s = twiddle[turn + 1] as number;
  to[at] = re * c - im * s;
  to[at + 1] = re * s + im * c;
}

function runAnyStage(stage: Stage, from: Float64Array, to: Float64Array): void {
  const { radix, rest, stride, small, twiddle } = stage;
  for (let p = 0; p < rest; p += 1) {
    for (let q = 0; q < stride; q += 1) {
      for (let k = 0; k < radix; k += 1) {
        let re = 0;
        let im = 0;
        for (let i = 0; i < radix; i += 1) {
          const at = 2 * (q + stride * (p + rest * i));
          const root = 2 * (i * radix + k);
          const a = from[at] as number;
          const b = from[at + 1] as number;
          const c = small[root] as number;
          const s = small[root + 1] as number;
          re += a * c - b * s;
          im += a * s + b * c;
        }
        const turn = 2 * (p * radix + k);
        const c = twiddle[turn] as number;
        const s = twiddle[turn + 1] as number;
        const out = 2 * (q + stride * (radix * p + k));
        to[out] = re * c - im * s;
        to[out + 1] = re * s + im * c;
      }
    }
  }
}

/** Real and imaginary parts, interleaved, of `length / 2 + 1` bins. */
type Spectrum = Float64Array;

/**
 * Makes a function that writes the spectrum of a real frame of `length` samples. The even and odd
 * samples are transformed together as one complex frame of half the length.
 */
export function createSpectrum(length: number): (frame: Float64Array, spectrum: Spectrum) => void {
  const half = length / 2;
  if (!Number.isInteger(half)) throw new RangeError('fft: the frame length must be even');
  const stages = planStages(half);
  const unpack = roots(half + 1, 2, length);
  let current = new Float64Array(length);
  let other = new Float64Array(length);

  return (frame, spectrum) => {
    current.set(frame);
    for (const stage of stages) {
      runStage(stage, current, other);
      [current, other] = [other, current];
    }
    for (let k = 0; k <= half; k += 1) {
      // The transform of half the length repeats itself: bin `half` is bin 0.
      const a = k === half ? 0 : 2 * k;
      const b = k === 0 ? 0 : 2 * (half - k);
      const evenRe = ((current[a] as number) + (current[b] as number)) / 2;
      const evenIm = ((current[a + 1] as number) - (current[b + 1] as number)) / 2;
      const oddRe = ((current[a + 1] as number) + (current[b + 1] as number)) / 2;
      const oddIm = ((current[b] as number) - (current[a] as number)) / 2;
      const c = unpack[4 * k + 2] as number;
      const s = unpack[4 * k + 3] as number;
      spectrum[2 * k] = evenRe + oddRe * c - oddIm * s;
      spectrum[2 * k + 1] = evenIm + oddRe * s + oddIm * c;
    }
  };
}

/** Makes a function that writes the power of each of the `length / 2 + 1` bins of a real frame. */
export function createPowerSpectrum(
  length: number,
): (frame: Float64Array, power: Float64Array) => void {
  const transform = createSpectrum(length);
  const spectrum = new Float64Array(length + 2);
  return (frame, power) => {
    transform(frame, spectrum);
    for (let k = 0; k <= length / 2; k += 1) {
      const re = spectrum[2 * k] as number;
      const im = spectrum[2 * k + 1] as number;
      power[k] = re * re + im * im;
    }
  };
}
