import type { Database, DB, Trx } from '@medcall/service-kit';
import { roomRole, type Speaker, speakerOfRole } from '@medcall/shared-types';
import { type ExpressionBuilder, sql } from 'kysely';
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

export interface NewStream extends StreamIdentity {
  sessionId: string;
  participantId: string;
  /** Length of the first chunk: the stream began this long before its arrival. */
  firstChunkMs: number;
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
const leaseEnd = sql<Date>`now() + make_interval(secs => ${leaseSeconds})`;

/** Rows of `audio_streams`: which streams a consultation has and how far they are. */
export class StreamRows {
  private readonly database: Database;
  private readonly owner: string;
  private readonly shared: boolean;

  /**
   * @param owner names the data folder: a restart on the same disk goes on with what lies there
   * @param options shared: every node can read what another one wrote, so that it may take over for it
   */
  constructor(database: Database, owner: string, { shared }: { shared: boolean }) {
    this.database = database;
    this.owner = owner;
    this.shared = shared;
  }

  /**
   * Takes the stream for this node, making its row if need be. An existing one keeps its origin, so
   * that time never jumps. Whoever owned it before is fenced off from here on.
   */
  open(stream: NewStream): Promise<StreamRow> {
    const arrivedAtMs = performance.now();
    return this.database.asSystem('audio stream opens', async (trx) => {
      const origin = originOf(stream, performance.now() - arrivedAtMs);
      await trx
        .insertInto('audio_streams')
        .values({
          consultation_id: stream.consultationId,
          sub: stream.sub,
          stream: stream.stream,
          capture_id: stream.captureId,
          session_id: stream.sessionId,
          participant_id: stream.participantId,
          origin_ms: origin,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['consultation_id', 'sub', 'stream', 'capture_id'])
            .doUpdateSet({ session_id: stream.sessionId, drained_at: null, ended_at: null }),
        )
        .execute();
      // Its sound was deleted when the consent was taken back: it begins anew, at another origin.
      await trx
        .updateTable('audio_streams')
        .set({
          discarded_at: null,
          origin_ms: origin,
          acked_seq: -1,
          durable_seq: -1,
          next_sample: 0,
          decoded_sample: 0,
        })
        .where('consultation_id', '=', stream.consultationId)
        .where('sub', '=', stream.sub)
        .where('stream', '=', stream.stream)
        .where('capture_id', '=', stream.captureId)
        .where('discarded_at', 'is not', null)
        .execute();
      const row = await trx
        .selectFrom('audio_streams')
        .select('id')
        .where('consultation_id', '=', stream.consultationId)
        .where('sub', '=', stream.sub)
        .where('stream', '=', stream.stream)
        .where('capture_id', '=', stream.captureId)
        .executeTakeFirstOrThrow();
      const leased = await this.lease(trx, row.id);
      const { captureId, consultationId, participantId, sub } = stream;
      return {
        ...leased,
        id: row.id,
        consultationId,
        sub,
        stream: stream.stream,
        captureId,
        participantId,
        originMs: leased.originMs ?? 0,
      };
    });
  }

  /**
   * Takes over streams whose sound may not all be text yet and whose owner is gone.
   * @param own also this owner's: what an earlier process on this data folder left behind
   * @param consultationId of this one only
   */
  claimUndrained(which: { own: boolean; consultationId?: string }): Promise<UndrainedStream[]> {
    const { consultationId, own } = which;
    // The sound lies on the other node's disk alone: it would be taken for drained without having been heard.
    if (!own && !this.shared) return Promise.resolve([]);
    return this.database.asSystem('streams to take up again', async (trx) => {
      const rows = await keptStreams(trx)
        .where('s.drained_at', 'is', null)
        .$if(consultationId !== undefined, (query) =>
          query.where('s.consultation_id', '=', consultationId ?? ''),
        )
        .where((where) =>
          where.or([
            ...(own ? [where('s.lease_owner', '=', this.owner)] : []),
            ...(this.shared ? [where.and(orphaned(where, this.owner))] : []),
          ]),
        )
        .forUpdate('s')
        // Looking for work passes by what another is taking; who needs this consultation waits for it.
        .$if(consultationId === undefined, (query) => query.skipLocked())
        .execute();
      return this.leaseAll(trx, rows);
    });
  }

