import { type Part, partsBetween, voiceChanges } from './change-points.ts';
import { evidenceByClicks, pinOf, type SpeakerLabel } from './correction.ts';
import type { VoiceProfile } from './enrolment.ts';
import {
  type ClusteringSettings,
  DEFAULT_CLUSTERING_SETTINGS,
  guessVoice,
  modelVoices,
  type Voice,
  type VoiceModel,
  type VoicePoint,
} from './online-clustering.ts';
import { evidenceByVoice, evidenceByWords, type RoleCue } from './roles.ts';
import { type SeparatorSnapshot, separatorSnapshotSchema } from './separator-state.ts';
import type { SpeakerEmbedder } from './voice-features.ts';

/** A stretch of one speaker's sound: an utterance, or a part of one. */
export interface Piece {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Mono 16 kHz samples in −1…1. */
  readonly pcm: Float32Array;
  readonly text?: string;
}

export interface Revision {
  readonly id: string;
  readonly label: SpeakerLabel;
  /** Probability that the label is right, by the separator's own reckoning; 1 after a click. */
  readonly confidence: number;
}

export interface Labelled {
  readonly label: SpeakerLabel;
  readonly confidence: number;
  readonly voice: Voice | null;
  /** The voices are told apart, but which one is the doctor is still a guess. */
  readonly tentative: boolean;
  /** Pieces labelled before whose label is another now. */
  readonly revisions: readonly Revision[];
}

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
  /** The parts of an utterance between changes of voice, in samples from its start. */
  split(pcm: Float32Array): Promise<Part[]>;
  /** Takes in a piece; a piece with an id already known is ignored and answered again. */
  add(piece: Piece): Promise<Labelled>;
  /** The text of a piece came later, or a better one did. */
  setText(id: string, text: string): readonly Revision[];
  /** A human's word on a piece: final for it, evidence for the others. Throws on unknown ids. */
  correct(id: string, label: SpeakerLabel): readonly Revision[];
  snapshot(): SeparatorSnapshot;
}

interface KnownPiece {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly values: Float32Array;
  readonly seconds: number;
  cueOdds: number;
  voice: Voice | null;
  label: SpeakerLabel;
  confidence: number;
  correction: SpeakerLabel | null;
}

/** Finer than what is believed on its own: the known voices decide which of them are real. */
const LOOSE = 2;
/** While there are not two voices yet, the change itself must be evident. */
const STRICT = 3;
/** A part between two of the same voice must be this certain to stand alone. */
const CERTAIN_PART = 0.66;
/** Log odds against the present naming before it is turned round. */
const TURN_ROUND_FROM = 0.7;
const TENTATIVE_BELOW = 1.5;
/** Nothing that is heard is quite certain. */
const MOST_CONFIDENT = 0.99;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const otherVoice = (voice: Voice): Voice => (voice === 'A' ? 'B' : 'A');

class VoiceSeparator implements SpeakerSeparator {
  private readonly options: SeparatorOptions;
  private readonly settings: ClusteringSettings;
  private readonly pieces = new Map<string, KnownPiece>();
  private model: VoiceModel | null = null;
  private doctor: Voice = 'A';
  private roleOdds = 0;

  constructor(options: SeparatorOptions, snapshot: SeparatorSnapshot | null) {
    this.options = options;
    this.settings = { ...DEFAULT_CLUSTERING_SETTINGS, ...options.clustering };
    if (snapshot === null) return;
    this.doctor = snapshot.doctor;
    for (const piece of snapshot.pieces) {
      const { values, ...rest } = piece;
      const seconds = (piece.endMs - piece.startMs) / 1_000;
      this.pieces.set(piece.id, { ...rest, values: Float32Array.from(values), seconds });
    }
    this.relabel();
  }

  async split(pcm: Float32Array): Promise<Part[]> {
    const { model } = this;
    const known = model !== null && model.centres.A !== null && model.centres.B !== null;
    const changes = voiceChanges(pcm, { strictness: known ? LOOSE : STRICT });
    const parts = partsBetween(changes, pcm.length);
    return known && parts.length > 1 ? this.mergedByVoice(pcm, parts, model) : parts;
  }

