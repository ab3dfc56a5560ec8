import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createFbank, FBANK_BANDS } from './fbank.ts';
import type { SpeakerEmbedder } from './voice-features.ts';

/**
 * Vectors of unit length, one voice in one room: the squared distance of two of them is about
 * 2 − 2 × 0.7, shared by all dimensions.
 */
const USUAL_SQUARED_DISTANCE = 0.6;
const LEAST_SAMPLES = 400;

export interface NeuralEmbedderOptions {
  /** Path of the ONNX file (`SPEAKER_MODEL_PATH`). */
  readonly path: string;
  /** Name in profiles and snapshots; the file's name serves. */
  readonly name: string;
}

/** What the model wants to hear, by the rank of its input. */
type Hearing = 'waveform' | 'fbank';

function hearingOf(session: InferenceSession): Hearing {
  const [input] = session.inputMetadata;
  if (input === undefined || !input.isTensor || input.type !== 'float32') {
    throw new TypeError('A speaker model needs one float32 input');
  }
  const { shape } = input;
  if (shape.length === 2) return 'waveform';
  const bands = shape[2];
  if (shape.length === 3 && (typeof bands !== 'number' || bands === FBANK_BANDS)) return 'fbank';
  throw new TypeError(
    `A speaker model takes [1, samples] or [1, frames, ${FBANK_BANDS}], not [${shape.join(', ')}]`,
  );
}

function unitLength(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return length > 0 ? values.map((value) => value / length) : values;
}

/**
 * A neural speaker model on onnxruntime, such as the exports of WeSpeaker (ResNet, CAM++) and
 * ECAPA-TDNN. Input, by its rank: `[1, frames, 80]` log-mel energies with each band's mean taken
 * away, or `[1, samples]` waveform at 16 kHz in −1…1. Output, the first: `[1, dimensions]`, scaled to
 * unit length here. Throws a TypeError when the model has other shapes.
 */
export async function loadNeuralEmbedder(options: NeuralEmbedderOptions): Promise<SpeakerEmbedder> {
  const session = await InferenceSession.create(options.path, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
  const hearing = hearingOf(session);
  const input = session.inputNames[0] as string;
  const output = session.outputNames[0] as string;
  const fbank = createFbank();

  const embed = async (pcm: Float32Array): Promise<Float32Array> => {
    const sound = pcm.length >= LEAST_SAMPLES ? pcm : padded(pcm);
    const tensor =
      hearing === 'waveform'
        ? new Tensor('float32', sound, [1, sound.length])
        : fbankTensor(fbank(sound));
    const result = (await session.run({ [input]: tensor }))[output];
    if (!(result?.data instanceof Float32Array)) {
      throw new TypeError('The speaker model gave no float32 answer');
    }
    return unitLength(Float32Array.from(result.data));
  };
  const { length: dimensions } = await embed(new Float32Array(16_000));
  const deviation = Math.sqrt(USUAL_SQUARED_DISTANCE / 2 / dimensions);
  return {
    name: options.name,
    dimensions,
    usualDeviation: new Float32Array(dimensions).fill(deviation),
    embed,
  };
}

function padded(pcm: Float32Array): Float32Array {
  const out = new Float32Array(LEAST_SAMPLES);
  out.set(pcm);
  return out;
}

function fbankTensor(values: Float32Array): Tensor {
  return new Tensor('float32', values, [1, values.length / FBANK_BANDS, FBANK_BANDS]);
}
