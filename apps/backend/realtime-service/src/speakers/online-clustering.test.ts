import { describe, expect, it } from 'vitest';
import { guessVoice, modelVoices, type VoicePoint } from './online-clustering.ts';

const USUAL = new Float32Array(3).fill(1);

function point(id: string, at: number, changes: Partial<VoicePoint> = {}): VoicePoint {
  const wobble = ((id.length * 7 + at * 13) % 5) / 10;
  const values = Float32Array.of(at + wobble, at - wobble, at);
  return { id, values, seconds: 3, pinned: null, ...changes };
}

const many = (prefix: string, at: number, count: number, changes: Partial<VoicePoint> = {}) =>
  Array.from({ length: count }, (_, i) => point(`${prefix}${'x'.repeat(i)}`, at, changes));

describe('voices of a consultation', () => {
  it('are one while nothing speaks for two', () => {
    const model = modelVoices([point('a', 0), point('bb', 0.3)], USUAL);
    expect(model.centres.B).toBeNull();
  });

  it('are two as soon as two pieces are far apart', () => {
    const model = modelVoices([point('a', 0), point('b', 6)], USUAL);
    expect(guessVoice(model, Float32Array.of(0.2, 0, 0), 3).voice).toBe('A');
    expect(guessVoice(model, Float32Array.of(6, 5.5, 6), 3).voice).toBe('B');
  });

  it('are found in noise too, where all distances are small, when there are enough pieces', () => {
    const noisy = [...many('a', 0, 8), ...many('b', 0.9, 8)].map((p) => ({
      ...p,
      values: p.values.map((value) => (p.id.startsWith('a') ? 0 : 0.9) + value / 10),
    }));
    expect(modelVoices(noisy.slice(0, 2), USUAL).centres.B).toBeNull();
    expect(modelVoices(noisy, USUAL).centres.B).not.toBeNull();
  });

  it('are UNKNOWN in the middle between both', () => {
    const model = modelVoices([...many('a', 0, 4), ...many('b', 6, 4)], USUAL);
    const middle = Float64Array.from(model.centres.A as Float64Array, (value, d) => {
      return (value + (model.centres.B?.[d] as number)) / 2;
    });
    expect(guessVoice(model, Float32Array.from(middle), 2).voice).toBeNull();
  });

  it('do not take in a third one who is like neither', () => {
    const model = modelVoices([...many('a', 0, 4), ...many('b', 4, 4)], USUAL);
    expect(guessVoice(model, Float32Array.of(-30, 30, -30), 3).voice).toBeNull();
  });

  it('are more certain of a longer piece', () => {
    const model = modelVoices([...many('a', 0, 4), ...many('b', 2, 4)], USUAL);
    const near = Float32Array.of(0.7, 0.7, 0.7);
    const [short, long] = [guessVoice(model, near, 0.5), guessVoice(model, near, 3)];
    expect(long.certainty).toBeGreaterThan(short.certainty);
  });

  it('keep their names when a human moves one piece that was misheard', () => {
    const free = [...many('a', 0, 4), ...many('b', 6, 4)];
    const start = modelVoices(free, USUAL);
    const pinned = free.map((p, i) => (i === 1 ? { ...p, pinned: 'B' as const } : p));
    const model = modelVoices(pinned, USUAL, undefined, start);
    expect(guessVoice(model, Float32Array.of(0, 0, 0), 3).voice).toBe('A');
    expect(guessVoice(model, Float32Array.of(6, 6, 6), 3).voice).toBe('B');
  });

  it('are two, however alike, when a human says so', () => {
    const alike = [
      point('a', 0, { pinned: 'A' }),
      point('b', 0.2, { pinned: 'B' }),
      point('c', 0.1),
    ];
    const { centres } = modelVoices(alike, USUAL);
    expect(centres.A).not.toBeNull();
    expect(centres.B).not.toBeNull();
  });

  it('take a long consultation in well under a second', () => {
    const points = Array.from({ length: 1_200 }, (_, i) => point(`p${i}`, i % 2 === 0 ? 0 : 6));
    const started = performance.now();
    modelVoices(points, USUAL);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
