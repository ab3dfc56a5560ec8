import type { Vad, VadFactory } from './ports.ts';
import { Gathering, type Timing } from './vad-gathering.ts';
import {
  CONTEXT_SAMPLES,
  LAYER_VALUES,
  LAYERS,
  loadVadModel,
  VAD_FRAME_SAMPLES,
  type VadModel,
  WINDOW_SAMPLES,
} from './vad-model.ts';

export { VAD_FRAME_SAMPLES } from './vad-model.ts';

/** One run with 32 streams costs a third of 32 runs; more gain little. */
const MOST_STREAMS = 32;

/**
 * Silero VAD, loaded once; each stream gets its own memory through the factory. Frames of different
 * streams that wait at the same time are judged in one run: the answers are the same to the bit.
 *
 * @param modelsDir the folder that holds `silero-vad/`
 */
export async function loadVad(modelsDir: string): Promise<VadFactory> {
  return vadOf(await loadVadModel(modelsDir));
}

/**
 * The same over a model that is loaded, perhaps in another thread.
 *
 * @param timing with one, frames of many streams wait for each other a little; without, each is judged as it comes
 */
export function vadOf(model: VadModel, timing?: Timing): VadFactory {
  const batches = new Batches(model, timing ? new Gathering(timing) : null);
  return () => new StreamVad(batches);
}

/** What one stream remembers, and its frame that is to be judged. */
interface Lane {
  readonly window: Float32Array;
  readonly state: Float32Array;
}

class StreamVad implements Vad {
  private readonly batches: Batches;
  private readonly lane: Lane = {
    window: new Float32Array(WINDOW_SAMPLES),
    state: new Float32Array(LAYERS * LAYER_VALUES),
  };

  constructor(batches: Batches) {
    this.batches = batches;
  }

  async probability(frame: Float32Array): Promise<number> {
    if (frame.length !== VAD_FRAME_SAMPLES) {
      throw new RangeError(`A frame has ${VAD_FRAME_SAMPLES} samples, not ${frame.length}`);
    }
    this.lane.window.copyWithin(0, VAD_FRAME_SAMPLES);
    this.lane.window.set(frame, CONTEXT_SAMPLES);
    return this.batches.judge(this.lane);
  }

  reset(): void {
    this.lane.state.fill(0);
    this.lane.window.fill(0);
  }
}

interface Waiting {
  readonly lane: Lane;
  readonly resolve: (probability: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Collects the frames that streams bring within one turn of the event loop, and with many streams within a few. */
class Batches {
  private readonly model: VadModel;
  private readonly gathering: Gathering | null;
  private waiting: Waiting[] = [];
  private isRunning = false;

  constructor(model: VadModel, gathering: Gathering | null) {
    this.model = model;
    this.gathering = gathering;
  }

  judge(lane: Lane): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ lane, resolve, reject });
      if (this.isRunning) return;
      this.isRunning = true;
      setImmediate(() => void this.runAll());
    });
  }

  private async runAll(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.gathering?.beforeRun(this.waiting.length >= MOST_STREAMS);
      const batch = this.waiting.splice(0, MOST_STREAMS);
      const lanes = batch.map(({ lane }) => lane);
      this.gathering?.judged(lanes);
      try {
        const probabilities = await this.run(lanes);
        batch.forEach(({ resolve }, i) => {
          resolve(probabilities[i] as number);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isRunning = false;
  }

  private async run(lanes: readonly Lane[]): Promise<Float32Array> {
    const count = lanes.length;
    const input = new Float32Array(count * WINDOW_SAMPLES);
    const state = new Float32Array(LAYERS * count * LAYER_VALUES);
    lanes.forEach((lane, i) => {
      input.set(lane.window, i * WINDOW_SAMPLES);
      for (let layer = 0; layer < LAYERS; layer += 1) {
        const own = lane.state.subarray(layer * LAYER_VALUES, (layer + 1) * LAYER_VALUES);
        state.set(own, (layer * count + i) * LAYER_VALUES);
      }
    });
    const verdict = await this.model.judge({ count, input, state });
    lanes.forEach((lane, i) => {
      for (let layer = 0; layer < LAYERS; layer += 1) {
        const from = (layer * count + i) * LAYER_VALUES;
        lane.state.set(verdict.state.subarray(from, from + LAYER_VALUES), layer * LAYER_VALUES);
      }
    });
    return verdict.probabilities;
  }
}
