import { type Database, notFound, type Trx } from '@medcall/service-kit';
import {
  anamnesisTopicKeys,
  anamnesisTopics,
  type CoverageItem,
  guidelineSource,
  type StoredSuggestion,
  type Transcript,
} from '@medcall/shared-types';
import { z } from 'zod';
import { auditCall, type Calling } from './calling.ts';
import { utterancesOf } from './notes/read-note.ts';
import { stored } from './stored.ts';

/** What was said and asked in a consultation: for its doctors only. */
export interface Records {
  transcript(calling: Calling, consultationId: string, format: string): Promise<Transcript>;
  coverage(calling: Calling, consultationId: string): Promise<CoverageItem[]>;
  suggestions(calling: Calling, consultationId: string): Promise<StoredSuggestion[]>;
}

export function createRecords(db: Database): Records {
  return {
    transcript: (calling, consultationId, format) =>
      db.asUser(calling.caller, async (trx) => {
        const consultation = await mustSee(trx, consultationId);
        const rows = await selectTranscript(trx, consultation.room_id);
        await auditCall(trx, calling, {
          action: format === 'json' ? 'transcript.read' : 'transcript.export',
          tableName: 'transcriptions',
          recordId: consultationId,
          patientId: consultation.patient_id,
          changes: { format },
        });
        return {
          consultation_id: consultationId,
          room_id: consultation.room_id,
          items: rows.map((row) => ({ ...row, timestamp: row.timestamp.toISOString() })),
        };
      }),

    coverage: (calling, consultationId) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          const { room_id } = await mustSee(trx, consultationId);
          const current = await utterancesOf(trx, room_id);
          const rows = await trx
            .selectFrom('coverage_items')
            .select(['key', 'status', 'transcription_id'])
            .where('consultation_id', '=', consultationId)
            .execute();
          const byKey = new Map(rows.map((row) => [row.key, row]));
          return anamnesisTopicKeys.flatMap((key): CoverageItem[] => {
            const row = byKey.get(key);
            if (!row) return [];
            const covered = row.transcription_id && current.get(row.transcription_id);
            const covering = covered ? { transcriptionId: covered } : {};
            return [{ key, label: anamnesisTopics[key], status: row.status, ...covering }];
          });
        },
        { readOnly: true },
      ),

    suggestions: (calling, consultationId) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          const consultation = await mustSee(trx, consultationId);
          const rows = await selectSuggestions(trx, consultation.room_id);
          const current = await utterancesOf(trx, consultation.room_id);
          return rows.map((row) => ({
            id: row.id,
            topic: row.topic ?? '',
            question: row.question,
            rationale: row.rationale ?? '',
            redFlag: row.red_flag,
            sources: stored(sources, row.sources),
            triggeredBy: {
              transcriptionId: (row.transcription_id && current.get(row.transcription_id)) ?? null,
              text: row.trigger_text ?? '',
            },
            engine: row.engine ?? '',
            context: row.context,
            status: row.status,
            decided_by: row.decided_by,
            created_at: row.created_at.toISOString(),
          }));
        },
        { readOnly: true },
      ),
  };
}

const sources = z.array(guidelineSource);

async function mustSee(trx: Trx, consultationId: string) {
  const consultation = await trx
    .selectFrom('consultations')
    .select(['room_id', 'patient_id'])
    .where('id', '=', consultationId)
    .executeTakeFirst();
  if (!consultation) throw notFound();
  return consultation;
}

/** Final utterances in order; a corrected or merged one in its latest form. */
export function selectTranscript(trx: Trx, roomId: string) {
  return trx
    .selectFrom('transcriptions')
    .select([
      'id',
      'room_id',
      'participant_id',
      'speaker',
      'text',
      'raw_text',
      'start_ms',
      'end_ms',
      'timestamp',
      'confidence',
      'engine',
      'revision',
    ])
    .where('room_id', '=', roomId)
    .where('superseded_by', 'is', null)
    .orderBy('start_ms')
    .orderBy('id')
    .execute();
}

function selectSuggestions(trx: Trx, roomId: string) {
  return trx
    .selectFrom('suggestions as s')
    .leftJoin('transcriptions as t', 't.id', 's.transcription_id')
    .select([
      's.id',
      's.topic',
      's.question',
      's.rationale',
      's.red_flag',
      's.sources',
      's.transcription_id',
      't.text as trigger_text',
      's.engine',
      's.context',
      's.status',
      's.decided_by',
      's.created_at',
    ])
    .where('s.room_id', '=', roomId)
    .orderBy('s.created_at')
    .orderBy('s.id')
    .execute();
}
