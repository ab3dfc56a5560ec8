import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readWav } from '../../../../../bench/speech/wav.ts';
import { toFloat } from './pcm.ts';
import type { Vad, VadFactory } from './ports.ts';
import { loadVad, VAD_FRAME_SAMPLES, vadOf } from './vad.ts';
import { VadThread } from './vad-thread.ts';

/** The real weights, on real sound. */
const root = join(import.meta.dirname, '../../../../..');
const frames = 120;

let factory: VadFactory;
let speech: Float32Array;

beforeAll(async () => {
  factory = await loadVad(join(root, 'models'));
  speech = toFloat(await readWav(join(root, 'tests/fixtures/audio/cefaleia/paciente.wav')));
});

async function listen(vad: Vad, fromSample: number): Promise<number[]> {
  const heard: number[] = [];
  for (let i = 0; i < frames; i += 1) {
    const at = fromSample + i * VAD_FRAME_SAMPLES;
    heard.push(await vad.probability(speech.subarray(at, at + VAD_FRAME_SAMPLES)));
  }
  return heard;
}

describe('voice activity of many streams', () => {
  it('is the same to the bit alone and beside forty others, whatever they hear', async () => {
    const places = Array.from({ length: 41 }, (_, i) => i * 16_100);
    const together = await Promise.all(places.map((place) => listen(factory(), place)));
    for (const at of [0, 7, 40]) {
      expect(together[at]).toEqual(await listen(factory(), places[at] as number));
    }
    expect(Math.max(...together.flat())).toBeGreaterThan(0.9);
    expect(Math.min(...together.flat())).toBeLessThan(0.1);
  });

  it('forgets at a reset only what its own stream heard', async () => {
    const [mine, other] = [factory(), factory()];
    const [fresh, left] = await Promise.all([listen(mine, 0), listen(other, 0)]);
    mine.reset();
    const [again, on] = await Promise.all([listen(mine, 0), listen(other, 0)]);
    expect(again).toEqual(fresh);
    expect(left).toEqual(fresh);
    expect(on).not.toEqual(fresh);
  });

  it('refuses a frame of another length and goes on with the next', async () => {
    const vad = factory();
    await expect(vad.probability(new Float32Array(100))).rejects.toThrow(RangeError);
    expect(await listen(vad, 0)).toEqual(await listen(factory(), 0));
  });
});

describe('voice activity in a thread of its own', { timeout: 120_000 }, () => {
  it('is the same to the bit', async () => {
    const thread = new VadThread(join(root, 'models'));
    try {
      await thread.start();
      const there = vadOf(thread);
      const places = [0, 16_100, 32_200];
      const heard = await Promise.all(places.map((place) => listen(there(), place)));
      for (const [i, place] of places.entries()) {
        expect(heard[i]).toEqual(await listen(factory(), place));
      }
    } finally {
      await thread.stop();
    }
  });

  it('does not start without its weights', async () => {
    const thread = new VadThread(join(root, 'no-such-folder'));
    await expect(thread.start()).rejects.toThrow(/silero/);
    await thread.stop();
  });
});