  async add(piece: Piece): Promise<Labelled> {
    const values =
      this.pieces.get(piece.id)?.values ?? (await this.options.embedder.embed(piece.pcm));
    const known = this.pieces.get(piece.id);
    if (known !== undefined) return this.answer(known, []);
    const fresh: KnownPiece = {
      id: piece.id,
      startMs: piece.startMs,
      endMs: piece.endMs,
      values: Float32Array.from(values),
      seconds: (piece.endMs - piece.startMs) / 1_000,
      cueOdds: this.cueOf(piece.text ?? ''),
      voice: null,
      label: 'UNKNOWN',
      confidence: 0.5,
      correction: null,
    };
    this.pieces.set(piece.id, fresh);
    const revisions = this.relabel().filter(({ id }) => id !== piece.id);
    return this.answer(fresh, revisions);
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

  snapshot(): SeparatorSnapshot {
    return {
      version: 1,
      embedder: this.options.embedder.name,
      doctor: this.doctor,
      enrolled: this.options.enrolled ?? null,
      pieces: [...this.pieces.values()].map(({ seconds: _, values, ...piece }) => ({
        ...piece,
        values: [...values],
      })),
    };
  }

  private known(id: string): KnownPiece {
    const piece = this.pieces.get(id);
    if (piece === undefined) throw new RangeError(`No piece has the id ${id}`);
    return piece;
  }

  private cueOf(text: string): number {
    return this.options.roleCue?.(text) ?? 0;
  }

  private answer(piece: KnownPiece, revisions: readonly Revision[]): Labelled {
    const { label, confidence, voice } = piece;
    const tentative = piece.correction === null && Math.abs(this.roleOdds) < TENTATIVE_BELOW;
    return { label, confidence, voice, tentative, revisions };
  }

  /** Everything anew from all that is known; gives the pieces whose label is another now. */
  private relabel(): Revision[] {
    const all = [...this.pieces.values()];
    const strangers = new Set(all.filter((p) => p.correction === 'UNKNOWN'));
    const points = all.filter((p) => !strangers.has(p));
    if (points.length === 0) return this.store(all, () => ({ voice: null, certainty: 0.5 }));
    const free = this.sameNames(
      this.modelOf(points, () => null, null),
      points,
    );
    const heard = (piece: KnownPiece) =>
      guessVoice(free, piece.values, piece.seconds, this.settings);
    this.nameVoices(free, points, heard);
    const corrected = points.some((p) => p.correction !== null);
    const pin = (p: KnownPiece) =>
      p.correction === null ? null : pinOf(p.correction, this.doctor);
    this.model = corrected ? this.modelOf(points, pin, free) : free;
    const { model } = this;
    return this.store(all, (piece) => {
      const pinned = pin(piece);
      if (pinned !== null) return { voice: pinned, certainty: 1 };
      if (strangers.has(piece)) return { voice: null, certainty: 1 };
      return guessVoice(model, piece.values, piece.seconds, this.settings);
    });
  }

  private modelOf(
    points: readonly KnownPiece[],
    pin: (p: KnownPiece) => Voice | null,
    start: VoiceModel | null,
  ): VoiceModel {
    const voicePoints: VoicePoint[] = points.map((p) => ({
      id: p.id,
      values: p.values,
      seconds: p.seconds,
      pinned: pin(p),
    }));
    return modelVoices(voicePoints, this.options.embedder.usualDeviation, this.settings, start);
  }

  /** Clusters have no names of their own: A stays the voice that was called A. */
  private sameNames(model: VoiceModel, points: readonly KnownPiece[]): VoiceModel {
    const { A, B } = model.centres;
    let agreement = 0;
    for (const piece of points) {
      if (piece.voice === null) continue;
      const { voice } = guessVoice(model, piece.values, piece.seconds, this.settings);
      if (voice !== null) agreement += voice === piece.voice ? piece.seconds : -piece.seconds;
    }
    return agreement < 0 ? { ...model, centres: { A: B, B: A } } : model;
  }

  private nameVoices(
    model: VoiceModel,
    points: readonly KnownPiece[],
    heard: (piece: KnownPiece) => { voice: Voice | null },
  ): void {
    const { enrolled, embedder } = this.options;
    const byVoice =
      enrolled === null || enrolled === undefined
        ? 0
        : evidenceByVoice(model, enrolled.vectors, embedder.usualDeviation);
    const byWords = evidenceByWords(
      points.map((p) => ({ voice: heard(p).voice, odds: p.cueOdds })),
    );
    const byClicks = evidenceByClicks(
      points.flatMap((p) => (p.correction === null ? [] : [{ id: p.id, label: p.correction }])),
      (id) => heard(this.known(id)).voice,
    );
    this.roleOdds = byVoice + byWords + byClicks;
    const forPresent = this.doctor === 'A' ? this.roleOdds : -this.roleOdds;
    if (forPresent < -TURN_ROUND_FROM) this.doctor = otherVoice(this.doctor);
  }

  private store(
    all: readonly KnownPiece[],
    guess: (piece: KnownPiece) => { voice: Voice | null; certainty: number },
  ): Revision[] {
    const revisions: Revision[] = [];
    const named =
      this.options.nameTentatively !== false || Math.abs(this.roleOdds) >= TENTATIVE_BELOW;
    const role = sigmoid(Math.abs(this.roleOdds));
    for (const piece of all) {
      const { voice, certainty } = guess(piece);
      const before = piece.label;
      piece.voice = voice;
      if (piece.correction !== null) {
        piece.label = piece.correction;
        piece.confidence = 1;
      } else if (voice === null || !named) {
        piece.label = 'UNKNOWN';
        piece.confidence = 0.5;
      } else {
        piece.label = voice === this.doctor ? 'MEDICO' : 'PACIENTE';
        const right = certainty * role + (1 - certainty) * (1 - role);
        piece.confidence = Math.min(MOST_CONFIDENT, right);
      }
      if (piece.label !== before) {
        revisions.push({ id: piece.id, label: piece.label, confidence: piece.confidence });
      }
    }
    return revisions;
  }

  /** Joins neighbouring parts of one voice, and parts too unsure to stand alone. */
  private async mergedByVoice(
    pcm: Float32Array,
    parts: readonly Part[],
    model: VoiceModel,
  ): Promise<Part[]> {
    let merged: (Part & { readonly voice: Voice | null })[] = [];
    for (const part of parts) {
      const seconds = (part.endSample - part.startSample) / 16_000;
      const sound = pcm.subarray(part.startSample, part.endSample);
      const values = Float32Array.from(await this.options.embedder.embed(sound));
      const { voice, certainty } = guessVoice(model, values, seconds, this.settings);
      const sure = certainty >= CERTAIN_PART ? voice : null;
      const last = merged.at(-1);
      if (last !== undefined && (sure === null || last.voice === null || last.voice === sure)) {
        merged = [
          ...merged.slice(0, -1),
          { ...last, endSample: part.endSample, voice: last.voice ?? sure },
        ];
      } else {
        merged.push({ ...part, voice: sure });
      }
    }
    return merged.map(({ startSample, endSample }) => ({ startSample, endSample }));
  }
}

/**
 * Tells doctor and patient apart on one microphone, live. The same calls in the same order give the
 * same answers; calls of `add` must not overlap.
 */
export function createSpeakerSeparator(options: SeparatorOptions): SpeakerSeparator {
  return new VoiceSeparator(checked(options), null);
}

/**
 * Takes a separator up again after a restart. Throws when the snapshot is not one, or was made with
 * another embedder.
 */
export function restoreSpeakerSeparator(
  options: SeparatorOptions,
  stored: unknown,
): SpeakerSeparator {
  const snapshot = separatorSnapshotSchema.parse(stored);
  if (snapshot.embedder !== options.embedder.name) {
    throw new RangeError(`The snapshot was made with ${snapshot.embedder}`);
  }
  const enrolled = options.enrolled ?? snapshot.enrolled;
  return new VoiceSeparator(checked({ ...options, enrolled }), snapshot);
}

function checked(options: SeparatorOptions): SeparatorOptions {
  const { enrolled, embedder } = options;
  if (enrolled && enrolled.embedder !== embedder.name) {
    throw new RangeError(`The enrolled voice was made with ${enrolled.embedder}`);
  }
  return options;
}
