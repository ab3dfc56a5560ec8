import { type Database, notFound } from '@medcall/service-kit';
import type { Speaker } from '@medcall/shared-types';
import { sql } from 'kysely';

/** How a piece of a consultation sounds, on its timeline. */
export interface VoicePiece {
  utteranceId: string;
  streamId: string;
  startMs: number;
  endMs: number;
  features: readonly number[];
  model: string;
}

/** A row of the transcript, as far as the voices are concerned. */
export interface SpokenRow {
  id: string;
  speaker: Speaker;
  text: string;
  textRevision: number;
  supersededBy: string | null;
  editedFrom: string | null;
  /** A person said who speaks. */
  speakerNamed: boolean;
}

/** Rows of `voice_pieces`, and what the transcript says of the same utterances. */
export class VoiceRows {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Stores a piece once. */
  async save(consultationId: string, piece: VoicePiece): Promise<void> {
    await this.database.asSystem('voice of an utterance', (trx) =>
      trx
        .insertInto('voice_pieces')
        .values({
          utterance_id: piece.utteranceId,
          consultation_id: consultationId,
          stream_id: piece.streamId,
          start_ms: piece.startMs,
          end_ms: piece.endMs,
          features: [...piece.features],
          model: piece.model,
        })
        .onConflict((conflict) => conflict.column('utterance_id').doNothing())
        .execute(),
    );
  }

  pieces(consultationId: string, model: string): Promise<VoicePiece[]> {
    return this.database.asSystem('voices of a consultation', async (trx) => {
      const rows = await trx
        .selectFrom('voice_pieces')
        .selectAll()
        .where('consultation_id', '=', consultationId)
        .where('model', '=', model)
        .execute();
      return rows.map((row) => ({
        utteranceId: row.utterance_id,
        streamId: row.stream_id,
        startMs: row.start_ms,
        endMs: row.end_ms,
        features: row.features,
        model: row.model,
      }));
    });
  }

  /** All rows of a room, superseded ones included. */
  spoken(roomId: string): Promise<SpokenRow[]> {
    return this.database.asSystem('speakers of a transcript', async (trx) => {
      const rows = await trx
        .selectFrom('transcriptions')
        .select([
          'id',
          'speaker',
          'text',
          'text_revision as textRevision',
          'superseded_by as supersededBy',
          'edited_from as editedFrom',
          'speaker_named as speakerNamed',
        ])
        .where('room_id', '=', roomId)
        .execute();
      // The column has a check constraint with exactly these values.
      return rows.map((row) => ({ ...row, speaker: row.speaker as Speaker }));
    });
  }

  /** The stored voice of the consultation's doctor, or null. */
  async doctorsProfile(consultationId: string): Promise<unknown> {
    const row = await this.database.asSystem('doctor’s voice', (trx) =>
      trx
        .selectFrom('voice_profiles as v')
        .innerJoin('consultations as c', 'c.doctor_id', 'v.doctor_id')
        .select(['v.features', 'v.dimension', 'v.model', 'v.speech_seconds'])
        .where('c.id', '=', consultationId)
        .executeTakeFirst(),
    );
    if (!row) return null;
    return {
      version: 1,
      embedder: row.model,
      vectors: vectorsOf(row.features, row.dimension),
      speechSeconds: row.speech_seconds,
    };
  }

  /** Forgets the voices of consultations that ended long enough ago. @returns how many pieces */
  async forgetEnded(hours: number): Promise<number> {
    const { numDeletedRows } = await this.database.asSystem('expired voices', (trx) =>
      trx
        .deleteFrom('voice_pieces as v')
        .where(
          sql<boolean>`exists (select 1 from consultations c where c.id = v.consultation_id
            and c.status not in ('WAITING', 'IN_PROGRESS'))`,
        )
        .where(
          sql<boolean>`not exists (select 1 from audio_streams s
            where s.consultation_id = v.consultation_id
              and (s.drained_at is null or s.drained_at > now() - make_interval(hours => ${hours})))`,
        )
        .executeTakeFirst(),
    );
    return Number(numDeletedRows);
  }

  /** The consultation of a row. @throws AppError not_found */
  async consultationOf(rowId: string): Promise<string> {
    const row = await this.database.asSystem('consultation of a row', (trx) =>
      trx
        .selectFrom('transcriptions as t')
        .innerJoin('consultations as c', 'c.room_id', 't.room_id')
        .select('c.id')
        .where('t.id', '=', rowId)
        .executeTakeFirst(),
    );
    if (!row) throw notFound();
    return row.id;
  }
}

function vectorsOf(features: readonly number[], dimension: number): number[][] {
  const vectors: number[][] = [];
  for (let at = 0; at < features.length; at += dimension) {
    vectors.push(features.slice(at, at + dimension));
  }
  return vectors;
}
