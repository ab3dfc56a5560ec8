// Plain JavaScript, because an AudioWorklet loads its modules itself: the browser runs this very file
// and the tests import it.

/** @param {number} a @param {number} b @returns {number} */
function greatestCommonDivisor(a, b) {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Blackman window: 74 dB of stop band. @param {number} x from -1 to 1 @returns {number} */
function blackman(x) {
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

/** Zero crossings of the sinc on each side: more is steeper and slower. */
const zeroCrossings = 16;
/** The pass band ends a little below Nyquist, so that the transition band does not alias. */
const passBand = 0.92;

/**
 * Streaming low-pass and resampler by a windowed sinc in polyphase form. Output sample k stands for
 * the input's time k / outputRate: the filter is centred, so there is no shift in time, only a wait
 * of `zeroCrossings` periods for the samples to come.
 */
export class Resampler {
  /** @param {number} inputRate @param {number} outputRate integers in Hz */
  constructor(inputRate, outputRate) {
    const divisor = greatestCommonDivisor(inputRate, outputRate);
    /** Output position k stands at input position k * step / phases. */
    this.phases = outputRate / divisor;
    this.step = inputRate / divisor;
    const cutoff = Math.min(1, outputRate / inputRate) * passBand;
    this.halfWidth = Math.ceil(zeroCrossings / Math.min(1, outputRate / inputRate));
    this.taps = 2 * this.halfWidth;
    /** @type {Float32Array[]} */
    this.kernels = [];
    for (let phase = 0; phase < this.phases; phase += 1) {
      this.kernels.push(this.kernelOf(phase / this.phases, cutoff));
    }
    /** Input samples not yet used up, the first `halfWidth - 1` being the past. */
    this.history = new Float32Array(this.halfWidth - 1);
    /** Index in `history` and phase of the next output sample. */
    this.position = this.halfWidth - 1;
    this.phase = 0;
  }

  /** @param {number} fraction @param {number} cutoff @returns {Float32Array} */
  kernelOf(fraction, cutoff) {
    const kernel = new Float32Array(this.taps);
    let sum = 0;
    for (let tap = 0; tap < this.taps; tap += 1) {
      const distance = tap - (this.halfWidth - 1) - fraction;
      const angle = Math.PI * distance * cutoff;
      const sinc = distance === 0 ? 1 : Math.sin(angle) / angle;
      const value = sinc * blackman(Math.max(-1, Math.min(1, distance / this.halfWidth)));
      kernel[tap] = value;
      sum += value;
    }
    // Gain 1 at 0 Hz in every phase; otherwise the phases would hum against each other.
    return kernel.map((value) => value / sum);
  }

  /**
   * Takes the next block and returns the output samples that it completes.
   * @param {Float32Array} block @returns {Float32Array}
   */
  process(block) {
    const input = new Float32Array(this.history.length + block.length);
    input.set(this.history);
    input.set(block, this.history.length);
    /** @type {number[]} */
    const output = [];
    let { position, phase } = this;
    while (position + this.halfWidth < input.length) {
      const kernel = this.kernels[phase];
      if (!kernel) break;
      const first = position - (this.halfWidth - 1);
      let sum = 0;
      for (let tap = 0; tap < this.taps; tap += 1) {
        sum += (input[first + tap] ?? 0) * (kernel[tap] ?? 0);
      }
      output.push(sum);
      phase += this.step;
      position += Math.floor(phase / this.phases);
      phase %= this.phases;
    }
    const keepFrom = Math.min(position - (this.halfWidth - 1), input.length);
    this.history = input.slice(keepFrom);
    this.position = position - keepFrom;
    this.phase = phase;
    return Float32Array.from(output);
  }
}

/** PCM16LE of samples from -1 to 1; what is louder is clipped. @param {Float32Array} samples @returns {ArrayBuffer} */
export function toPcm16(samples) {
  const bytes = new ArrayBuffer(samples.length * 2);
  const view = new DataView(bytes);
  for (let at = 0; at < samples.length; at += 1) {
    const value = Math.max(-1, Math.min(1, samples[at] ?? 0));
    view.setInt16(at * 2, Math.round(value < 0 ? value * 0x8000 : value * 0x7fff), true);
  }
  return bytes;
}
