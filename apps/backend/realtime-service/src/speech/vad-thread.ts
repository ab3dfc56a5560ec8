import { z } from 'zod';
import { AskingThread } from '../threads/asking-thread.ts';
import {
  LAYER_VALUES,
  LAYERS,
  type VadBatch,
  type VadModel,
  type VadVerdict,
  WINDOW_SAMPLES,
} from './vad-model.ts';

export const floats = z.custom<Float32Array<ArrayBuffer>>((value) => value instanceof Float32Array);
const verdictSchema = z.object({ probabilities: floats, state: floats });

/** The voice activity model in a thread of its own: with a hundred streams it takes a third of a core. */
export class VadThread implements VadModel {
  private readonly thread: AskingThread<VadBatch>;

  /** @param modelsDir the folder that holds `silero-vad/` */
  constructor(modelsDir: string, file = new URL('./vad-worker.ts', import.meta.url)) {
    this.thread = new AskingThread({ file, name: 'vad', workerData: { modelsDir } });
  }

  /** Rejects when the thread dies or is stopped meanwhile. */
  async judge(batch: VadBatch): Promise<VadVerdict> {
    const { input, state } = batch;
    return verdictSchema.parse(await this.thread.ask(batch, [input.buffer, state.buffer]));
  }

  /** Loads the model; rejects when there is none to load. */
  async start(): Promise<void> {
    const input = new Float32Array(WINDOW_SAMPLES);
    await this.judge({ count: 1, input, state: new Float32Array(LAYERS * LAYER_VALUES) });
  }

  stop(): Promise<void> {
    return this.thread.stop();
  }
}
