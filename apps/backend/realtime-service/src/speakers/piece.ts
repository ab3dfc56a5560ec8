import type { SpeakerLabel } from './correction.ts';
import type { Voice } from './online-clustering.ts';

/** A stretch of one speaker's sound: an utterance, or a part of one. */
export interface Piece {
  readonly id: string;
  /** Which recording of the room it is from, when there were several. */
  readonly stream?: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Mono 16 kHz samples in −1…1. */
  readonly pcm: Float32Array;
  readonly text?: string;
}

/** A piece as an earlier run of the service has stored it. */
export interface RememberedPiece extends Omit<Piece, 'pcm'> {
  /** Its point by the same embedder. */
  readonly values: ArrayLike<number>;
  /** What a human said of it. */
  readonly correction?: SpeakerLabel | null;
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
  /** Length of the piece. */
  readonly seconds: number;
  /** The voices are told apart, but which one is the doctor is still a guess. */
  readonly tentative: boolean;
}

/** A piece that was just taken in. */
export interface Added extends Labelled {
  /** The piece's point, to be remembered. */
  readonly values: Float32Array;
  /** Pieces labelled before whose label is another now. */
  readonly revisions: readonly Revision[];
}

/** What is known of a stretch of one speaker's sound, and what it is taken for at present. */
export interface KnownPiece {
  readonly id: string;
  readonly stream: string;
  readonly startMs: number;
  readonly seconds: number;
  readonly values: Float32Array;
  /** What its text says of the role, in log odds for the doctor. */
  cueOdds: number;
  correction: SpeakerLabel | null;
  voice: Voice | null;
  label: SpeakerLabel;
  confidence: number;
}

/** The order in which people spoke, whenever the pieces came in. */
export function inOrder(a: KnownPiece, b: KnownPiece): number {
  return a.startMs - b.startMs || (a.id < b.id ? -1 : 1);
}

/** A piece that nobody has judged yet. */
export function knownPiece(piece: {
  readonly id: string;
  readonly stream?: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly values: ArrayLike<number>;
  readonly cueOdds: number;
  readonly correction?: SpeakerLabel | null;
}): KnownPiece {
  return {
    id: piece.id,
    stream: piece.stream ?? '',
    startMs: piece.startMs,
    seconds: (piece.endMs - piece.startMs) / 1_000,
    values: Float32Array.from(piece.values),
    cueOdds: piece.cueOdds,
    correction: piece.correction ?? null,
    voice: null,
    label: 'UNKNOWN',
    confidence: 0.5,
  };
}
