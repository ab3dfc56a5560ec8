import { describe, expect, it } from 'vitest';
import { TurnTracker } from './turn-tracker.ts';
import type { Utterance } from './utterance.ts';

/** An utterance between two seconds of the stream. */
function anUtterance(from: number, to: number): Utterance {
  return {
    index: from,
    startSample: from * 16_000,
    endSample: to * 16_000,
    speechStartSample: from * 16_000,
    speechEndSample: to * 16_000,
    pcm: new Float32Array(0),
    speechSeconds: to - from,
    speechProbability: 0.9,
    overlapSamples: 0,
    probabilities: new Float32Array(),
  };
}

describe('turns', () => {
  it('join utterances with a breath between them', () => {
    const turns = new TurnTracker();
    expect(turns.add(anUtterance(1, 3))).toBeNull();
    expect(turns.add(anUtterance(4, 6))).toBeNull();
    expect(turns.silentUntil(7 * 16_000)).toBeNull();
    expect(turns.silentUntil(8 * 16_000)).toMatchObject({
      startSample: 16_000,
      endSample: 96_000,
      utterances: [{ index: 1 }, { index: 4 }],
    });
    expect(turns.openSince).toBeNull();
  });

  it('end where the pause is long', () => {
    const turns = new TurnTracker();
    turns.add(anUtterance(1, 3));
    expect(turns.add(anUtterance(5, 6))?.utterances).toHaveLength(1);
    expect(turns.openSince).toBe(5 * 16_000);
  });

  it('end before they outgrow one decode', () => {
    const turns = new TurnTracker();
    turns.add(anUtterance(0, 15));
    expect(turns.add(anUtterance(16, 30))?.utterances).toHaveLength(1);
  });

  it('end with the stream', () => {
    const turns = new TurnTracker();
    expect(turns.end()).toBeNull();
    turns.add(anUtterance(1, 3));
    expect(turns.end()?.utterances).toHaveLength(1);
  });
});
