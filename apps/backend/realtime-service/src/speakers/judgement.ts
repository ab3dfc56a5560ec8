import { evidenceByClicks, pinOf } from './correction.ts';
import type { VoiceProfile } from './enrolment.ts';
import {
  type ClusteringSettings,
  guessVoice,
  modelVoices,
  type Voice,
  type VoiceModel,
} from './online-clustering.ts';
import type { KnownPiece } from './piece.ts';
import { doctorsVoice, evidenceByVoice } from './roles.ts';
import type { SpeakerEmbedder } from './voice-features.ts';

export interface Guess {
  readonly voice: Voice | null;
  readonly certainty: number;
}

/** What all pieces together say. */
export interface Judgement {
  /** Null while nobody has spoken. */
  readonly model: VoiceModel | null;
  readonly doctor: Voice;
  /** Log odds that voice A is the doctor's. */
  readonly roleOdds: number;
  readonly guessOf: (piece: KnownPiece) => Guess;
}

export const NOTHING_HEARD: Judgement = {
  model: null,
  doctor: 'A',
  roleOdds: 0,
  guessOf: () => ({ voice: null, certainty: 0.5 }),
};

/** A piece this long is enough to call the first voice by. */
const LONG_ENOUGH_SECONDS = 1;

/** Judges pieces: which voices there are, which of them is the doctor's, whose each piece is. */
export class VoiceJudge {
  private readonly options: { embedder: SpeakerEmbedder; enrolled?: VoiceProfile | null };
  private readonly settings: ClusteringSettings;

  constructor(
    options: { readonly embedder: SpeakerEmbedder; readonly enrolled?: VoiceProfile | null },
    settings: ClusteringSettings,
  ) {
    this.options = options;
    this.settings = settings;
  }

  /** What pieces say, clicks included. */
  judgementOf(pieces: readonly KnownPiece[]): Judgement {
    const points = pieces.filter((p) => p.correction !== 'UNKNOWN');
    if (points.length === 0) return NOTHING_HEARD;
    const free = this.modelOf(points, () => null, null);
    const { doctor, odds: roleOdds } = this.namesOf(free, points);
    const pin = (p: KnownPiece) => (p.correction === null ? null : pinOf(p.correction, doctor));
    const corrected = points.some((p) => p.correction !== null);
    const model = corrected ? this.modelOf(points, pin, free) : free;
    const guessOf = (piece: KnownPiece): Guess =>
      piece.correction === null
        ? guessVoice(model, piece.values, piece.seconds, this.settings)
        : { voice: pin(piece), certainty: 1 };
    return { model, doctor, roleOdds, guessOf };
  }

  /** The voices of pieces by their sound alone; null when there are none. */
  soundOf(pieces: readonly KnownPiece[]): VoiceModel | null {
    return pieces.length === 0 ? null : this.modelOf(pieces, () => null, null);
  }

  private modelOf(
    points: readonly KnownPiece[],
    pin: (p: KnownPiece) => Voice | null,
    start: VoiceModel | null,
  ): VoiceModel {
    const { usualDeviation } = this.options.embedder;
    const pinned = points.map((p) => ({ ...p, pinned: pin(p) }));
    const model = modelVoices(pinned, usualDeviation, this.settings, start);
    return start === null ? this.firstIsA(model, points) : model;
  }

  /** Groups have no names of their own: A is the voice that spoke first. */
  private firstIsA(model: VoiceModel, points: readonly KnownPiece[]): VoiceModel {
    const { A, B } = model.centres;
    const long = points.filter((p) => p.seconds >= LONG_ENOUGH_SECONDS);
    for (const { seconds, values } of [...long, ...points]) {
      const { voice } = guessVoice(model, values, seconds, this.settings);
      if (voice === 'A') return model;
      if (voice === 'B') return { ...model, centres: { A: B, B: A } };
    }
    return model;
  }

  private namesOf(model: VoiceModel, points: readonly KnownPiece[]) {
    const { enrolled, embedder } = this.options;
    const said = points.map(({ cueOdds, id, correction, seconds, values }) => {
      const { voice } = guessVoice(model, values, seconds, this.settings);
      return { id, correction, voice, odds: cueOdds };
    });
    const byVoice = enrolled
      ? evidenceByVoice(model, enrolled.vectors, embedder.usualDeviation)
      : 0;
    const clicks = said.flatMap(({ correction, id }) =>
      correction === null ? [] : [{ id, label: correction }],
    );
    const voices = new Map(said.map(({ id, voice }) => [id, voice]));
    const byClicks = evidenceByClicks(clicks, (id) => voices.get(id) ?? null);
    return doctorsVoice(byVoice + byClicks, said);
  }
}
