import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Vad, VadFactory } from './ports.ts';

/** Silero VAD reads 32 ms at a time… */
export const VAD_FRAME_SAMPLES = 512;
/** …preceded by the last 4 ms of the frame before. */
const CONTEXT_SAMPLES = 64;
const STATE_SHAPE = [2, 1, 128] as const;

/**
 * Loads Silero VAD once; each stream gets its own memory through the factory.
 *
 * @param modelsDir the folder that holds `silero-vad/`
 */
export async function loadVad(modelsDir: string): Promise<VadFactory> {
  const session = await InferenceSession.create(
    join(modelsDir, 'silero-vad', 'silero_vad_v6.onnx'),
    { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' },
  );
  const rate = new Tensor('int64', BigInt64Array.of(16_000n), []);
  const silence = () => new Tensor('float32', new Float32Array(256), STATE_SHAPE);

  return (): Vad => {
    let state: Tensor = silence();
    const window = new Float32Array(CONTEXT_SAMPLES + VAD_FRAME_SAMPLES);
    return {
      async probability(frame) {
        if (frame.length !== VAD_FRAME_SAMPLES) {
          throw new RangeError(`A frame has ${VAD_FRAME_SAMPLES} samples, not ${frame.length}`);
        }
        window.copyWithin(0, VAD_FRAME_SAMPLES);
        window.set(frame, CONTEXT_SAMPLES);
        const input = new Tensor('float32', window, [1, window.length]);
        const { output, stateN } = await session.run({ input, state, sr: rate });
        if (!(stateN instanceof Tensor) || !(output?.data instanceof Float32Array)) {
          throw new TypeError('The voice activity model gave no float32 answer');
        }
        state = stateN;
        return output.data[0] as number;
      },
      reset() {
        state = silence();
        window.fill(0);
      },
    };
  };
}
