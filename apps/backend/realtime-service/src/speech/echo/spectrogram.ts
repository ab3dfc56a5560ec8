import { createSpectrum } from '../whisper/fft.ts';

/** 32 ms windows, one every 16 ms: a room's reverberation spans a few of them. */
const WINDOW_SAMPLES = 512;
export const HOP_SAMPLES = 256;

/** 190 Hz to 4 kHz, every second bin: what a telephone's loudspeaker gives back. */
const FIRST_BIN = 6;
const BIN_STEP = 2;
export const BINS = 61;

const WINDOW = Float64Array.from(
  { length: WINDOW_SAMPLES },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW_SAMPLES),
);
const transform = createSpectrum(WINDOW_SAMPLES);

/** Complex amplitudes over time, bin by bin: bin k, frame t lies at `k × frames + t`. */
export interface Spectrogram {
  readonly frames: number;
  readonly re: Float32Array;
  readonly im: Float32Array;
}

/** Nobody can be heard below this (−66 dB of full scale). */
export const SILENCE = 0.000_5;

/** Whether nothing of a sound can be heard: then there is no echo in it, nor of it. */
export function isSilent(pcm: Float32Array): boolean {
  for (const sample of pcm) {
    if (Math.abs(sample) >= SILENCE) return false;
  }
  return true;
}

/** Frame t is centred on sample `t × HOP_SAMPLES` of the sound; one that is silent is zero. */
export function spectrogram(pcm: Float32Array): Spectrogram {
  const frames = Math.floor(pcm.length / HOP_SAMPLES) + 1;
  const re = new Float32Array(BINS * frames);
  const im = new Float32Array(BINS * frames);
  const frame = new Float64Array(WINDOW_SAMPLES);
  const spectrum = new Float64Array(WINDOW_SAMPLES + 2);
  for (let t = 0; t < frames; t += 1) {
    const from = t * HOP_SAMPLES - WINDOW_SAMPLES / 2;
    if (isSilent(pcm.subarray(Math.max(0, from), Math.max(0, from + WINDOW_SAMPLES)))) continue;
    for (let i = 0; i < WINDOW_SAMPLES; i += 1) {
      frame[i] = (pcm[from + i] ?? 0) * (WINDOW[i] as number);
    }
    transform(frame, spectrum);
    for (let k = 0; k < BINS; k += 1) {
      const bin = 2 * (FIRST_BIN + k * BIN_STEP);
      re[k * frames + t] = spectrum[bin] as number;
      im[k * frames + t] = spectrum[bin + 1] as number;
    }
  }
  return { frames, re, im };
}