  /**
   * Takes the streams of a consultation that is over, to read them once more from their beginning.
   * @returns null while one of them is still being drained
   */
  claimDrained(consultationId: string): Promise<UndrainedStream[] | null> {
    return this.database.asSystem('streams to transcribe again', async (trx) => {
      const rows = await keptStreams(trx)
        .select('s.drained_at')
        .where('s.consultation_id', '=', consultationId)
        .forUpdate('s')
        .execute();
      if (rows.some((row) => row.drained_at === null)) return null;
      const claimed = await this.leaseAll(trx, rows);
      return claimed.map((stream) => ({ ...stream, decodedSample: 0 }));
    });
  }

  /** How many streams a consultation has had, and of how many the sound was not deleted. */
  count(consultationId: string): Promise<{ streams: number; kept: number }> {
    return this.database.asSystem('streams of a consultation', async (trx) => {
      const rows = await trx
        .selectFrom('audio_streams')
        .select('discarded_at')
        .where('consultation_id', '=', consultationId)
        .execute();
      const kept = rows.filter((row) => row.discarded_at === null).length;
      return { streams: rows.length, kept };
    });
  }

  private async leaseAll(trx: Trx, rows: readonly KeptStreamRow[]): Promise<UndrainedStream[]> {
    const claimed: UndrainedStream[] = [];
    for (const row of rows) {
      const leased = await this.lease(trx, row.id);
      claimed.push({
        ...leased,
        id: row.id,
        consultationId: row.consultation_id,
        sub: row.sub,
        stream: row.stream,
        captureId: row.capture_id,
        participantId: row.participant_id ?? '',
        originMs: leased.originMs ?? 0,
        speaker: row.type === 'ONLINE' ? speakerOfRole(roomRole.parse(row.role)) : 'UNKNOWN',
      });
    }
    return claimed;
  }

  private async lease(trx: Trx, id: string) {
    const before = await trx
      .selectFrom('audio_streams')
      .select(['lease_owner', 'lease_fence'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const tookOver = before.lease_owner !== null && before.lease_owner !== this.owner;
    const row = await trx
      .updateTable('audio_streams')
      .set({
        lease_owner: this.owner,
        lease_fence:
          before.lease_owner === this.owner ? before.lease_fence : before.lease_fence + 1,
        lease_until: leaseEnd,
      })
      .where('id', '=', id)
      .returning(['origin_ms', 'decoded_sample', 'lease_fence'])
      .executeTakeFirstOrThrow();
    return {
      originMs: row.origin_ms,
      decodedSample: row.decoded_sample,
      fence: row.lease_fence,
      tookOver,
    };
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

/**
 * Where sample 0 stands on the timeline, by the clock that also set its zero: the clocks of the nodes
 * may disagree or be set, and everybody's sentences must stay in the order in which they were said.
 * @param waitedMs time between the chunk's arrival and this statement
 */
function originOf(stream: NewStream, waitedMs: number) {
  return sql<number>`(
    select greatest(0, round(extract(epoch from clock_timestamp() - timeline_zero_at) * 1000
      - ${stream.firstChunkMs + waitedMs}::float8))::bigint
    from consultations where id = ${stream.consultationId})`;
}

type KeptStreamRow = Awaited<ReturnType<ReturnType<typeof keptStreams>['execute']>>[number];

/** Streams whose sound was not deleted, oldest first. */
function keptStreams(trx: Trx) {
  return trx
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
      'p.role',
      'c.type',
    ])
    .where('s.discarded_at', 'is', null)
    .orderBy('s.created_at');
}

/** The lease ran out, and it was not this owner's. */
function orphaned(where: ExpressionBuilder<DB & { s: DB['audio_streams'] }, 's'>, owner: string) {
  return [
    where('s.lease_owner', 'is distinct from', owner),
    where.or([where('s.lease_until', 'is', null), where('s.lease_until', '<', sql<Date>`now()`)]),
  ];
}
