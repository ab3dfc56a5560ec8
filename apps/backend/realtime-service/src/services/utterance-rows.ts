import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '@medcall/service-kit';
import type { TranscriptionEvent } from '@medcall/shared-types';
import { sql } from 'kysely';
import type { UtterancePlace } from './utterance-place.ts';

/** A final on its way to its row. */
export interface NewUtterance {
  readonly place: UtterancePlace;
  readonly event: TranscriptionEvent;
  /** As decoded, and which of the utterance's texts it is. */
  readonly rawText: string;
  readonly engine: string;
  readonly textRevision: number;
}

/** The row's revision; `known` when the row holds this or a better text; `not_owned` for another node's stream. */
export type StoredUtterance = { readonly revision: number } | 'known' | 'not_owned';

/** A transaction takes this many rows: with more, nobody's text would come sooner. */
const mostRows = 100;
/** One row that waits for a lock holds up those beside it; the others go by it. */
const mostAtOnce = 2;

interface Waiting {
  readonly utterance: NewUtterance;
  /** What ran when it came: the transaction stands in the trace of the first that it takes. */
  readonly context: ReturnType<typeof AsyncLocalStorage.snapshot>;
  resolve(stored: StoredUtterance): void;
  reject(error: unknown): void;
}

/**
 * Writes utterances of all rooms in common transactions: while one is on its way, what comes meanwhile
 * gathers for the next. Nobody waits for company. Whoever wants an order waits for each answer.
 */
export class UtteranceRows {
  private readonly database: Database;
  private waiting: Waiting[] = [];
  /** The utterances of which a text is in a transaction. */
  private readonly onTheWay = new Set<string>();
  private running = 0;

  constructor(database: Database) {
    this.database = database;
  }

  /** Rejects as the database does; a row that it refuses takes no other one with it. Trying again is the caller's. */
  write(utterance: NewUtterance): Promise<StoredUtterance> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ utterance, context: AsyncLocalStorage.snapshot(), resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.running >= mostAtOnce || !this.waiting.some(this.mayGo)) return;
    this.running += 1;
    // What other rooms bring in the same turn of the loop goes along.
    setImmediate(() => void this.writeWaiting());
  }

  /** Never rejects: each of them is told. */
  private async writeWaiting(): Promise<void> {
    const batch = this.take();
    await this.writeTogether(batch);
    for (const { utterance } of batch) this.onTheWay.delete(utterance.event.id);
    this.running -= 1;
    this.next();
  }

  /**
   * One text of an utterance at a time, in the order in which they came: a statement cannot write a row twice,
   * and of two transactions the later one may be the first to commit.
   */
  private take(): Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    for (const one of this.waiting) {
      if (taken.length < mostRows && this.mayGo(one)) {
        this.onTheWay.add(one.utterance.event.id);
        taken.push(one);
      } else left.push(one);
    }
    this.waiting = left;
    return taken;
  }

  private readonly mayGo = ({ utterance }: Waiting): boolean =>
    !this.onTheWay.has(utterance.event.id);

  private async writeTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.tryTogether(batch);
    } catch (error) {
      // One of them is what the database refuses: alone, each is told of itself.
      if (batch.length > 1 && isRefusal(error)) {
        await this.writeSingly(batch);
        return;
      }
      for (const { reject } of batch) reject(error);
    }
  }

  private async writeSingly(batch: readonly Waiting[]): Promise<void> {
    for (const [n, one] of batch.entries()) {
      try {
        await this.tryTogether([one]);
      } catch (error) {
        if (!isRefusal(error)) {
          // A database that is away is not waited for once a row.
          for (const { reject } of batch.slice(n)) reject(error);
          return;
        }
        one.reject(error);
      }
    }
  }

  private async tryTogether(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    const stored = await first.context(() => this.insert(batch.map(({ utterance }) => utterance)));
    for (const { resolve, utterance } of batch) {
      resolve(stored.get(utterance.event.id) ?? 'not_owned');
    }
  }

  private insert(utterances: readonly NewUtterance[]): Promise<Map<string, StoredUtterance>> {
    return this.database.asSystem('utterance', async (trx) => {
      const { rows } = await sql<{ id: string; revision: number | null }>`
        with said as (select * from ${columnsOf(utterances)}),
        held as (
          -- In the order in which savePositions locks them: nobody waits for each other.
          select s.id, s.lease_fence from audio_streams s
          where s.id = any(${utterances.map(({ place }) => place.streamId)}::uuid[])
          order by s.id for share
        ),
        owned as (
          select said.* from said
          join held on held.id = said.stream_id and held.lease_fence = said.fence
        ),
        written as (
          insert into transcriptions as kept (id, room_id, participant_id, stream_id, speaker, text, raw_text,
            timestamp, start_ms, end_ms, confidence, engine, revision, text_revision)
          select id, room_id, participant_id, stream_id, speaker, text, raw_text,
            timestamp, start_ms, end_ms, confidence, engine, revision, text_revision
          from owned
          on conflict (id) do update set
            speaker = excluded.speaker, text = excluded.text, raw_text = excluded.raw_text,
            start_ms = excluded.start_ms, end_ms = excluded.end_ms, confidence = excluded.confidence,
            engine = excluded.engine, text_revision = excluded.text_revision,
            -- A label that changed its mind has counted too.
            revision = greatest(kept.revision + 1, excluded.revision)
          -- A replay brings earlier texts again, and what a person corrected is never written over.
          where kept.text_revision < excluded.text_revision
            and kept.edited_by is null and kept.superseded_by is null
          returning kept.id, kept.revision
        )
        select owned.id, written.revision
        from owned left join written on written.id = owned.id`.execute(trx);
      return new Map(
        rows.map(({ id, revision }): [string, StoredUtterance] => [
          id,
          revision === null ? 'known' : { revision },
        ]),
      );
    });
  }
}

/** SQLSTATE classes: data that is wrong, constraints that say no. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^2[23]...$/.test(error.code)
  );
}

function columnsOf(utterances: readonly NewUtterance[]) {
  const column = <T>(value: (utterance: NewUtterance) => T) => utterances.map(value);
  return sql`unnest(
    ${column(({ event }) => event.id)}::uuid[],
    ${column(({ event }) => event.roomId)}::text[],
    ${column(({ event }) => event.participantId)}::uuid[],
    ${column(({ place }) => place.streamId)}::uuid[],
    ${column(({ place }) => place.fence)}::bigint[],
    ${column(({ event }) => event.speaker)}::text[],
    ${column(({ event }) => event.text)}::text[],
    ${column(({ rawText }) => rawText)}::text[],
    ${column(({ event }) => event.timestamp)}::timestamptz[],
    ${column(({ event }) => event.startMs)}::bigint[],
    ${column(({ event }) => event.endMs)}::bigint[],
    ${column(({ event }) => event.confidence)}::real[],
    ${column(({ engine }) => engine)}::text[],
    ${column(({ event }) => event.revision)}::int[],
    ${column(({ textRevision }) => textRevision)}::int[]
  ) as said(id, room_id, participant_id, stream_id, fence, speaker, text, raw_text, timestamp,
    start_ms, end_ms, confidence, engine, revision, text_revision)`;
}
