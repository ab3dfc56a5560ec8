import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Segmenter, type SegmenterEvent } from './segmenter.ts';
import { DEFAULT_SEGMENTER_SETTINGS as S } from './segmenter-settings.ts';
import { Takeovers } from './takeovers.ts';
import type { Utterance } from './utterance.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

const quiet = (frames: number) => Array<number>(frames).fill(0.02);
const speech = (frames: number) => Array<number>(frames).fill(0.9);
const inFrames = (sample: number) => sample / VAD_FRAME_SAMPLES;

/** Somebody takes over at these frames of the stream; it is believed after so many frames. */
async function run(
  probabilities: readonly number[],
  changes: readonly number[],
  believedAfter = 32,
): Promise<SegmenterEvent[]> {
  const segmenter = new Segmenter();
  const takeovers = new Takeovers(
    {
      async takeoverIn({ endSample, startSample }) {
        const change = changes.findLast(
          (frame) =>
            frame * VAD_FRAME_SAMPLES > startSample &&
            endSample - frame * VAD_FRAME_SAMPLES >= believedAfter * VAD_FRAME_SAMPLES,
        );
        return change === undefined ? null : change * VAD_FRAME_SAMPLES - startSample;
      },
    },
    segmenter,
  );
  const events: SegmenterEvent[] = [];
  for (const [k, probability] of probabilities.entries()) {
    const pcm = new Float32Array(VAD_FRAME_SAMPLES).fill(k);
    const frame = { startSample: k * VAD_FRAME_SAMPLES, pcm, missing: false };
    events.push(...segmenter.push(frame, probability), ...(await takeovers.look()));
  }
  return [...events, ...segmenter.flush()];
}

const finals = (events: readonly SegmenterEvent[]): Utterance[] =>
  events.flatMap((event) => (event.kind === 'final' ? event.utterance : []));

describe('a takeover in an open utterance', () => {
  it('ends the first person’s part where it was guessed to end, long before the other is done', async () => {
    const gap = S.speculateFrames + 3;
    const said = [...speech(100), ...quiet(gap), ...speech(200), ...quiet(40)];
    const events = await run(said, [100 + gap - 2]);
    const guess = events.find((event) => event.kind === 'maybe-end');
    const [first, second, ...others] = finals(events);
    expect(others).toEqual([]);
    expect(guess).toEqual({ kind: 'maybe-end', utterance: first });
    expect(first && inFrames(first.endSample)).toBe(100 + S.postRollFrames);
    // With the quiet that any utterance has before it.
    expect(second && inFrames(second.startSample)).toBe(100 + gap - S.preRollFrames);
    expect(second && inFrames(second.speechStartSample)).toBe(100 + gap);
    expect(second).toMatchObject({ index: 1, overlapSamples: 0 });
    const known = events.findIndex((event) => event.kind === 'final');
    const partials = events.slice(known).filter((event) => event.kind === 'partial-candidate');
    expect(partials.length).toBeGreaterThanOrEqual(4);
    expect(partials.every((event) => event.utterance.index === 1)).toBe(true);
  });

  it('without a pause divides at the change itself', async () => {
    const [first, second] = finals(await run([...speech(220), ...quiet(40)], [110]));
    expect(first && inFrames(first.endSample)).toBe(110);
    expect(second && inFrames(second.startSample)).toBe(110);
  });

  it('guesses the end of the rest anew when it lay in a pause already', async () => {
    const gap = S.speculateFrames + 1;
    const said = [...speech(60), ...quiet(gap), ...speech(28), ...quiet(40)];
    // Believed only in the pause after the second person’s few words.
    const events = await run(said, [60 + gap], 33);
    const [, second] = finals(events);
    const guesses = events.flatMap((event) =>
      event.kind === 'maybe-end' ? [event.utterance.startSample] : [],
    );
    expect(guesses.at(-1)).toBe(second?.startSample);
  });

  it('is not believed where one side has no speech', async () => {
    const events = await run([...speech(3), ...quiet(6), ...speech(120), ...quiet(40)], [5]);
    expect(finals(events)).toHaveLength(1);
  });

  it('is not believed in the sound that the utterance before holds too', async () => {
    // Cut at the longest window without a pause: both sides hold the last second before.
    const cut = S.longestFrames;
    const said = [...speech(cut), ...speech(60), ...quiet(40)];
    const within = cut - S.overlapFrames + 20;
    expect(finals(await run(said, [within], 10))).toHaveLength(2);
    const [, , third] = finals(await run(said, [cut + 20], 10));
    expect(third && inFrames(third.startSample)).toBe(cut + 20);
  });

  it('is looked for four times a second at first, and once a second in a long utterance', async () => {
    const segmenter = new Segmenter();
    const looks: number[] = [];
    const takeovers = new Takeovers(
      {
        async takeoverIn() {
          looks.push(segmenter.openFrames);
          return null;
        },
      },
      segmenter,
    );
    const pcm = new Float32Array(VAD_FRAME_SAMPLES);
    for (let k = 0; k < 400; k += 1) {
      segmenter.push({ startSample: k * VAD_FRAME_SAMPLES, pcm, missing: false }, 0.9);
      await takeovers.look();
    }
    const steps = looks.slice(1).map((frame, i) => frame - (looks[i] as number));
    const old = looks.findIndex((frame) => frame > 160);
    expect(new Set(steps.slice(0, old - 1))).toEqual(new Set([8]));
    expect(new Set(steps.slice(old - 1))).toEqual(new Set([32]));
  });

  it('leaves every frame of speech in exactly one utterance, wherever it is found', async () => {
    const stretch = fc.tuple(fc.integer({ min: 6, max: 200 }), fc.constantFrom(0.02, 0.4, 0.95));
    await fc.assert(
      fc.asyncProperty(
        fc.array(stretch, { minLength: 2, maxLength: 10 }),
        fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 6 }),
        fc.integer({ min: 10, max: 80 }),
        async (stretches, changes, believedAfter) => {
          const probabilities = stretches.flatMap(([n, p]) => Array<number>(n).fill(p));
          const utterances = finals(
            await run(
              probabilities,
              changes.toSorted((a, b) => a - b),
              believedAfter,
            ),
          );
          for (const [k, probability] of probabilities.entries()) {
            if (probability < 0.9) continue;
            const at = k * VAD_FRAME_SAMPLES;
            const holders = utterances.filter(
              (one) => at >= one.startSample + one.overlapSamples && at < one.endSample,
            );
            expect(holders).toHaveLength(1);
          }
          const starts = utterances.map((one) => one.startSample);
          expect(new Set(starts).size).toBe(starts.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
