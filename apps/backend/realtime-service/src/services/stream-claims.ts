import type { Database, DB, Trx } from '@medcall/service-kit';
import { roomRole, speakerOfRole } from '@medcall/shared-types';
import { type ExpressionBuilder, sql } from 'kysely';
import type { StreamIdentity } from '../audio-log/audio-log.ts';
import { leaseEnd, type StreamRow, type UndrainedStream } from './stream-rows.ts';

export interface NewStream extends StreamIdentity {
  sessionId: string;
  participantId: string;
  /** Length of the first chunk: the stream began this long before its arrival. */
  firstChunkMs: number;
}

/** Which streams are this node's: made, taken over from a dead one, or read once more. */
export class StreamClaims {
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
