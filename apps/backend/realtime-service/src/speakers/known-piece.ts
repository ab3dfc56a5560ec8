import type { SpeakerLabel } from './correction.ts';
import type { Voice } from './online-clustering.ts';

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
