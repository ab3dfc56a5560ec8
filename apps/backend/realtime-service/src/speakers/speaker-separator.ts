import type { Part } from './change-points.ts';
import type { SpeakerLabel } from './correction.ts';
import type { VoiceProfile } from './enrolment.ts';
import { type Judgement, NOTHING_HEARD, VoiceJudge } from './judgement.ts';
import { melCepstra } from './mfcc.ts';
import {
  type ClusteringSettings,
  DEFAULT_CLUSTERING_SETTINGS,
  guessVoice,
  type Voice,
  type VoiceModel,
} from './online-clustering.ts';
import {
  type Added,
  inOrder,
  type KnownPiece,
  knownPiece,
  type Labelled,
  type Piece,
  type RememberedPiece,
  type Revision,
} from './piece.ts';
import type { RoleCue } from './roles.ts';
import { TakeoverEar } from './takeover.ts';
import type { SpeakerEmbedder } from './voice-features.ts';
import { partsByVoice } from './voice-parts.ts';

export interface SeparatorOptions {
  readonly embedder: SpeakerEmbedder;
  /** The doctor's voice; null or absent when never enrolled. */
  readonly enrolled?: VoiceProfile | null;
  readonly roleCue?: RoleCue;
  /**
   * Whether voices get a role before there is evidence for it (default). Then the first voice is
   * called the doctor with a confidence near one half; otherwise it is UNKNOWN until then.
   */
  readonly nameTentatively?: boolean;
  readonly clustering?: Partial<ClusteringSettings>;
}

export interface SpeakerSeparator {
  /**
   * The parts of a sound between changes of voice, in samples from its start. Depends on the sound
   * before it alone: not on texts and clicks, nor on anything that was said later.
   * @param place where the sound lies; without it, all that is known lies before it
   */
  split(pcm: Float32Array, place?: Place): Promise<Part[]>;
  /**
   * Where another voice has evidently taken over in a sound that still goes on, in samples from its
   * start, or null. Depends on the same as `split`.
   * @param place the same while the sound grows
   */
  takeover(pcm: Float32Array, place: Place): Promise<number | null>;
  /** Takes in a piece; a piece with an id already known is ignored and answered again. */
  add(piece: Piece): Promise<Added>;
  /** What a sound would be taken for, without taking it in. */
  guess(pcm: Float32Array): Promise<SpeakerLabel>;
  /** The text of a piece came later, or a better one did. */
  setText(id: string, text: string): readonly Revision[];
  /** A human's word on a piece: final for it, evidence for the others. Throws on unknown ids. */
  correct(id: string, label: SpeakerLabel): readonly Revision[];
  /** What a piece is taken for at present; null when the id is not known. */
  labelOf(id: string): Labelled | null;
  /** Whether more than one voice was heard so far. */
  readonly knowsTwoVoices: boolean;
}

type Place = Pick<Piece, 'stream' | 'startMs'>;

const TENTATIVE_BELOW = 1.5;
/** For a guess at somebody who is still speaking. */
const LIKELIER = { leastCertainty: 0.5, strangerFrom: Number.POSITIVE_INFINITY };
/** Nothing that is heard is quite certain. */
const MOST_CONFIDENT = 0.99;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Every judgement is a function of the pieces, texts and corrections known, in the order of time. */
class VoiceSeparator implements SpeakerSeparator {
  private readonly options: SeparatorOptions;
  private readonly settings: ClusteringSettings;
  private readonly ear: TakeoverEar;
  private readonly judge: VoiceJudge;
  private readonly byId = new Map<string, KnownPiece>();
  private pieces: KnownPiece[] = [];
  private judgement = NOTHING_HEARD;

  constructor(options: SeparatorOptions, remembered: readonly RememberedPiece[]) {
    this.options = options;
    this.settings = { ...DEFAULT_CLUSTERING_SETTINGS, ...options.clustering };
    this.ear = new TakeoverEar(options.embedder, this.settings);
    this.judge = new VoiceJudge(options, this.settings);
    for (const piece of remembered) this.take(piece, piece.values);
    this.relabel();
  }

  split(pcm: Float32Array, place?: Place): Promise<Part[]> {
    const { embedder } = this.options;
    const sound = { pcm, cepstra: melCepstra(pcm) };
    return partsByVoice(sound, this.modelBefore(place), embedder, this.settings);
  }

  takeover(pcm: Float32Array, place: Place): Promise<number | null> {
    const key = JSON.stringify([place.stream, place.startMs]);
    return this.ear.listen(key, pcm, () => this.modelBefore(place));
  }

  async add(piece: Piece): Promise<Added> {
    const values = this.byId.get(piece.id)?.values ?? (await this.embedded(piece.pcm));
    const known = this.byId.get(piece.id);
    if (known !== undefined) return { ...this.answer(known), values, revisions: [] };
    const fresh = this.take(piece, values);
    const revisions = this.relabel().filter(({ id }) => id !== piece.id);
    return { ...this.answer(fresh), values, revisions };
  }

