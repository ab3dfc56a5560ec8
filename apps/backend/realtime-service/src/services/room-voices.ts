import type { Speaker } from '@medcall/shared-types';
import type { Added, RememberedPiece } from '../speakers/piece.ts';
import type { SpeakerSeparator } from '../speakers/speaker-separator.ts';
import { holdsSpeech } from '../speech/filters/speech-gate.ts';
import { samplesToMs, samplesToSeconds } from '../speech/pcm.ts';
import { partOf, type SharedMicrophone } from '../speech/shared-microphone.ts';
import type { Utterance } from '../speech/utterance.ts';
import type { SpokenRow, VoicePiece } from './voice-rows.ts';

/** A stream of the room's one microphone: a page that was reloaded makes another. */
export interface RoomStream {
  id: string;
  originMs: number;
}

export interface SpokenBy {
  speaker: Speaker;
  /** Which of the voices is the doctor's is still a guess. */
  tentative: boolean;
}

interface Row {
  pieces: string[];
  /** What people see; null before they do. */
  shown: Speaker | null;
  textRevision: number;
  /** A person corrected it: it does not change any more. */
  frozen: boolean;
}

export interface RoomVoicesOptions {
  /** Makes a separator that knows pieces of an earlier run. */
  separator: (remembered: readonly RememberedPiece[]) => SpeakerSeparator;
  /** Name of the separator's embedder. */
  model: string;
}

/** Enough of a sentence to guess its speaker by; what follows may be another's. */
const guessSamples = 4 * 16_000;

/**
 * Who speaks in a consultation in one room: pieces of sound on one side, rows of the transcript on
 * the other. A row holds one piece, or those of a turn that was decoded as a whole. Everything that
 * it says follows from the stored pieces, rows and corrections: a restart brings the same labels.
 */
export class RoomVoices {
  private readonly options: RoomVoicesOptions;
  private separator: SpeakerSeparator;
  private readonly rows = new Map<string, Row>();
  private readonly guesses = new Map<string, Speaker>();

  constructor(
    options: RoomVoicesOptions,
    pieces: readonly VoicePiece[] = [],
    rows: readonly SpokenRow[] = [],
  ) {
    this.options = options;
    for (const { utteranceId } of pieces) this.rows.set(utteranceId, freshRow(utteranceId));
    const texts = new Map(rows.map(({ id, text }) => [id, text]));
    this.separator = options.separator(
      pieces.map(({ endMs, features, startMs, streamId, utteranceId }) => ({
        id: utteranceId,
        stream: streamId,
        startMs,
        endMs,
        values: features,
        text: texts.get(utteranceId) ?? '',
      })),
    );
    this.readRecord(rows);
  }

  /**
   * The ear of one stream.
   * @param onHeard told of every piece, to be stored
   */
  microphoneOf(stream: RoomStream, onHeard: (piece: VoicePiece) => void): SharedMicrophone {
    return {
      partsOf: async (utterance) => {
        const parts = await this.separator.split(utterance.pcm, {
          stream: stream.id,
          startMs: placeOf(stream, utterance).startMs,
        });
        return parts.map((part) => partOf(utterance, part.startSample, part.endSample));
      },
      takeoverIn: (utterance) =>
        this.separator.takeover(utterance.pcm, {
          stream: stream.id,
          startMs: placeOf(stream, utterance).startMs,
        }),
      overhears: async (id, { pcm }) => {
        if (pcm.length > guessSamples && this.guesses.has(id)) return;
        this.guesses.set(id, await this.separator.guess(pcm.subarray(0, guessSamples)));
      },
      heard: async (id, part) => {
        this.guesses.delete(id);
        const durationSeconds = samplesToSeconds(part.pcm.length);
        if (!holdsSpeech({ ...part, durationSeconds })) return;
        const place = placeOf(stream, part);
        const added = await this.separator.add({ id, stream: stream.id, pcm: part.pcm, ...place });
        if (!this.rows.has(id)) this.rows.set(id, freshRow(id));
        onHeard(this.pieceOf(id, stream, place, added));
      },
      sameSpeaker: (ids) => this.sameSpeaker(ids),
    };
  }

  /** Who an utterance is by, also while it is still going on. */
  speakerOf(rowId: string): SpokenBy {
    const row = this.rows.get(rowId);
    if (!row) return { speaker: this.guesses.get(rowId) ?? 'UNKNOWN', tentative: true };
    if (row.frozen && row.shown !== null) return { speaker: row.shown, tentative: false };
    return this.majorityOf(row.pieces);
  }

