import type { Database, DB, Logger, Trx } from '@medcall/service-kit';
import type { Speaker, TranscriptionEvent } from '@medcall/shared-types';
import { type Selectable, sql } from 'kysely';
import type { DroppedEvent, UtteranceEvent } from '../speech/transcriber-events.ts';
import type { UtterancePlace } from './utterance-place.ts';
import { isRefusal, UtteranceRows } from './utterance-rows.ts';

const longestWaitMs = 5000;

/** The service stops first; or the database will never take this row. */
export type NotStored = 'not_stored' | 'refused';

/** Where a room's utterances go. */
export type UtteranceWriter = Pick<
  TranscriptWriter,
  'toEvent' | 'toWithdrawal' | 'store' | 'relabel' | 'insist'
>;

/** Utterances as events and as rows. A final is a row before anybody sees it. */
export class TranscriptWriter {
  private readonly database: Database;
  private readonly logger: Logger;
  private readonly rows: UtteranceRows;
  private stopped = false;

  constructor(options: { database: Database; logger: Logger }) {
    this.database = options.database;
    this.logger = options.logger;
    this.rows = new UtteranceRows(options.database);
  }

  /** The utterance on the consultation's timeline. */
  toEvent(place: UtterancePlace, utterance: UtteranceEvent): TranscriptionEvent {
    const startMs = Math.max(0, Math.round(place.originMs + utterance.startMs));
    const endMs = Math.max(startMs, Math.round(place.originMs + utterance.endMs));
    return {
      id: utterance.id,
      roomId: place.roomId,
      participantId: place.participantId,
      speaker: place.speaker,
      text: storable(utterance.text),
      startMs,
      endMs,
      timestamp: new Date(place.timelineZeroAt.getTime() + startMs).toISOString(),
      isFinal: utterance.isFinal,
      revision: utterance.revision,
      confidence: utterance.confidence,
      ...(utterance.replaces?.length ? { replaces: [...utterance.replaces] } : {}),
    };
  }

  /** An empty partial: the utterance that people saw begin turned out to be nobody's words. */
  toWithdrawal(place: UtterancePlace, dropped: DroppedEvent): TranscriptionEvent {
    return this.toEvent(place, {
      ...dropped,
      type: 'utterance',
      revision: 0,
      isFinal: false,
      text: '',
      rawText: '',
      confidence: null,
      engine: '',
    });
  }

  /**
   * Stores a final, trying again while the database is away.
   * @returns the event to send, with its number among the row's revisions; `known` when the row was
   * there already or a person corrected it; `not_owned` when another node has taken the stream over
   */
  store(
    place: UtterancePlace,
    utterance: UtteranceEvent,
    event: TranscriptionEvent,
  ): Promise<TranscriptionEvent | 'known' | 'not_owned' | NotStored> {
    return this.insist(event.id, () =>
      event.replaces?.length
        ? this.write(place, utterance, event)
        : this.writeWithOthers(place, utterance, event),
    );
  }

  /**
   * Gives rows another speaker, but for those that a person corrected.
   * @returns the events to send
   */
  relabel(
    changes: ReadonlyArray<{ id: string; speaker: Speaker }>,
  ): Promise<TranscriptionEvent[] | NotStored> {
    return this.insist(changes[0]?.id ?? '', () =>
      this.database.asSystem('speaker heard better', async (trx) => {
        const events: TranscriptionEvent[] = [];
        for (const { id, speaker } of changes) {
          const row = await trx
            .updateTable('transcriptions')
            .set((set) => ({ speaker, revision: set('revision', '+', 1) }))
            .where('id', '=', id)
            .where('speaker', '<>', speaker)
            .where('edited_by', 'is', null)
            .where('superseded_by', 'is', null)
            .returningAll()
            .executeTakeFirst();
          if (row) events.push(eventOfRow({ ...row, speaker }));
        }
        return events;
      }),
    );
  }

