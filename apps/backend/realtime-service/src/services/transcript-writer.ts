import type { Database, Logger } from '@medcall/service-kit';
import type { Speaker, TranscriptionEvent } from '@medcall/shared-types';
import { sql } from 'kysely';
import type { DroppedEvent, UtteranceEvent } from '../speech/transcriber-events.ts';

/** Everything about an utterance but its text. */
export interface UtterancePlace {
  roomId: string;
  participantId: string;
  speaker: Speaker;
  streamId: string;
  fence: number;
  originMs: number;
  timelineZeroAt: Date;
}

const longestWaitMs = 5000;

/** `refused`: the database will never take this row, however often it is asked. */
export type StoreResult = 'stored' | 'known' | 'not_stored' | 'refused';

/** Utterances as events and as rows. A final is a row before anybody sees it. */
export class TranscriptWriter {
  private readonly database: Database;
  private readonly logger: Logger;
  private stopped = false;

  constructor(options: { database: Database; logger: Logger }) {
    this.database = options.database;
    this.logger = options.logger;
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
   * @returns `known` when the row was there already, `not_stored` when the service stops first or
   * another node owns the stream now
   */
  async store(
    place: UtterancePlace,
    utterance: UtteranceEvent,
    event: TranscriptionEvent,
  ): Promise<StoreResult> {
    for (let attempt = 0; !this.stopped; attempt++) {
      try {
        return await this.write(place, utterance, event);
      } catch (error) {
        if (isRefusal(error)) {
          // One text that cannot be a row must not hold back all that is said after it.
          this.logger.error({ err: error, utterance: event.id }, 'utterance can never be stored');
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

  private async write(
    place: UtterancePlace,
    utterance: UtteranceEvent,
    event: TranscriptionEvent,
  ): Promise<StoreResult> {
    const rawText = storable(utterance.rawText);
    return this.database.asSystem('utterance', async (trx) => {
      const owned = await trx
        .selectFrom('audio_streams')
        .select('id')
        .where('id', '=', place.streamId)
        .where('lease_fence', '=', place.fence)
        .forShare()
        .executeTakeFirst();
      if (!owned) return 'not_stored';
      const written = await trx
        .insertInto('transcriptions')
        .values({
          id: event.id,
          room_id: event.roomId,
          speaker: event.speaker,
          text: event.text,
          raw_text: rawText,
          timestamp: event.timestamp,
          participant_id: event.participantId,
          start_ms: event.startMs,
          end_ms: event.endMs,
          confidence: event.confidence,
          engine: utterance.engine,
          revision: event.revision,
          stream_id: place.streamId,
        })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({
              text: event.text,
              raw_text: rawText,
              start_ms: event.startMs,
              end_ms: event.endMs,
              confidence: event.confidence,
              engine: utterance.engine,
              revision: event.revision,
            })
            // What a person corrected is never written over by a machine.
            .where('transcriptions.revision', '<', event.revision)
            .where('transcriptions.edited_by', 'is', null),
        )
        .returning('id')
        .executeTakeFirst();
      if (event.replaces?.length) {
        await trx
          .updateTable('transcriptions')
          .set({ superseded_by: event.id })
          .where('id', 'in', event.replaces)
          .where('room_id', '=', event.roomId)
          .where(sql<boolean>`id <> ${event.id}`)
          .execute();
      }
      return written ? 'stored' : 'known';
    });
  }
}

/** SQLSTATE classes: data that is wrong, constraints that say no. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^2[23]...$/.test(error.code)
  );
}

/** A garbled engine may write what no text column takes: control characters, half surrogate pairs. */
function storable(text: string): string {
  return text.toWellFormed().replace(/(?![\n\t])\p{Control}/gu, '');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
