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
  release(): Promise<void>;
}

async function readSidecar(folder: string): Promise<z.infer<typeof sidecarSchema>> {
  try {
    return sidecarSchema.parse(JSON.parse(await readFile(join(folder, 'medcall.json'), 'utf8')));
  } catch (error) {
    // A usual export has no such file: it gets the window that every export accepts.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { name: 'whisper', encoderFrames: 'fixed' };
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
    async advance(sound, state, tokens) {
      const outputs = await decoder.run({
        ...state.sound,
        ...state.text,
        input_ids: ids(tokens, tokens.length),
        encoder_hidden_states: sound,
        use_cache_branch: branch(true),
      });
      return { logits: logitsOf(outputs), state: splitState(outputs, state.sound) };
    },
    async release() {
      await Promise.all([encoder.release(), decoder.release()]);
    },
  };
}
