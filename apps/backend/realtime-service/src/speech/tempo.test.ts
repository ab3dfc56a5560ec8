import { describe, expect, it } from 'vitest';
import { atTempo } from './tempo.ts';

const tone = (hertz: number, length: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / 16_000));

describe('tempo', () => {
  it('leaves a sound alone at its own tempo', () => {
    const sound = tone(200, 1_600);
    expect(atTempo(sound, 1)).toBe(sound);
  });

  it.each([1.06, 0.94])('plays a tone higher or lower and shorter or longer at %f', (tempo) => {
    const played = atTempo(tone(200, 16_000), tempo);
    expect(played.length).toBe(Math.floor(16_000 / tempo));
    const expected = tone(200 * tempo, played.length);
    const furthest = played.reduce(
      (most, x, i) => Math.max(most, Math.abs(x - (expected[i] ?? 0))),
      0,
    );
    expect(furthest).toBeLessThan(0.01);
  });
});
