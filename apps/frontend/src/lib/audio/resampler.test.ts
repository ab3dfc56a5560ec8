import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Resampler, toPcm16 } from '../../../public/worklets/resampler.js';

function sine(rate: number, hertz: number, seconds: number): Float32Array {
  return Float32Array.from({ length: rate * seconds }, (_, at) =>
    Math.sin((2 * Math.PI * hertz * at) / rate),
  );
}

function inBlocks(resampler: Resampler, samples: Float32Array, size = 128): Float32Array {
  const out: number[] = [];
  for (let at = 0; at < samples.length; at += size) {
    out.push(...resampler.process(samples.subarray(at, at + size)));
  }
  return Float32Array.from(out);
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}

describe('Resampler', () => {
  it.each([8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])(
    'keeps the length of a second of %i Hz',
    (rate) => {
      const { length } = inBlocks(new Resampler(rate, 16_000), sine(rate, 440, 1));
      // What is missing is the wait of the filter, at most 2 ms of the slower rate.
      expect(length).toBeGreaterThan(16_000 - 40);
      expect(length).toBeLessThanOrEqual(16_000);
    },
  );

  it.each([16_000, 44_100, 48_000])(
    'gives a tone of speech from %i Hz in the same place',
    (rate) => {
      const out = inBlocks(new Resampler(rate, 16_000), sine(rate, 1_000, 0.5));
      const wanted = sine(16_000, 1_000, 0.5);
      let worst = 0;
      // The first 5 ms are the filter filling up.
      for (let at = 80; at < out.length; at += 1) {
        worst = Math.max(worst, Math.abs((out[at] ?? 0) - (wanted[at] ?? 0)));
      }
      expect(worst).toBeLessThan(0.01);
    },
  );

  it.each([9_500, 12_000, 20_000])(
    'lets nothing of a %i Hz tone fold back into speech',
    (hertz) => {
      const out = inBlocks(new Resampler(48_000, 16_000), sine(48_000, hertz, 0.5));
      expect(rms(out.subarray(200))).toBeLessThan(0.003);
    },
  );

  it('gives the same samples however the input is cut', () => {
    const samples = sine(44_100, 700, 0.1);
    const whole = new Resampler(44_100, 16_000).process(samples);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (size) => {
        expect(inBlocks(new Resampler(44_100, 16_000), samples, size)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });
});

describe('toPcm16', () => {
  it('writes little-endian and clips what is too loud', () => {
    const bytes = toPcm16(Float32Array.from([0, 1, -1, 2, -2, 0.5]));
    const view = new DataView(bytes);
    const values = [0, 2, 4, 6, 8, 10].map((at) => view.getInt16(at, true));
    expect(values).toEqual([0, 32_767, -32_768, 32_767, -32_768, 16_384]);
  });
});
