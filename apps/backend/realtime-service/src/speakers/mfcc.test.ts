import { describe, expect, it } from 'vitest';
import { CEPSTRA, melCepstra } from './mfcc.ts';
import { squaredDistance } from './online-clustering.ts';
import { aVoice, MAN, WOMAN } from './voice.fixture.ts';
import { createMfccEmbedder } from './voice-features.ts';

describe('mel cepstra', () => {
  it('has a frame every 10 ms, whole frames only', () => {
    expect(melCepstra(new Float32Array(399)).frames).toBe(0);
    expect(melCepstra(new Float32Array(400)).frames).toBe(1);
    expect(melCepstra(new Float32Array(16_000)).frames).toBe(98);
  });

  it('does not know how loud the sound is, its level does', () => {
    const pcm = aVoice({ ...MAN, seconds: 0.5 });
    const [loud, soft] = [melCepstra(pcm), melCepstra(pcm.map((sample) => sample / 2))];
    loud.values.forEach((value, i) => {
      expect(Math.abs(value - (soft.values[i] as number))).toBeLessThan(0.01);
    });
    expect((loud.decibels[20] as number) - (soft.decibels[20] as number)).toBeCloseTo(6.02, 1);
  });

  it('has finite numbers for digital silence', () => {
    const { values, frames } = melCepstra(new Float32Array(4_000));
    expect(values).toHaveLength(frames * CEPSTRA);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe('points of a voice', () => {
  const { embed, usualDeviation } = createMfccEmbedder();
  const point = (shape: typeof MAN | typeof WOMAN, seed: number) =>
    embed(aVoice({ ...shape, seconds: 2.5, seed })) as Float32Array;

  it('lie nearer to each other than to those of another voice, whatever is said', () => {
    const own = squaredDistance(point(MAN, 1), point(MAN, 2), usualDeviation);
    const other = squaredDistance(point(MAN, 1), point(WOMAN, 1), usualDeviation);
    expect(other).toBeGreaterThan(3 * own);
  });

  it('are finite for no sound at all', async () => {
    expect((await embed(new Float32Array(0))).every(Number.isFinite)).toBe(true);
  });
});
