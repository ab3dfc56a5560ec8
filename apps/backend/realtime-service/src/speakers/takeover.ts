import { type Part, voicedSeconds } from './change-points.ts';
import { type Cepstra, melCepstra } from './mfcc.ts';
import type { ClusteringSettings, VoiceModel } from './online-clustering.ts';
import type { SpeakerEmbedder } from './voice-features.ts';
import { type EmbeddedParts, partsByVoice } from './voice-parts.ts';

/**
 * So long, pauses left out, both voices must have been heard: less may be a word that sounds otherwise,
 * and where one voice hands over to the other is not yet certain.
 */
const EVIDENT_SECONDS = 1;

/** A sound as it grows: what was computed of its beginning is not computed again. */
interface Watched {
  readonly key: string;
  readonly model: VoiceModel | null;
  readonly cepstra: Cepstra;
  readonly embedded: EmbeddedParts;
}

/** Hears whether another voice has taken over in a sound that is still going on. */
export class TakeoverEar {
  private readonly embedder: SpeakerEmbedder;
  private readonly settings: ClusteringSettings;
  private watched: Watched | null = null;

  constructor(embedder: SpeakerEmbedder, settings: ClusteringSettings) {
    this.embedder = embedder;
    this.settings = settings;
  }

  /**
   * @param key names the sound: the same while it grows
   * @param modelBefore the voices known before it; asked once a sound
   * @returns samples from its start, or null
   */
  async listen(
    key: string,
    pcm: Float32Array,
    modelBefore: () => VoiceModel | null,
  ): Promise<number | null> {
    const known = this.watched?.key === key ? this.watched : null;
    const model = known ? known.model : modelBefore();
    const cepstra = melCepstra(pcm, known?.cepstra);
    const embedded: EmbeddedParts = known?.embedded ?? new Map();
    this.watched = { key, model, cepstra, embedded };
    const parts = await partsByVoice(
      { pcm, cepstra, embedded },
      model,
      this.embedder,
      this.settings,
    );
    const evident = (part: Part) => voicedSeconds(cepstra, part) >= EVIDENT_SECONDS;
    const next = parts.findLast((part, i) => {
      const before = parts[i - 1];
      return before !== undefined && evident(before) && evident(part);
    });
    return next?.startSample ?? null;
  }
}
