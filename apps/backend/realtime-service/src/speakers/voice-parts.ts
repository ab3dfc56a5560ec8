import { changesIn, type Part, partsBetween } from './change-points.ts';
import type { Cepstra } from './mfcc.ts';
import {
  type ClusteringSettings,
  guessVoice,
  type Voice,
  type VoiceModel,
} from './online-clustering.ts';
import type { SpeakerEmbedder } from './voice-features.ts';

/** Finer than what is believed on its own: the known voices decide which of them are real. */
const LOOSE = 2;
/** While there are not two voices yet, the change itself must be evident. */
const STRICT = 3;
/** A part between two of the same voice must be this certain to stand alone. */
const CERTAIN_PART = 0.66;

export interface HeardSound {
  readonly pcm: Float32Array;
  readonly cepstra: Cepstra;
  /** Of a sound that grows: what its parts were embedded as at earlier looks; filled here. */
  readonly embedded?: EmbeddedParts;
}

/** Values by the part's first sample and the one after its last. */
export type EmbeddedParts = Map<string, Float32Array>;

/** The parts of a sound between changes of voice; known voices are asked which changes are real. */
export async function partsByVoice(
  sound: HeardSound,
  model: VoiceModel | null,
  embedder: SpeakerEmbedder,
  settings: ClusteringSettings,
): Promise<Part[]> {
  const { cepstra, pcm } = sound;
  const known = model !== null && model.centres.A !== null && model.centres.B !== null;
  const changes = changesIn(cepstra, { strictness: known ? LOOSE : STRICT });
  const parts = partsBetween(changes, pcm.length);
  if (!known || parts.length < 2) return parts;
  return joined(await heardParts(sound, parts, model, embedder, settings));
}

interface HeardPart extends Part {
  /** Null: too unsure to stand alone. */
  readonly voice: Voice | null;
}

async function heardParts(
  { embedded, pcm }: HeardSound,
  parts: readonly Part[],
  model: VoiceModel,
  embedder: SpeakerEmbedder,
  settings: ClusteringSettings,
): Promise<HeardPart[]> {
  const heard: HeardPart[] = [];
  for (const part of parts) {
    const { endSample, startSample } = part;
    const seconds = (endSample - startSample) / 16_000;
    const key = `${startSample}-${endSample}`;
    const values =
      embedded?.get(key) ??
      Float32Array.from(await embedder.embed(pcm.subarray(startSample, endSample)));
    embedded?.set(key, values);
    const { voice, certainty } = guessVoice(model, values, seconds, settings);
    heard.push({ ...part, voice: certainty >= CERTAIN_PART ? voice : null });
  }
  return heard;
}

/** Joins neighbouring parts of one voice, and parts too unsure to stand alone. */
function joined(parts: readonly HeardPart[]): Part[] {
  const whole: HeardPart[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last && (part.voice === null || last.voice === null || last.voice === part.voice)) {
      whole[whole.length - 1] = {
        ...last,
        endSample: part.endSample,
        voice: last.voice ?? part.voice,
      };
    } else {
      whole.push(part);
    }
  }
  return whole.map(({ startSample, endSample }) => ({ startSample, endSample }));
}
