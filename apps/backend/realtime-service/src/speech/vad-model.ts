import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** Silero VAD reads 32 ms at a time… */
export const VAD_FRAME_SAMPLES = 512;
/** …preceded by the last 4 ms of the frame before. */
export const CONTEXT_SAMPLES = 64;
export const WINDOW_SAMPLES = CONTEXT_SAMPLES + VAD_FRAME_SAMPLES;
/** Two layers of memory. */
export const LAYERS = 2;
export const LAYER_VALUES = 128;

type Floats = Float32Array<ArrayBuffer>;

/** One frame of each of several streams; whoever asks gives the arrays away. */
export interface VadBatch {
  readonly count: number;
  /** count × WINDOW_SAMPLES. */
  readonly input: Floats;
  /** What the streams remember: LAYERS × count × LAYER_VALUES. */
  readonly state: Floats;
}

export interface VadVerdict {
  /** Of speech, one for each stream. */
  readonly probabilities: Floats;
  /** What they remember from now on. */
  readonly state: Floats;
}

export interface VadModel {
  judge(batch: VadBatch): Promise<VadVerdict>;
}

/**
 * The model in the caller's own thread: onnxruntime's binding computes where it is called.
 *
 * @param modelsDir the folder that holds `silero-vad/`
 */
export async function loadVadModel(modelsDir: string): Promise<VadModel> {
  const session = await InferenceSession.create(
    join(modelsDir, 'silero-vad', 'silero_vad_v6.onnx'),
    { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' },
  );
  const rate = new Tensor('int64', BigInt64Array.of(16_000n), []);
  return {
    async judge({ count, input, state }) {
      const { output, stateN } = await session.run({
        input: new Tensor('float32', input, [count, WINDOW_SAMPLES]),
        state: new Tensor('float32', state, [LAYERS, count, LAYER_VALUES]),
        sr: rate,
      });
      return { probabilities: floatsOf(output), state: floatsOf(stateN) };
    },
  };
}

/** Copied: the runtime's memory cannot be given to another thread. */
function floatsOf(tensor: Tensor | undefined): Floats {
  if (!(tensor?.data instanceof Float32Array)) {
    throw new TypeError('The voice activity model gave no float32 answer');
  }
  return new Float32Array(tensor.data);
}
