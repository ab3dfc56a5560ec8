import type { Database } from '@medcall/service-kit';
import { roomRole, type Speaker, speakerOfRole } from '@medcall/shared-types';
import type { StreamIdentity } from '../audio-log/audio-log.ts';
import type { Marks } from '../audio-log/stream-log.ts';

export interface StreamRow extends StreamIdentity {
  id: string;
  participantId: string;
  originMs: number;
  /** Sound before this sample is text already, in rows. */
  decodedSample: number;
}

export interface NewStream extends StreamIdentity {
  sessionId: string;
  participantId: string;
  originMs: number;
}

/** A stream that a restart has to take up again. */
export interface UndrainedStream extends StreamRow {
  speaker: Speaker;
}

/** Rows of `audio_streams`: which streams a consultation has and how far they are. */
export class StreamRows {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** The stream's row; an existing one keeps its origin, so that time never jumps. */
  open(stream: NewStream): Promise<StreamRow> {
    return this.database.asSystem('audio stream opens', async (trx) => {
      const row = await trx
        .insertInto('audio_streams')
        .values({
          consultation_id: stream.consultationId,
          sub: stream.sub,
          stream: stream.stream,
          capture_id: stream.captureId,
          session_id: stream.sessionId,
          participant_id: stream.participantId,
          origin_ms: stream.originMs,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['consultation_id', 'sub', 'stream', 'capture_id'])
            .doUpdateSet({ session_id: stream.sessionId, drained_at: null }),
        )
        .returning(['id', 'origin_ms', 'decoded_sample'])
        .executeTakeFirstOrThrow();
      return {
        ...stream,
        id: row.id,
        originMs: row.origin_ms ?? stream.originMs,
        decodedSample: row.decoded_sample,
      };
    });
  }

  /** Streams whose sound may not all be text yet. */
  undrained(): Promise<UndrainedStream[]> {
    return this.database.asSystem('streams to take up again', async (trx) => {
      const rows = await trx
        .selectFrom('audio_streams as s')
        .innerJoin('participants as p', 'p.id', 's.participant_id')
        .innerJoin('consultations as c', 'c.id', 's.consultation_id')
        .select([
          's.id',
          's.consultation_id',
          's.sub',
          's.stream',
          's.capture_id',
          's.participant_id',
          's.origin_ms',
          's.decoded_sample',
          'p.role',
          'c.type',
        ])
        .where('s.drained_at', 'is', null)
        .where('s.discarded_at', 'is', null)
        .orderBy('s.created_at')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        consultationId: row.consultation_id,
        sub: row.sub,
        stream: row.stream,
        captureId: row.capture_id,
        participantId: row.participant_id ?? '',
        originMs: row.origin_ms ?? 0,
        decodedSample: row.decoded_sample,
        speaker: row.type === 'ONLINE' ? speakerOfRole(roomRole.parse(row.role)) : 'UNKNOWN',
      }));
    });
  }

  /** Captures of one person and where each goes on: what a rejoining client needs. */
  captureIds(consultationId: string, sub: string): Promise<string[]> {
    return this.database.asSystem('captures of a person', async (trx) => {
      const rows = await trx
        .selectFrom('audio_streams')
        .select('capture_id')
        .where('consultation_id', '=', consultationId)
        .where('sub', '=', sub)
        .where('discarded_at', 'is', null)
        .execute();
      return rows.map((row) => row.capture_id);
    });
  }

  /** @param decodedSample every utterance before it is a row */
  async savePosition(
    id: string,
    marks: Marks,
    nextSample: number,
    decodedSample: number,
  ): Promise<void> {
    await this.database.asSystem('audio stream position', (trx) =>
      trx
        .updateTable('audio_streams')
        .set({
          acked_seq: marks.ackedSeq,
          durable_seq: marks.durableSeq,
          next_sample: nextSample,
          decoded_sample: decodedSample,
        })
        .where('id', '=', id)
        .execute(),
    );
  }

  async markDrained(id: string): Promise<void> {
    await this.database.asSystem('audio stream drained', (trx) =>
      trx
        .updateTable('audio_streams')
        .set({ drained_at: new Date(), ended_at: new Date() })
        .where('id', '=', id)
        .execute(),
    );
  }

  async markDiscarded(consultationId: string): Promise<void> {
    await this.database.asSystem('audio discarded', (trx) =>
      trx
        .updateTable('audio_streams')
        .set({ discarded_at: new Date(), drained_at: new Date() })
        .where('consultation_id', '=', consultationId)
        .where('discarded_at', 'is', null)
        .execute(),
    );
  }
}
