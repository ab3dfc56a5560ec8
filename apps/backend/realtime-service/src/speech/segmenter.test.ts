import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Segmenter, type SegmenterEvent } from './segmenter.ts';
import { DEFAULT_SEGMENTER_SETTINGS, segmenterSettings } from './segmenter-settings.ts';
import type { Utterance } from './utterance.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

const S = DEFAULT_SEGMENTER_SETTINGS;

/** Runs a probability per frame through a segmenter; every sample of frame k is k. */
function run(probabilities: readonly number[], settings = {}): SegmenterEvent[] {
  const segmenter = new Segmenter(settings);
  const events = probabilities.flatMap((probability, k) =>
    segmenter.push(
      {
        startSample: k * VAD_FRAME_SAMPLES,
        pcm: new Float32Array(VAD_FRAME_SAMPLES).fill(k),
        missing: false,
      },
      probability,
    ),
  );
  return [...events, ...segmenter.flush()];
}

const quiet = (frames: number) => Array<number>(frames).fill(0.02);
const speech = (frames: number) => Array<number>(frames).fill(0.9);
const finals = (events: SegmenterEvent[]): Utterance[] =>
  events.flatMap((event) => (event.kind === 'final' ? [event.utterance] : []));
const kinds = (events: SegmenterEvent[]) =>
  events.map((event) => event.kind).filter((kind) => kind !== 'checkpoint');
const inFrames = (sample: number) => sample / VAD_FRAME_SAMPLES;

describe('segmenter', () => {
  it('makes an utterance of speech between silences, with a little quiet around it', () => {
    const [one, ...others] = finals(run([...quiet(30), ...speech(20), ...quiet(40)]));
    expect(others).toEqual([]);
    expect(one && inFrames(one.speechStartSample)).toBe(30);
    expect(one && inFrames(one.speechEndSample)).toBe(50);
    expect(one && inFrames(one.startSample)).toBe(30 - S.preRollFrames);
    expect(one && inFrames(one.endSample)).toBe(50 + S.postRollFrames);
    expect(one?.pcm[0]).toBe(30 - S.preRollFrames);
    expect(one?.pcm.at(-1)).toBe(50 + S.postRollFrames - 1);
    expect(one?.speechSeconds).toBeCloseTo(0.64);
  });

  it('guesses the end early, and the guess equals the final', () => {
    const events = run([...quiet(12), ...speech(20), ...quiet(40)]);
    expect(kinds(events)).toEqual(['maybe-end', 'final']);
    const [guess, final] = events.flatMap((e) => ('utterance' in e ? [e.utterance] : []));
    expect(guess).toEqual(final);
  });

  it('takes the guess back when speech goes on', () => {
    const events = run([
      ...speech(20),
      ...quiet(S.speculateFrames + 2),
      ...speech(10),
      ...quiet(S.endFrames),
    ]);
    expect(kinds(events).filter((kind) => kind !== 'partial-candidate')).toEqual([
      'maybe-end',
      'resumed',
      'maybe-end',
      'final',
    ]);
  });

  it('goes on while the probability stays above the lower threshold', () => {
    const fading = Array<number>(30).fill(S.endProbability + 0.01);
    const [one] = finals(run([...speech(10), ...fading, ...quiet(20)]));
    expect(one && inFrames(one.speechEndSample)).toBe(40);
  });

  it('discards a click', () => {
    const click = speech(S.leastSpeechFrames - 1);
    expect(kinds(run([...quiet(5), ...click, ...quiet(40)]))).toEqual(['discarded']);
  });

  it('cuts a monologue in a pause of its last part, dropping and doubling nothing', () => {
    const monologue = [...speech(450), ...quiet(6), ...speech(400), ...quiet(40)];
    const [first, second, ...others] = finals(run(monologue));
    expect(others).toEqual([]);
    expect(first?.endSample).toBe(second?.startSample);
    expect(first && inFrames(first.endSample)).toBeGreaterThanOrEqual(450);
    expect(first && inFrames(first.endSample)).toBeLessThanOrEqual(456);
    expect(second?.overlapSamples).toBe(0);
  });

  it('cuts a monologue without a pause with an overlap', () => {
    const [first, second] = finals(run([...speech(700), ...quiet(40)]));
    expect(first && inFrames(first.endSample)).toBe(S.longestFrames);
    expect(second && inFrames(second.startSample)).toBe(S.longestFrames - S.overlapFrames);
    expect(second && inFrames(second.overlapSamples)).toBe(S.overlapFrames);
  });

  it('gives a checkpoint after a long silence, and none in speech', () => {
    const events = run([...speech(200), ...quiet(S.endFrames + S.checkpointFrames)]);
    expect(events.filter((event) => event.kind === 'checkpoint')).toEqual([
      { kind: 'checkpoint', sample: (200 + S.checkpointFrames) * VAD_FRAME_SAMPLES },
    ]);
  });

  it('goes on after a checkpoint as a new one would', () => {
    const before = [...speech(20), ...quiet(S.checkpointFrames)];
    const after = [...quiet(20), ...speech(30), ...quiet(20), ...speech(9), ...quiet(30)];
    const whole = finals(run([...before, ...after]));
    const resumed = finals(run(after));
    const shift = before.length * VAD_FRAME_SAMPLES;
    expect(whole.slice(1).map((one) => [one.startSample, one.endSample])).toEqual(
      resumed.map((one) => [one.startSample + shift, one.endSample + shift]),
    );
  });

  it('covers every frame of speech by exactly one utterance, whatever is said', () => {
    const stretch = fc.tuple(
      fc.integer({ min: 1, max: 300 }),
      fc.constantFrom(0.02, 0.4, 0.6, 0.95),
    );
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), (stretches) => {
        const probabilities = stretches.flatMap(([frames, p]) => Array<number>(frames).fill(p));
        const events = run(probabilities);
        const utterances = finals(events);
        const discarded = events.filter((event) => event.kind === 'discarded').length;
        for (const [k, probability] of probabilities.entries()) {
          const at = k * VAD_FRAME_SAMPLES;
          const holders = utterances.filter(
            (one) => at >= one.startSample + one.overlapSamples && at < one.endSample,
          );
          expect(holders.length).toBeLessThanOrEqual(1);
          if (probability >= 0.5 && discarded === 0) expect(holders).toHaveLength(1);
        }
        for (const one of utterances) {
          expect(one.pcm.length).toBe(one.endSample - one.startSample);
          expect(one.pcm.length / VAD_FRAME_SAMPLES).toBeLessThanOrEqual(
            S.longestFrames + S.overlapFrames,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    { endProbability: 0.9 },
    { speculateFrames: 100 },
    { postRollFrames: 30 },
    { longestFrames: 40 },
  ])('refuses settings that contradict each other: %o', (changes) => {
    expect(() => segmenterSettings(changes)).toThrow(RangeError);
  });
});
