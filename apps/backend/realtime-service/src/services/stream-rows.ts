import type { Database } from '@medcall/service-kit';
import type { Speaker } from '@medcall/shared-types';
import { sql } from 'kysely';
import type { StreamIdentity } from '../audio-log/audio-log.ts';
import type { Marks } from '../audio-log/stream-log.ts';

export interface StreamRow extends StreamIdentity {
  id: string;
  participantId: string;
  originMs: number;
  /** Sound before this sample is text already, in rows. */
  decodedSample: number;
  /** Number of this ownership; a write with an older one is refused. */
  fence: number;
  /** Another node owned the stream before. */
  tookOver: boolean;
}

/** How far a stream is. `decodedSample`: every utterance before it is a row. */
export interface StreamPosition {
  row: Pick<StreamRow, 'id' | 'fence' | 'decodedSample'>;
  marks: Marks;
  nextSample: number;
  decodedSample: number;
}

/** A stream that a restart has to take up again. */
export interface UndrainedStream extends StreamRow {
  speaker: Speaker;
}

/** A node that does not renew its leases for this long has lost its streams. */
const leaseSeconds = 10;
export const leaseEnd = sql<Date>`now() + make_interval(secs => ${leaseSeconds})`;

/** Rows of `audio_streams`: how far the streams of a consultation are. Who owns them: `stream-claims.ts`. */
export class StreamRows {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** How many streams a consultation has had, how many are not all text yet, and of how many the sound is kept. */
  count(consultationId: string): Promise<{ streams: number; undrained: number; kept: number }> {
    return this.database.asSystem('streams of a consultation', async (trx) => {
      const rows = await trx
        .selectFrom('audio_streams')
        .select(['discarded_at', 'drained_at'])
        .where('consultation_id', '=', consultationId)
        .execute();
      const kept = rows.filter((row) => row.discarded_at === null).length;
      const undrained = rows.filter((row) => row.drained_at === null).length;
      return { streams: rows.length, undrained, kept };
    });
  }

  /** How long each kept stream of a consultation is, in samples, and where it stands on the timeline. */
  lengths(
    consultationId: string,
  ): Promise<ReadonlyArray<{ id: string; originMs: number | null; samples: number }>> {
    return this.database.asSystem('lengths of streams', (trx) =>
      trx
        .selectFrom('audio_streams')
        .select(['id', 'origin_ms as originMs', 'next_sample as samples'])
        .where('consultation_id', '=', consultationId)
        .where('discarded_at', 'is', null)
        .execute(),
    );
  }

  /** Captures of one person and where each goes on by the database: what a rejoining client needs. */
  captures(
    consultationId: string,
    sub: string,
  ): Promise<Array<{ captureId: string; durableSeq: number }>> {
    return this.database.asSystem('captures of a person', async (trx) => {
      const rows = await trx
        .selectFrom('audio_streams')
        .select(['capture_id', 'durable_seq'])
        .where('consultation_id', '=', consultationId)
        .where('sub', '=', sub)
        .where('discarded_at', 'is', null)
        .execute();
      return rows.map((row) => ({ captureId: row.capture_id, durableSeq: row.durable_seq }));
    });
  }

  /**
   * Saves positions and renews the leases, in one statement however many streams there are.
   * @returns ids of the streams that are still this node's
   */
  savePositions(positions: readonly StreamPosition[]): Promise<Set<string>> {
    const column = (value: (position: StreamPosition) => number) => positions.map(value);
    return this.database.asSystem('audio stream positions', async (trx) => {
      const saved = await sql<{ id: string }>`
        with held as (
          -- In the order in which rows of their utterances lock them: nobody waits for each other.
          select id from audio_streams where id = any(${positions.map(({ row }) => row.id)}::uuid[])
          order by id for no key update
        )
        update audio_streams s
        set acked_seq = p.acked_seq, durable_seq = p.durable_seq, next_sample = p.next_sample,
          decoded_sample = p.decoded_sample, lease_until = ${leaseEnd}
        from unnest(
          ${positions.map(({ row }) => row.id)}::uuid[],
          ${column(({ row }) => row.fence)}::bigint[],
          ${column(({ marks }) => marks.ackedSeq)}::bigint[],
          ${column(({ marks }) => marks.durableSeq)}::bigint[],
          ${column(({ nextSample }) => nextSample)}::bigint[],
          ${column(({ decodedSample }) => decodedSample)}::bigint[]
        ) as p(id, fence, acked_seq, durable_seq, next_sample, decoded_sample)
        join held on held.id = p.id
        where s.id = p.id and s.lease_fence = p.fence
        returning s.id`.execute(trx);
      return new Set(saved.rows.map((row) => row.id));
    });
  }

  async markDrained(row: Pick<StreamRow, 'id' | 'fence'>): Promise<void> {
    await this.database.asSystem('audio stream drained', (trx) =>
      trx
        .updateTable('audio_streams')
        .set({ drained_at: new Date(), ended_at: new Date() })
        .where('id', '=', row.id)
        .where('lease_fence', '=', row.fence)
        .execute(),
    );
  }

  /**
   * Counts in the stream's statistics: a text or sound that was `dropped`, by the filter that did it, or a
   * part of the way to text that `failed`.
   */
  async countEvent(streamId: string, kind: 'dropped' | 'failed', what: string): Promise<void> {
    await this.database.asSystem('stream statistics', (trx) =>
      trx
        .updateTable('audio_streams')
        .set({
          stats: sql`stats || jsonb_build_object(${kind}::text, coalesce(stats->${kind}::text, '{}'::jsonb)
            || jsonb_build_object(${what}::text, coalesce((stats->${kind}::text->>${what}::text)::int, 0) + 1))`,
        })
        .where('id', '=', streamId)
        .execute(),
    );
  }

  async markDiscarded(consultationId: string): Promise<void> {
    await this.database.asSystem('audio discarded', async (trx) => {
      // How people sound is derived from the sound, and goes with it.
      await trx.deleteFrom('voice_pieces').where('consultation_id', '=', consultationId).execute();
      await trx
        .updateTable('audio_streams')
        .set({ discarded_at: new Date(), drained_at: new Date() })
        .where('consultation_id', '=', consultationId)
        .where('discarded_at', 'is', null)
        .execute();
    });
  }
}