  /** Tries until the database takes what there is of an utterance. */
  async insist<T>(utterance: string, work: () => Promise<T>): Promise<T | NotStored> {
    for (let attempt = 0; !this.stopped; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (isRefusal(error)) {
          // One text that cannot be a row must not hold back all that is said after it.
          this.logger.error({ err: error, utterance }, 'utterance can never be stored');
          return 'refused';
        }
        this.logger.warn({ err: error, attempt }, 'utterance could not be stored; trying again');
        await pause(Math.min(longestWaitMs, 100 * 2 ** attempt));
      }
    }
    return 'not_stored';
  }

  stop(): void {
    this.stopped = true;
  }

  /** The usual case: a text that takes no other row's place shares a transaction with other rooms' texts. */
  private async writeWithOthers(
    place: UtterancePlace,
    utterance: UtteranceEvent,
    event: TranscriptionEvent,
  ): Promise<TranscriptionEvent | 'known' | 'not_owned'> {
    const stored = await this.rows.write({
      place,
      event,
      rawText: storable(utterance.rawText),
      engine: utterance.engine,
      textRevision: utterance.revision,
    });
    return typeof stored === 'string' ? stored : { ...event, revision: stored.revision };
  }

  private write(
    place: UtterancePlace,
    utterance: UtteranceEvent,
    event: TranscriptionEvent,
  ): Promise<TranscriptionEvent | 'known' | 'not_owned'> {
    return this.database.asSystem('utterance', async (trx) => {
      const owned = await trx
        .selectFrom('audio_streams')
        .select('id')
        .where('id', '=', place.streamId)
        .where('lease_fence', '=', place.fence)
        .forShare()
        .executeTakeFirst();
      if (!owned) return 'not_owned';
      if (!(await replaceable(trx, event))) return 'known';
      const written = await upsert(trx, place, utterance, event);
      if (!written) return 'known';
      if (event.replaces?.length) {
        await trx
          .updateTable('transcriptions')
          .set({ superseded_by: event.id })
          .where('id', 'in', event.replaces)
          .where('room_id', '=', event.roomId)
          .where(sql<boolean>`id <> ${event.id}`)
          .execute();
      }
      return { ...event, revision: written.revision };
    });
  }
}

/**
 * Locks what a whole turn would replace, so that nobody corrects it meanwhile: who corrects waits and
 * finds the turn, and a correction that came first stands, with all the turn's parts.
 */
async function replaceable(trx: Trx, event: TranscriptionEvent): Promise<boolean> {
  if (!event.replaces?.length) return true;
  const parts = [event.id, ...event.replaces];
  await trx
    .selectFrom('transcriptions')
    .select('id')
    .where('id', 'in', parts)
    .orderBy('id')
    .forUpdate()
    .execute();
  // A statement of its own: it sees what was committed while the locks were waited for.
  const corrected = await trx
    .selectFrom('transcriptions')
    .select('id')
    .where('edited_from', 'in', parts)
    .limit(1)
    .executeTakeFirst();
  return corrected === undefined;
}

function upsert(
  trx: Trx,
  place: UtterancePlace,
  utterance: UtteranceEvent,
  event: TranscriptionEvent,
) {
  const said = {
    speaker: event.speaker,
    text: event.text,
    raw_text: storable(utterance.rawText),
    start_ms: event.startMs,
    end_ms: event.endMs,
    confidence: event.confidence,
    engine: utterance.engine,
    text_revision: utterance.revision,
  };
  return trx
    .insertInto('transcriptions')
    .values({
      ...said,
      id: event.id,
      room_id: event.roomId,
      timestamp: event.timestamp,
      participant_id: event.participantId,
      revision: event.revision,
      stream_id: place.streamId,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          ...said,
          // A label that changed its mind has counted too.
          revision: sql<number>`greatest(transcriptions.revision + 1, excluded.revision)`,
        })
        // A replay brings earlier texts again.
        .where('transcriptions.text_revision', '<', utterance.revision)
        // What a person corrected is never written over by a machine.
        .where('transcriptions.edited_by', 'is', null)
        .where('transcriptions.superseded_by', 'is', null),
    )
    .returning('revision')
    .executeTakeFirst();
}

type TranscriptRow = Pick<
  Selectable<DB['transcriptions']>,
  | 'id'
  | 'room_id'
  | 'participant_id'
  | 'text'
  | 'start_ms'
  | 'end_ms'
  | 'timestamp'
  | 'revision'
  | 'confidence'
> & { speaker: Speaker };

/** A stored row as people get it. */
export function eventOfRow(row: TranscriptRow): TranscriptionEvent {
  return {
    id: row.id,
    roomId: row.room_id,
    participantId: row.participant_id ?? row.id,
    speaker: row.speaker,
    text: row.text,
    startMs: row.start_ms,
    endMs: row.end_ms,
    timestamp: row.timestamp.toISOString(),
    isFinal: true,
    revision: row.revision,
    confidence: row.confidence,
  };
}

/** A garbled engine may write what no text column takes: control characters, half surrogate pairs. */
export function storable(text: string): string {
  return text.toWellFormed().replace(/(?![\n\t])\p{Control}/gu, '');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
