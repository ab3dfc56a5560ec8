import { describe, expect, it } from 'vitest';
import { partsBetween, voiceChanges } from './change-points.ts';
import { aVoice, joined, MAN, silence, WOMAN } from './voice.fixture.ts';

describe('changes of voice inside an utterance', () => {
  it('finds the change between two people with a short pause between them', () => {
    const first = aVoice({ ...MAN, seconds: 3 });
    const changes = voiceChanges(joined(first, silence(0.2), aVoice({ ...WOMAN, seconds: 3 })));
    expect(changes).toHaveLength(1);
    expect(changes[0]).toBeGreaterThan(first.length - 2_400);
    expect(changes[0]).toBeLessThan(first.length + 5_600);
  });

  it('finds a change without a pause to within a third of a second', () => {
    const first = aVoice({ ...WOMAN, seconds: 3 });
    const changes = voiceChanges(joined(first, aVoice({ ...MAN, seconds: 3, seed: 5 })));
    expect(changes).toHaveLength(1);
    expect(Math.abs((changes[0] as number) - first.length)).toBeLessThan(5_300);
  });

  it('leaves one voice with a pause whole', () => {
    const one = { ...MAN, seconds: 3 };
    const pcm = joined(aVoice({ ...one, seed: 2 }), silence(0.3), aVoice({ ...one, seed: 3 }));
    expect(voiceChanges(pcm)).toEqual([]);
  });

  it('makes no part shorter than the least', () => {
    const pcm = joined(aVoice({ ...MAN, seconds: 0.4 }), aVoice({ ...WOMAN, seconds: 3 }));
    for (const { startSample, endSample } of partsBetween(voiceChanges(pcm), pcm.length)) {
      expect(endSample - startSample).toBeGreaterThanOrEqual(0.59 * 16_000);
    }
  });

  it('finds nothing in silence, in a click and in nothing', () => {
    expect(voiceChanges(new Float32Array(48_000))).toEqual([]);
    expect(voiceChanges(new Float32Array(100).fill(1))).toEqual([]);
    expect(voiceChanges(new Float32Array(0))).toEqual([]);
  });

  it('hands out parts that together are the whole', () => {
    expect(partsBetween([10, 30], 50)).toEqual([
      { startSample: 0, endSample: 10 },
      { startSample: 10, endSample: 30 },
      { startSample: 30, endSample: 50 },
    ]);
  });
});
