import { createPowerSpectrum } from './fft.ts';

/** Whisper's input, fixed by its training: 16 kHz, 25 ms frames every 10 ms, 80 mel bands. */
export const SAMPLE_RATE = 16_000;
export const HOP_SAMPLES = 160;
export const MEL_BANDS = 80;
const FRAME_SAMPLES = 400;
const BINS = FRAME_SAMPLES / 2 + 1;
const FLOOR = 1e-10;

interface MelBand {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/** Slaney's mel scale: linear below 1 kHz, logarithmic above. */
function hertzToMel(hertz: number): number {
  return hertz < 1000 ? (3 * hertz) / 200 : 15 + (Math.log(hertz / 1000) * 27) / Math.log(6.4);
}

function melToHertz(mel: number): number {
  return mel < 15 ? (200 * mel) / 3 : 1000 * Math.exp(((mel - 15) * Math.log(6.4)) / 27);
}

function melBands(): MelBand[] {
  const top = hertzToMel(SAMPLE_RATE / 2);
  const edges = Array.from({ length: MEL_BANDS + 2 }, (_, i) =>
    melToHertz((i * top) / (MEL_BANDS + 1)),
  );
  return Array.from({ length: MEL_BANDS }, (_, band) => {
    const [low, centre, high] = edges.slice(band, band + 3) as [number, number, number];
    const weights: number[] = [];
    let firstBin = 0;
    for (let bin = 0; bin < BINS; bin += 1) {
      const hertz = (bin * SAMPLE_RATE) / FRAME_SAMPLES;
      const slope = Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre));
      if (slope <= 0) continue;
      if (weights.length === 0) firstBin = bin;
      weights.push((slope * 2) / (high - low));
    }
    return { firstBin, weights: Float64Array.from(weights) };
  });
}

const WINDOW = Float64Array.from(
  { length: FRAME_SAMPLES },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME_SAMPLES),
);
const BANDS = melBands();
const powerSpectrum = createPowerSpectrum(FRAME_SAMPLES);

/** The sample at a position of the padded signal: mirrored before its start, zero after its end. */
function sampleAt(pcm: Float32Array, position: number): number {
  return pcm[position < 0 ? -position : position] ?? 0;
}

/**
 * The log-mel spectrogram that Whisper was trained on.
 *
 * @param pcm mono 16 kHz samples in −1…1
 * @param frames length of the window in frames of 10 ms; the sound is cut or padded with silence to it
 * @returns `MEL_BANDS × frames` values, band by band
 */
export function logMel(pcm: Float32Array, frames: number): Float32Array {
  const out = new Float32Array(MEL_BANDS * frames).fill(Math.log10(FLOOR));
  const frame = new Float64Array(FRAME_SAMPLES);
  const power = new Float64Array(BINS);
  const half = FRAME_SAMPLES / 2;
  const length = Math.min(pcm.length, frames * HOP_SAMPLES);
  // A frame that touches only padding is silence, and already holds the floor.
  const touched = Math.min(frames, Math.floor((length + half) / HOP_SAMPLES) + 1);
  let loudest = Math.log10(FLOOR);

  for (let t = 0; t < touched; t += 1) {
    const start = t * HOP_SAMPLES - half;
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      const position = start + i;
      frame[i] = position >= length ? 0 : sampleAt(pcm, position) * (WINDOW[i] as number);
    }
    powerSpectrum(frame, power);
    for (let band = 0; band < MEL_BANDS; band += 1) {
      const { firstBin, weights } = BANDS[band] as MelBand;
      let energy = 0;
      for (let i = 0; i < weights.length; i += 1) {
        energy += (weights[i] as number) * (power[firstBin + i] as number);
      }
      const value = Math.log10(Math.max(FLOOR, energy));
      out[band * frames + t] = value;
      if (value > loudest) loudest = value;
    }
  }
  const floor = loudest - 8;
  for (let i = 0; i < out.length; i += 1) out[i] = (Math.max(out[i] as number, floor) + 4) / 4;
  return out;
}
