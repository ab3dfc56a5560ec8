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
      const a = 2 * (k % half);
      const b = 2 * ((half - k) % half);
      const evenRe = ((current[a] as number) + (current[b] as number)) / 2;
      const evenIm = ((current[a + 1] as number) - (current[b + 1] as number)) / 2;
      const oddRe = ((current[a + 1] as number) + (current[b + 1] as number)) / 2;
      const oddIm = ((current[b] as number) - (current[a] as number)) / 2;
      const c = unpack[2 * (2 * k + 1)] as number;
      const s = unpack[2 * (2 * k + 1) + 1] as number;
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
