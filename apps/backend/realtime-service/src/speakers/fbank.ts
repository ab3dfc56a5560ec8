import { createPowerSpectrum } from '../speech/whisper/fft.ts';

/** As neural speaker models are usually trained (Kaldi's filter bank). */
export const FBANK_BANDS = 80;
const FRAME_SAMPLES = 400;
const HOP_SAMPLES = 160;
const FFT_LENGTH = 512;
const BINS = FFT_LENGTH / 2;
const PRE_EMPHASIS = 0.97;
const LOWEST_HERTZ = 20;
const HIGHEST_HERTZ = 8_000;
/** Kaldi works on 16-bit integers. */
const FULL_SCALE = 32_768;
const FLOOR = 1.1920929e-7;

const mel = (hertz: number) => 1_127 * Math.log(1 + hertz / 700);

function bandWeights(): Float64Array[] {
  const low = mel(LOWEST_HERTZ);
  const step = (mel(HIGHEST_HERTZ) - low) / (FBANK_BANDS + 1);
  return Array.from({ length: FBANK_BANDS }, (_, band) =>
    Float64Array.from({ length: BINS }, (_bin, bin) => {
      const at = (mel((bin * 16_000) / FFT_LENGTH) - low) / step - band;
      return Math.max(0, Math.min(at, 2 - at));
    }),
  );
}

/**
 * Makes a function from 16 kHz samples in −1…1 to `frames × 80` log-mel energies, frame by frame, each
 * band's mean over the piece taken away: Kaldi's `fbank` without dither, Hamming window.
 */
export function createFbank(): (pcm: Float32Array) => Float32Array {
  const weights = bandWeights();
  const window = Float64Array.from(
    { length: FRAME_SAMPLES },
    (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (FRAME_SAMPLES - 1)),
  );
  const powerSpectrum = createPowerSpectrum(FFT_LENGTH);
  const frame = new Float64Array(FFT_LENGTH);
  const power = new Float64Array(BINS + 1);

  return (pcm) => {
    const frames = Math.max(0, Math.floor((pcm.length - FRAME_SAMPLES) / HOP_SAMPLES) + 1);
    const out = new Float32Array(frames * FBANK_BANDS);
    for (let t = 0; t < frames; t += 1) {
      const samples = pcm.subarray(t * HOP_SAMPLES, t * HOP_SAMPLES + FRAME_SAMPLES);
      const mean = samples.reduce((sum, sample) => sum + sample, 0) / FRAME_SAMPLES;
      for (let i = 0; i < FRAME_SAMPLES; i += 1) {
        const sample = (samples[i] as number) - mean;
        const before = (samples[Math.max(0, i - 1)] as number) - mean;
        frame[i] = FULL_SCALE * (sample - PRE_EMPHASIS * before) * (window[i] as number);
      }
      powerSpectrum(frame, power);
      weights.forEach((row, band) => {
        let energy = 0;
        for (let bin = 0; bin < BINS; bin += 1)
          energy += (row[bin] as number) * (power[bin] as number);
        out[t * FBANK_BANDS + band] = Math.log(Math.max(energy, FLOOR));
      });
    }
    return withoutBandMeans(out, frames);
  };
}

function withoutBandMeans(values: Float32Array, frames: number): Float32Array {
  for (let band = 0; band < FBANK_BANDS; band += 1) {
    let sum = 0;
    for (let t = 0; t < frames; t += 1) sum += values[t * FBANK_BANDS + band] as number;
    for (let t = 0; t < frames; t += 1) {
      values[t * FBANK_BANDS + band] = (values[t * FBANK_BANDS + band] as number) - sum / frames;
    }
  }
  return values;
}
