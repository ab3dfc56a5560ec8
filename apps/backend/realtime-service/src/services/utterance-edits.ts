import { randomUUID } from 'node:crypto';
import { audit, type Database, type MemberCaller, notFound, publish } from '@medcall/service-kit';
import type { Speaker, TranscriptionEvent } from '@medcall/shared-types';
import { eventOfRow } from './transcript-writer.ts';

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
        speaker_named: edit.speaker !== undefined || old.speaker_named,
      };
      await trx.insertInto('transcriptions').values(corrected).execute();
      const replaced = await trx
        .updateTable('transcriptions')
        .set({ superseded_by: corrected.id })
        .where('id', '=', old.id)
        .executeTakeFirst();
      if (replaced.numUpdatedRows === 0n) throw notFound();
      if (edit.speaker) {
        const { id: consultation_id } = await trx
          .selectFrom('consultations')
          .select('id')
          .where('room_id', '=', old.room_id)
          .executeTakeFirstOrThrow();
        await publish(trx, { type: 'speaker_corrected', consultation_id });
      }
      await audit(trx, {
        action: 'transcription.corrected',
        tableName: 'transcriptions',
        recordId: old.id,
        changes: {
          ...(edit.speaker ? { speaker: { before: old.speaker, after: edit.speaker } } : {}),
          ...(edit.text ? { text: true } : {}),
        },
      });
      // The column has a check constraint with exactly these values.
      const row = { ...corrected, speaker: corrected.speaker as Speaker };
      return { ...eventOfRow(row), replaces: [old.id] };
    });
  }
}
