import { createPowerSpectrum } from '../speech/whisper/fft.ts';

/** 25 ms frames every 10 ms of 16 kHz sound, as is usual for speech. */
export const FRAME_SAMPLES = 400;
export const HOP_SAMPLES = 160;
/** c1…c19: c0 is the loudness, which says how far away somebody sits and not who it is. */
export const CEPSTRA = 19;

const SAMPLE_RATE = 16_000;
const MEL_BANDS = 40;
const LOWEST_HERTZ = 60;
const HIGHEST_HERTZ = 7_600;
const PRE_EMPHASIS = 0.97;
/** Far below the noise of 16-bit sound, so that digital silence has a logarithm. */
const POWER_FLOOR = 1e-9;
const BINS = FRAME_SAMPLES / 2 + 1;

/** The short-time spectra of a stretch of sound. */
export interface Cepstra {
  readonly frames: number;
  /** `frames × CEPSTRA` values, frame by frame. */
  readonly values: Float32Array;
  /** Power of each frame in decibels, of any origin. */
  readonly decibels: Float32Array;
}

const mel = (hertz: number) => 2_595 * Math.log10(1 + hertz / 700);
const hertz = (melValue: number) => 700 * (10 ** (melValue / 2_595) - 1);

interface Band {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

function triangularBands(): Band[] {
  const low = mel(LOWEST_HERTZ);
  const step = (mel(HIGHEST_HERTZ) - low) / (MEL_BANDS + 1);
  const edge = (i: number) => (hertz(low + i * step) * FRAME_SAMPLES) / SAMPLE_RATE;
  return Array.from({ length: MEL_BANDS }, (_, band) => {
    const [from, centre, to] = [edge(band), edge(band + 1), edge(band + 2)];
    const firstBin = Math.max(0, Math.ceil(from));
    const weights: number[] = [];
    for (let bin = firstBin; bin < Math.min(BINS, to); bin += 1) {
      weights.push(Math.min((bin - from) / (centre - from), (to - bin) / (to - centre)));
    }
    return { firstBin, weights: Float64Array.from(weights) };
  });
}

function cosineRows(): Float64Array[] {
  return Array.from({ length: CEPSTRA }, (_, row) =>
    Float64Array.from(
      { length: MEL_BANDS },
      (_, band) =>
        Math.sqrt(2 / MEL_BANDS) * Math.cos((Math.PI * (row + 1) * (band + 0.5)) / MEL_BANDS),
    ),
  );
}

const BANDS = triangularBands();
const COSINES = cosineRows();
const WINDOW = Float64Array.from(
  { length: FRAME_SAMPLES },
  (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (FRAME_SAMPLES - 1)),
);
const powerSpectrum = createPowerSpectrum(FRAME_SAMPLES);

/**
 * Mel-frequency cepstral coefficients c1…c19 of whole frames; an end shorter than a frame is left
 * out.
 *
 * Source: S. Davis, P. Mermelstein, "Comparison of parametric representations for monosyllabic word
 * recognition in continuously spoken sentences", IEEE Trans. ASSP 28(4), 1980.
 *
 * @param pcm mono 16 kHz samples in −1…1
 * @param known cepstra of the beginning of this sound, taken over as they are
 */
export function melCepstra(pcm: Float32Array, known: Cepstra | null = null): Cepstra {
  const frames = Math.max(0, Math.floor((pcm.length - FRAME_SAMPLES) / HOP_SAMPLES) + 1);
  const values = new Float32Array(frames * CEPSTRA);
  const decibels = new Float32Array(frames);
  const reused = Math.min(frames, known?.frames ?? 0);
  if (known !== null) {
    values.set(known.values.subarray(0, reused * CEPSTRA));
    decibels.set(known.decibels.subarray(0, reused));
  }
  const frame = new Float64Array(FRAME_SAMPLES);
  const power = new Float64Array(BINS);
  const bands = new Float64Array(MEL_BANDS);

  for (let t = reused; t < frames; t += 1) {
    const start = t * HOP_SAMPLES;
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      const sample = pcm[start + i] as number;
      const before = pcm[start + i - 1] ?? sample;
      frame[i] = (sample - PRE_EMPHASIS * before) * (WINDOW[i] as number);
    }
    powerSpectrum(frame, power);
    let total = 0;
    for (let bin = 0; bin < BINS; bin += 1) total += power[bin] as number;
    decibels[t] = 10 * Math.log10(Math.max(total, POWER_FLOOR));
    BANDS.forEach(({ firstBin, weights }, band) => {
      let energy = 0;
      for (let i = 0; i < weights.length; i += 1) {
        energy += (weights[i] as number) * (power[firstBin + i] as number);
      }
      bands[band] = Math.log(Math.max(energy, POWER_FLOOR));
    });
    COSINES.forEach((row, c) => {
      let sum = 0;
      for (let band = 0; band < MEL_BANDS; band += 1) {
        sum += (row[band] as number) * (bands[band] as number);
      }
      values[t * CEPSTRA + c] = sum;
    });
  }
  return { frames, values, decibels };
}
