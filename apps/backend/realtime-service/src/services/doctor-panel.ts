import type { Database } from '@medcall/service-kit';
import {
  anamnesisTopic,
  anamnesisTopics,
  type CoverageItem,
  guidelineSource,
  type SuggestionItem,
} from '@medcall/shared-types';
import { z } from 'zod';

/** What stood beside the conversation: a doctor who reloads the page finds it again. */
export interface DoctorPanel {
  suggestions: SuggestionItem[];
  coverage: CoverageItem[];
}

/** Open questions and the state of the anamnesis of one consultation. */
export async function readDoctorPanel(
  database: Database,
  room: { roomId: string; consultationId: string },
): Promise<DoctorPanel> {
  return {
    suggestions: await openSuggestions(database, room.roomId),
    coverage: await coverageOf(database, room.consultationId),
  };
}

function coverageOf(database: Database, consultationId: string): Promise<CoverageItem[]> {
  return database.asSystem('coverage of a consultation', async (trx) => {
    const rows = await trx
      .selectFrom('coverage_items')
      .select(['key', 'status', 'transcription_id'])
      .where('consultation_id', '=', consultationId)
      .orderBy('created_at')
      .orderBy('key')
      .execute();
    return rows.flatMap((row) => {
      const key = anamnesisTopic.safeParse(row.key);
      if (!key.success) return [];
      return [
        {
          key: key.data,
          label: anamnesisTopics[key.data],
          status: row.status === 'covered' ? ('covered' as const) : ('open' as const),
          ...(row.transcription_id ? { transcriptionId: row.transcription_id } : {}),
        },
      ];
    });
  });
}

/** Questions that are still open for the doctor: what a reload must show again. */
function openSuggestions(database: Database, roomId: string): Promise<SuggestionItem[]> {
  return database.asSystem('open suggestions of a room', async (trx) => {
    const rows = await trx
      .selectFrom('suggestions as s')
      .leftJoin('transcriptions as t', 't.id', 's.transcription_id')
      .select([
        's.id',
        's.topic',
        's.question',
        's.rationale',
        's.sources',
        's.red_flag',
        's.engine',
        's.transcription_id',
        't.text as trigger_text',
      ])
      .where('s.room_id', '=', roomId)
      .where('s.status', '=', 'shown')
      .orderBy('s.created_at')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      topic: row.topic ?? '',
      question: row.question,
      rationale: row.rationale ?? '',
      redFlag: row.red_flag,
      sources: z.array(guidelineSource).catch([]).parse(row.sources),
      triggeredBy: { transcriptionId: row.transcription_id, text: row.trigger_text ?? '' },
      engine: row.engine ?? '',
    }));
  });
}
