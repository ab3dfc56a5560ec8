import { randomUUID } from 'node:crypto';
import { audit, type Database, type MemberCaller, notFound } from '@medcall/service-kit';
import type { Speaker, TranscriptionEvent } from '@medcall/shared-types';

export interface UtteranceEdit {
  speaker?: Speaker | undefined;
  text?: string | undefined;
}

/** A doctor's corrections: the machine's row stays, superseded by the corrected one. */
export class UtteranceEdits {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** @throws AppError not_found for an utterance that the caller cannot see or that was replaced already */
  edit(caller: MemberCaller, id: string, edit: UtteranceEdit): Promise<TranscriptionEvent> {
    return this.database.asUser(caller, async (trx) => {
      const old = await trx
        .selectFrom('transcriptions')
        .selectAll()
        .where('id', '=', id)
        .where('superseded_by', 'is', null)
        .forUpdate()
        .executeTakeFirst();
      if (!old) throw notFound();
      const corrected = {
        id: randomUUID(),
        room_id: old.room_id,
        speaker: edit.speaker ?? old.speaker,
        text: edit.text ?? old.text,
        raw_text: old.raw_text,
        timestamp: old.timestamp,
        participant_id: old.participant_id,
        start_ms: old.start_ms,
        end_ms: old.end_ms,
        confidence: old.confidence,
        engine: old.engine,
        revision: old.revision + 1,
        stream_id: old.stream_id,
        edited_from: old.id,
        edited_by: caller.sub,
      };
      await trx.insertInto('transcriptions').values(corrected).execute();
      const replaced = await trx
        .updateTable('transcriptions')
        .set({ superseded_by: corrected.id })
        .where('id', '=', old.id)
        .executeTakeFirst();
      if (replaced.numUpdatedRows === 0n) throw notFound();
      await audit(trx, {
        action: 'transcription.corrected',
        tableName: 'transcriptions',
        recordId: old.id,
        changes: {
          ...(edit.speaker ? { speaker: { before: old.speaker, after: edit.speaker } } : {}),
          ...(edit.text ? { text: true } : {}),
        },
      });
      return {
        id: corrected.id,
        roomId: old.room_id,
        participantId: old.participant_id ?? corrected.id,
        // The column has a check constraint with exactly these values.
        speaker: corrected.speaker as Speaker,
        text: corrected.text,
        startMs: old.start_ms,
        endMs: old.end_ms,
        timestamp: old.timestamp.toISOString(),
        isFinal: true,
        revision: corrected.revision,
        confidence: old.confidence,
        replaces: [old.id],
      };
    });
  }
}
