import { WhisperFeatureExtractor } from '@huggingface/transformers';
import { describe, expect, it } from 'vitest';
import { createPowerSpectrum } from './fft.ts';
import { logMel, MEL_BANDS } from './mel.ts';

function chirp(samples: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, i) => {
    const seconds = i / 16_000;
    return 0.4 * Math.sin(2 * Math.PI * (120 + 900 * seconds) * seconds) * Math.exp(-seconds);
  });
}

describe('power spectrum', () => {
  it('agrees with the definition of the Fourier transform', () => {
    const length = 400;
    const frame = Float64Array.from({ length }, (_, i) => Math.sin(i * i * 0.01) + 0.2);
    const power = new Float64Array(length / 2 + 1);
    createPowerSpectrum(length)(frame, power);
    for (const k of [0, 1, 7, 50, 123, 199, 200]) {
      let re = 0;
      let im = 0;
      for (let i = 0; i < length; i += 1) {
        re += (frame[i] as number) * Math.cos((2 * Math.PI * k * i) / length);
        im -= (frame[i] as number) * Math.sin((2 * Math.PI * k * i) / length);
      }
      expect(power[k]).toBeCloseTo(re * re + im * im, 6);
    }
  });

  it('refuses a length that it cannot factor', () => {
    expect(() => createPowerSpectrum(14)).toThrow(RangeError);
  });
});

describe('log-mel spectrogram', () => {
  it('equals the reference feature extractor on a padded window', async () => {
    const frames = 200;
    const reference = new WhisperFeatureExtractor({
      feature_size: MEL_BANDS,
      sampling_rate: 16_000,
      hop_length: 160,
      n_fft: 400,
      n_samples: frames * 160,
      nb_max_frames: frames,
    });
    const pcm = chirp(17_321);
    const expected = (await reference(pcm)).input_features.data as Float32Array;
    const actual = logMel(pcm, frames);
    expect(actual.length).toBe(expected.length);
    let worst = 0;
    actual.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(value - (expected[i] as number)));
    });
    expect(worst).toBeLessThan(1e-4);
  });

  it('gives the floor for silence', () => {
    expect(new Set(logMel(new Float32Array(1600), 20))).toEqual(new Set([-1.5]));
  });
});