  async guess(pcm: Float32Array): Promise<SpeakerLabel> {
    const startMs = (this.pieces.at(-1)?.startMs ?? 0) + 1;
    const endMs = startMs + pcm.length / 16;
    const values = await this.embedded(pcm);
    const piece = knownPiece({ id: 'guess', startMs, endMs, values, cueOdds: 0 });
    const judgement = this.judge.judgementOf([...this.pieces, piece]);
    const { model } = judgement;
    if (model === null) return 'UNKNOWN';
    // Shown as tentative and said again with every second: the likelier of the two, however little.
    const { voice } = guessVoice(model, values, piece.seconds, { ...this.settings, ...LIKELIER });
    return this.roleOf(voice, judgement);
  }

  setText(id: string, text: string): readonly Revision[] {
    const piece = this.known(id);
    const odds = this.cueOf(text);
    if (odds === piece.cueOdds) return [];
    piece.cueOdds = odds;
    return this.relabel();
  }

  correct(id: string, label: SpeakerLabel): readonly Revision[] {
    this.known(id).correction = label;
    return this.relabel();
  }

  labelOf(id: string): Labelled | null {
    const piece = this.byId.get(id);
    return piece === undefined ? null : this.answer(piece);
  }

  get knowsTwoVoices(): boolean {
    const centres = this.judgement.model?.centres;
    return centres !== undefined && centres.A !== null && centres.B !== null;
  }

  private modelBefore(place: Place | undefined): VoiceModel | null {
    const before =
      place === undefined
        ? this.pieces
        : this.pieces.filter((p) => p.stream === (place.stream ?? '') && p.startMs < place.startMs);
    return this.judge.soundOf(before);
  }

  private take(piece: Omit<RememberedPiece, 'values'>, values: ArrayLike<number>): KnownPiece {
    const fresh = knownPiece({ ...piece, values, cueOdds: this.cueOf(piece.text ?? '') });
    this.byId.set(fresh.id, fresh);
    this.pieces = [...this.pieces, fresh].sort(inOrder);
    return fresh;
  }

  private known(id: string): KnownPiece {
    const piece = this.byId.get(id);
    if (piece === undefined) throw new RangeError(`No piece has the id ${id}`);
    return piece;
  }

  private cueOf(text: string): number {
    return this.options.roleCue?.(text) ?? 0;
  }

  private async embedded(pcm: Float32Array): Promise<Float32Array> {
    return Float32Array.from(await this.options.embedder.embed(pcm));
  }

  private answer({ confidence, correction, label, seconds, voice }: KnownPiece): Labelled {
    const tentative = correction === null && Math.abs(this.judgement.roleOdds) < TENTATIVE_BELOW;
    return { label, confidence, voice, seconds, tentative };
  }

  private roleOf(voice: Voice | null, { doctor, roleOdds }: Judgement): SpeakerLabel {
    const named = this.options.nameTentatively !== false || Math.abs(roleOdds) >= TENTATIVE_BELOW;
    if (voice === null || !named) return 'UNKNOWN';
    return voice === doctor ? 'MEDICO' : 'PACIENTE';
  }

  /** Everything anew from all that is known; gives the pieces whose label is another now. */
  private relabel(): Revision[] {
    this.judgement = this.judge.judgementOf(this.pieces);
    const { guessOf, roleOdds } = this.judgement;
    const role = sigmoid(Math.abs(roleOdds));
    const revisions: Revision[] = [];
    for (const piece of this.pieces) {
      const { voice, certainty } = guessOf(piece);
      const before = piece.label;
      piece.voice = voice;
      piece.label = piece.correction ?? this.roleOf(voice, this.judgement);
      piece.confidence = confidenceOf(piece, certainty, role);
      if (piece.label !== before) {
        revisions.push({ id: piece.id, label: piece.label, confidence: piece.confidence });
      }
    }
    return revisions;
  }
}

/** @param role probability that the voices' names are right */
function confidenceOf(piece: KnownPiece, certainty: number, role: number): number {
  if (piece.correction !== null) return 1;
  if (piece.label === 'UNKNOWN') return 0.5;
  const right = certainty * role + (1 - certainty) * (1 - role);
  return Math.min(MOST_CONFIDENT, right);
}

/**
 * Tells doctor and patient apart on one microphone, live. What it says depends on what it knows, not
 * on when it came to know it; calls of `add` must not overlap.
 *
 * @param remembered pieces of an earlier run, made by the same embedder
 */
export function createSpeakerSeparator(
  options: SeparatorOptions,
  remembered: readonly RememberedPiece[] = [],
): SpeakerSeparator {
  const { enrolled, embedder } = options;
  if (enrolled && enrolled.embedder !== embedder.name) {
    throw new RangeError(`The enrolled voice was made with ${enrolled.embedder}`);
  }
  if (remembered.some(({ values }) => values.length !== embedder.dimensions)) {
    throw new RangeError('Pieces were made with another embedder');
  }
  return new VoiceSeparator(options, remembered);
}
