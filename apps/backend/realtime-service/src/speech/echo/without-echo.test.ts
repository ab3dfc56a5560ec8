import { describe, expect, it } from 'vitest';
import type { Utterance } from '../utterance.ts';
import { VAD_FRAME_SAMPLES } from '../vad.ts';
import { withoutEcho } from './without-echo.ts';

const START = 100 * VAD_FRAME_SAMPLES;

/** An utterance drawn frame by frame: `d` the doctor's echo, `p` the patient, `.` quiet. */
function drawn(picture: string): Utterance {
  const pcm = new Float32Array(picture.length * VAD_FRAME_SAMPLES).fill(0.1);
  const spoken = [...picture].map((kind) => kind !== '.');
  return {
    index: 0,
    startSample: START,
    endSample: START + pcm.length,
    speechStartSample: START + spoken.indexOf(true) * VAD_FRAME_SAMPLES,
    speechEndSample: START + (spoken.lastIndexOf(true) + 1) * VAD_FRAME_SAMPLES,
    pcm,
    speechSeconds: 1,
    speechProbability: 0.9,
    overlapSamples: 0,
    probabilities: Float32Array.from(spoken, (one) => (one ? 0.9 : 0.05)),
  };
}

const clean = (picture: string) =>
  withoutEcho(drawn(picture), (sample) => picture[(sample - START) / VAD_FRAME_SAMPLES] === 'd');

describe('an utterance without echo', () => {
  it('is the same one when there is none', () => {
    const utterance = drawn('...pppppppppp...');
    expect(withoutEcho(utterance, () => false)).toBe(utterance);
  });

  it('is nothing when all of it was echo', () => {
    expect(clean('...dddddddddddddd......')).toBeNull();
  });

  it('is nothing when only scraps are left', () => {
    expect(clean('...ddddddpddddppddddd......')).toBeNull();
  });

  it('begins where the own voice begins, and keeps its place', () => {
    const own = clean('....dddddddddddddddd..........pppppppppp......');
    expect(own).toMatchObject({
      startSample: START,
      speechStartSample: START + 30 * VAD_FRAME_SAMPLES,
      speechEndSample: START + 40 * VAD_FRAME_SAMPLES,
      speechSeconds: (10 * VAD_FRAME_SAMPLES) / 16_000,
    });
    expect(own?.speechProbability).toBeCloseTo(0.9);
    // 0.3 s before, 0.2 s after.
    expect(own?.pcm.length).toBe((9 + 10 + 6) * VAD_FRAME_SAMPLES);
  });

  it('keeps the pauses between own words, and silences the echo between them', () => {
    const own = clean('pppppppp....pppppppppp..dddddddddd..pppppppppp');
    expect(own?.pcm.length).toBe(46 * VAD_FRAME_SAMPLES);
    const level = (frame: number) => own?.pcm[frame * VAD_FRAME_SAMPLES] ?? Number.NaN;
    expect([9, 23, 35].map((frame) => level(frame) > 0)).toEqual([true, true, true]);
    expect([24, 28, 33].map(level)).toEqual([0, 0, 0]);
    expect(own?.silenced).toEqual([
      { from: START + 24 * VAD_FRAME_SAMPLES, to: START + 34 * VAD_FRAME_SAMPLES },
    ]);
  });

  it('does not lose a word in which a few frames look like echo', () => {
    const utterance = drawn('ppppppddddpppppppppp');
    expect(withoutEcho(utterance, (s) => s >= START + 6 * 512 && s < START + 10 * 512)).toBe(
      utterance,
    );
  });
});