  /** A final's text says something of its speaker's role. */
  said(rowId: string, textRevision: number, text: string): void {
    const row = this.rows.get(rowId);
    if (!row || textRevision <= row.textRevision) return;
    row.textRevision = textRevision;
    this.separator.setText(rowId, text);
  }

  /** People see the row with this label. Rows that it replaced are part of it now. */
  shown(rowId: string, speaker: Speaker, replaced: readonly string[] = []): void {
    const row = this.rows.get(rowId);
    if (!row) return;
    row.shown = speaker;
    for (const id of replaced) this.join(row, id);
  }

  /** Rows whose label is another by now than the one people see. */
  overdue(): Array<{ id: string; speaker: Speaker }> {
    return [...this.rows].flatMap(([id, row]) => {
      if (row.shown === null || row.frozen) return [];
      const { speaker } = this.majorityOf(row.pieces);
      return speaker === row.shown ? [] : [{ id, speaker }];
    });
  }

  /** Takes up what the transcript says: what people see, whole turns, corrections by people. */
  readRecord(rows: readonly SpokenRow[]): void {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const edits = new Map(rows.flatMap((row) => (row.editedFrom ? [[row.editedFrom, row]] : [])));
    for (const { id, speaker, supersededBy, text, textRevision } of rows) {
      const known = this.rows.get(id);
      if (!known) continue;
      if (textRevision > known.textRevision) this.said(id, textRevision, text);
      known.shown ??= speaker;
      if (supersededBy === null) continue;
      const turn = byId.get(supersededBy);
      if (edits.has(id)) this.freeze(known, newestEdit(id, edits));
      else if (turn) this.join(this.rows.get(turn.id) ?? known, id);
    }
  }

  private pieceOf(
    utteranceId: string,
    stream: RoomStream,
    place: { startMs: number; endMs: number },
    { values }: Added,
  ): VoicePiece {
    const { model } = this.options;
    return { utteranceId, streamId: stream.id, ...place, features: [...values], model };
  }

  /** While only one voice is known, whoever speaks sounds like it: then nothing is certain. */
  private sameSpeaker(ids: readonly string[]): boolean {
    if (!this.separator.knowsTwoVoices) return false;
    const voices = new Set(ids.map((id) => this.separator.labelOf(id)?.voice ?? null));
    return voices.size === 1 && !voices.has(null);
  }

  private join(row: Row, id: string): void {
    const part = this.rows.get(id);
    if (!part || part === row) return;
    row.pieces.push(...part.pieces);
    this.rows.delete(id);
    // Its words are in the whole turn's text.
    this.separator.setText(id, '');
  }

  private freeze(row: Row, edit: SpokenRow): void {
    row.frozen = true;
    row.shown = edit.speaker;
    if (!edit.speakerNamed) return;
    for (const piece of row.pieces) this.separator.correct(piece, edit.speaker);
  }

  /** The label of most of a row's sound. */
  private majorityOf(pieces: readonly string[]): SpokenBy {
    const seconds = new Map<Speaker, number>();
    let tentative = true;
    for (const id of pieces) {
      const piece = this.separator.labelOf(id);
      if (!piece) continue;
      seconds.set(piece.label, (seconds.get(piece.label) ?? 0) + piece.seconds);
      tentative = piece.tentative;
    }
    const [most] = [...seconds].sort(([, a], [, b]) => b - a);
    return { speaker: most?.[0] ?? 'UNKNOWN', tentative };
  }
}

function freshRow(id: string): Row {
  return { pieces: [id], shown: null, textRevision: -1, frozen: false };
}

/** Whole milliseconds, as they are stored: a restart reads the very same. */
function placeOf({ originMs }: RoomStream, sound: Utterance) {
  const startMs = Math.round(originMs + samplesToMs(sound.startSample));
  return { startMs, endMs: Math.round(startMs + samplesToMs(sound.pcm.length)) };
}

function newestEdit(id: string, edits: ReadonlyMap<string, SpokenRow>): SpokenRow {
  let newest = edits.get(id) as SpokenRow;
  for (let next = edits.get(newest.id); next; next = edits.get(newest.id)) newest = next;
  return newest;
}
