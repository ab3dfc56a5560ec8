import { describe, expect, it } from 'vitest';
import { atUsualLevel, voiceLevel } from './level.ts';

/** A tone of a level, with a click in its middle. */
function aTone(level: number): Float32Array {
  const tone = Float32Array.from({ length: 16_000 }, (_, i) => level * Math.sin(i / 7));
  tone[8_000] = 1;
  return tone;
}

describe('level of a voice', () => {
  it('is that of the voice, not of a click', () => {
    expect(voiceLevel(aTone(0.3))).toBeCloseTo(0.3, 2);
  });

  it('is left alone when it is usual', () => {
    const usual = aTone(0.3);
    expect(atUsualLevel(usual)).toBe(usual);
  });

  it.each([0.1, 0.03])('of %f is raised to the usual', (level) => {
    expect(voiceLevel(atUsualLevel(aTone(level)))).toBeCloseTo(0.35, 1);
  });

  it('does not make noise out of silence', () => {
    const hiss = Float32Array.from({ length: 16_000 }, (_, i) => (i % 2 ? 1e-4 : -1e-4));
    expect(voiceLevel(atUsualLevel(hiss))).toBeLessThan(0.01);
  });

  it('never exceeds full scale', () => {
    expect(Math.max(...atUsualLevel(aTone(0.02)))).toBe(1);
  });
});
