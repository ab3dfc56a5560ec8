import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { MEL_BANDS } from './mel.ts';

const configSchema = z.object({
  decoder_layers: z.number().int().positive(),
  decoder_attention_heads: z.number().int().positive(),
  d_model: z.number().int().positive(),
  vocab_size: z.number().int().positive(),
  max_target_positions: z.number().int().positive().default(448),
});

const sidecarSchema = z.object({
  name: z.string().min(1),
  encoderFrames: z.enum(['any-even', 'fixed']),
  /** Whether several hypotheses may share one copy of the sound's keys and values. */
  sharedSound: z.boolean().default(false),
});

/** Keys and values of all decoder layers for the tokens read so far. */
export interface DecoderState {
  /** Of the sound; computed once, shared by every step. */
  readonly sound: Readonly<Record<string, Tensor>>;
  /** Of the text; grows by one with every step. */
  readonly text: Readonly<Record<string, Tensor>>;
}

export interface DecoderStep {
  /** `batch × tokens × vocabulary`, flat. */
  readonly logits: Float32Array;
  readonly state: DecoderState;
}

/** The two networks of a Whisper export, and nothing of how they are searched. */
export interface WhisperModel {
  readonly name: string;
  readonly encoderFrames: 'any-even' | 'fixed';
  readonly vocabularySize: number;
  readonly maxTokens: number;
  encode(mel: Float32Array, frames: number): Promise<Tensor>;
  /** Reads the prompt, for one hypothesis. */
  begin(sound: Tensor, prompt: readonly number[]): Promise<DecoderStep>;
  /** Reads one more token for each hypothesis in `state`. */
  advance(sound: Tensor, state: DecoderState, tokens: readonly number[]): Promise<DecoderStep>;
  /** The state of new hypotheses, each grown from one of the old. */
  select(state: DecoderState, parents: readonly number[]): DecoderState;
  release(): Promise<void>;
}

async function readSidecar(folder: string): Promise<z.infer<typeof sidecarSchema>> {
  try {
    return sidecarSchema.parse(JSON.parse(await readFile(join(folder, 'medcall.json'), 'utf8')));
  } catch (error) {
    // A usual export has no such file: it gets the window that every export accepts.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { name: 'whisper', encoderFrames: 'fixed', sharedSound: false };
    }
    throw error;
  }
}

function ids(tokens: readonly number[], batch: number): Tensor {
  return new Tensor('int64', BigInt64Array.from(tokens, BigInt), [batch, tokens.length / batch]);
}

function splitState(
  outputs: InferenceSession.OnnxValueMapType,
  sound: DecoderState['sound'] | null,
): DecoderState {
  const text: Record<string, Tensor> = {};
  const fresh: Record<string, Tensor> = {};
  for (const [name, value] of Object.entries(outputs)) {
    if (!name.startsWith('present.') || !(value instanceof Tensor)) continue;
    const input = name.replace('present.', 'past_key_values.');
    if (name.includes('.decoder.')) text[input] = value;
    else fresh[input] = value;
  }
  // With the cache in use the merged graph answers empty tensors for the sound: keep the first.
  return { sound: sound ?? fresh, text };
}

/** Rows of a tensor's first axis, in a new order and number. */
function selectRows(tensor: Tensor, rows: readonly number[]): Tensor {
  if (!(tensor.data instanceof Float32Array)) throw new TypeError('A cache is not float32');
  const [batch, ...rest] = tensor.dims as [number, ...number[]];
  const size = tensor.data.length / batch;
  const data = new Float32Array(size * rows.length);
  rows.forEach((row, i) => {
    data.set((tensor.data as Float32Array).subarray(row * size, (row + 1) * size), i * size);
  });
  return new Tensor('float32', data, [rows.length, ...rest]);
}

function mapTensors(
  tensors: Readonly<Record<string, Tensor>>,
  change: (tensor: Tensor) => Tensor,
): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, one]) => [name, change(one)]));
}

function logitsOf(outputs: InferenceSession.OnnxValueMapType): Float32Array {
  const logits = outputs.logits;
  if (!(logits instanceof Tensor) || !(logits.data instanceof Float32Array)) {
    throw new TypeError('The decoder gave no float32 logits');
  }
  return logits.data;
}

/** Loads the networks of a folder in transformers.js' layout (int8) on so many threads. */
export async function loadModel(folder: string, threads: number): Promise<WhisperModel> {
  const [configText, sidecar] = await Promise.all([
    readFile(join(folder, 'config.json'), 'utf8'),
    readSidecar(folder),
  ]);
  const config = configSchema.parse(JSON.parse(configText));
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  };
  const [encoder, decoder] = await Promise.all([
    InferenceSession.create(join(folder, 'onnx/encoder_model_quantized.onnx'), options),
    InferenceSession.create(join(folder, 'onnx/decoder_model_merged_quantized.onnx'), options),
  ]);
  const headSize = config.d_model / config.decoder_attention_heads;
  const nothing = new Tensor('float32', new Float32Array(0), [
    1,
    config.decoder_attention_heads,
    0,
    headSize,
  ]);
  const emptyState = Object.fromEntries(
    decoder.inputNames.filter((name) => name.startsWith('past_')).map((name) => [name, nothing]),
  );
  const branch = (cached: boolean) => new Tensor('bool', Uint8Array.of(cached ? 1 : 0), [1]);

  return {
    name: sidecar.name,
    encoderFrames: sidecar.encoderFrames,
    vocabularySize: config.vocab_size,
    maxTokens: config.max_target_positions,
    async encode(mel, frames) {
      const input = new Tensor('float32', mel, [1, MEL_BANDS, frames]);
      const outputs = await encoder.run({ input_features: input });
      const sound = outputs.last_hidden_state;
      if (sound === undefined) throw new TypeError('The encoder gave no hidden state');
      return sound;
    },
    async begin(sound, prompt) {
      const outputs = await decoder.run({
        ...emptyState,
        input_ids: ids(prompt, 1),
        encoder_hidden_states: sound,
        use_cache_branch: branch(false),
      });
      return { logits: logitsOf(outputs), state: splitState(outputs, null) };
    },
    async advance(encoded, state, tokens) {
      // A shared sound keeps a batch of one; onnxruntime broadcasts it.
      const batch = sidecar.sharedSound ? 1 : tokens.length;
      const sound =
        encoded.dims[0] === batch
          ? encoded
          : selectRows(
              encoded,
              tokens.map(() => 0),
            );
      const outputs = await decoder.run({
        ...state.sound,
        ...state.text,
        input_ids: ids(tokens, tokens.length),
        encoder_hidden_states: sound,
        use_cache_branch: branch(true),
      });
      return { logits: logitsOf(outputs), state: splitState(outputs, state.sound) };
    },
    select(state, parents) {
      const text = mapTensors(state.text, (tensor) => selectRows(tensor, parents));
      const spread = (tensor: Tensor) =>
        tensor.dims[0] === parents.length
          ? tensor
          : selectRows(
              tensor,
              parents.map(() => 0),
            );
      return {
        text,
        sound: sidecar.sharedSound ? state.sound : mapTensors(state.sound, spread),
      };
    },
    async release() {
      await Promise.all([encoder.release(), decoder.release()]);
    },
  };
}
