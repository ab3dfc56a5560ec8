import { describe, expect, it } from 'vitest';
import { VAD_FRAME_SAMPLES, vadOf } from './vad.ts';
import type { Timing } from './vad-gathering.ts';
import { LAYER_VALUES, LAYERS, type VadModel } from './vad-model.ts';

/** Streams bring a frame each 32 ms, one stream in each turn of the loop: so many turns is a sleep long. */
class TurnTiming implements Timing {
  time = 0;
  slept = 0;
  private readonly streams: number;

  constructor(streams: number) {
    this.streams = streams;
  }

  now(): number {
    return this.time;
  }

  async sleep(ms: number): Promise<void> {
    this.slept += 1;
    for (let turn = 0; turn < (ms / 32) * this.streams; turn += 1) await aTurn();
    this.time += ms;
  }
}

function aTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function countingModel(): { model: VadModel; runs: number[] } {
  const runs: number[] = [];
  const model: VadModel = {
    async judge({ count }) {
      runs.push(count);
      return {
        probabilities: new Float32Array(count),
        state: new Float32Array(LAYERS * count * LAYER_VALUES),
      };
    },
  };
  return { model, runs };
}

const frame = new Float32Array(VAD_FRAME_SAMPLES);

async function hear(streams: number, seconds: number, timing: TurnTiming): Promise<number[]> {
  const { model, runs } = countingModel();
  const newVad = vadOf(model, timing);
  const vads = Array.from({ length: streams }, () => newVad());
  const rounds = Math.round((seconds * 16_000) / VAD_FRAME_SAMPLES);
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = timing.time;
    const judged: Promise<number>[] = [];
    for (const vad of vads) {
      judged.push(vad.probability(frame));
      await aTurn();
    }
    await Promise.all(judged);
    timing.time = Math.max(timing.time, startedAt + 32);
  }
  return runs;
}

describe('frames that wait for each other', () => {
  it('share a run when many streams are heard', async () => {
    const timing = new TurnTiming(100);
    const runs = await hear(100, 3, timing);
    const last = runs.slice(-20);
    expect(timing.slept).toBeGreaterThan(0);
    expect(last.reduce((sum, frames) => sum + frames, 0) / last.length).toBeGreaterThan(5);
  });

  it('are judged as they come when few are', async () => {
    const timing = new TurnTiming(8);
    const runs = await hear(8, 3, timing);
    expect(timing.slept).toBe(0);
    expect(Math.max(...runs)).toBe(1);
  });

  it('are judged as they come when few are heard and one of them catches up', async () => {
    const timing = new TurnTiming(8);
    const { model } = countingModel();
    const newVad = vadOf(model, timing);
    const [hasty, ...others] = Array.from({ length: 8 }, () => newVad());
    for (let round = 0; round < 100; round += 1) {
      for (const vad of others) await vad.probability(frame);
      for (let ahead = 0; ahead < 20; ahead += 1) await hasty?.probability(frame);
      timing.time += 32;
    }
    expect(timing.slept).toBe(0);
  });

  it('do not wait for others when a run is full already', async () => {
    const timing = new TurnTiming(1000);
    const { model, runs } = countingModel();
    const newVad = vadOf(model, timing);
    const vads = Array.from({ length: 1000 }, () => newVad());
    for (let round = 0; round < 40; round += 1) {
      await Promise.all(vads.map((vad) => vad.probability(frame)));
      timing.time += 32;
    }
    expect(Math.max(...runs)).toBe(32);
    // Of 32 runs a round only the last, which is not full, may wait.
    expect(timing.slept).toBeLessThanOrEqual(2 * 40);
  });
});
