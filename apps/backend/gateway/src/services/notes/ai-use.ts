import type { Database, Trx } from '@medcall/service-kit';
import { type AiUse, type NoteSentence, noteSections } from '@medcall/shared-types';
import { auditCall, type Calling } from '../calling.ts';
import { seeConsultation } from '../seen-consultation.ts';
import { stored } from '../stored.ts';
import { findNote, sentencesOf } from './read-note.ts';

/** What the record must say of engines: which one, its version and prompt, its output, the doctor's decision. */
export interface AiUses {
  of(calling: Calling, consultationId: string): Promise<AiUse[]>;
}

export function createAiUses(db: Database): AiUses {
  return {
    of: (calling, consultationId) =>
      db.asUser(calling.caller, async (trx) => {
        const consultation = await seeConsultation(trx, consultationId);
        const uses = [
          ...(await suggestionUses(trx, consultation.room_id)),
          ...(await noteUses(trx, consultationId)),
        ];
        await auditCall(trx, calling, {
          action: 'ai_use.read',
          tableName: 'consultations',
          recordId: consultationId,
          patientId: consultation.patient_id,
        });
        return uses.toSorted((a, b) => a.at.localeCompare(b.at));
      }),
  };
}

/** A question that only made room for another was never decided on. */
const decisionOf = { shown: 'pending', used: 'used', dismissed: 'dismissed' } as const;

async function suggestionUses(trx: Trx, roomId: string): Promise<AiUse[]> {
  const runs = await trx
    .selectFrom('suggestion_runs')
    .select([
      'transcription_id',
      'engine',
      'engine_version',
      'prompt_hash',
      'output_id',
      'created_at',
    ])
    .where('room_id', '=', roomId)
    .execute();
  const suggestions = await trx
    .selectFrom('suggestions')
    .select([
      'id',
      'question',
      'status',
      'decided_by',
      'transcription_id',
      'engine',
      'engine_version',
      'prompt_hash',
      'output_id',
      'created_at',
    ])
    .where('room_id', '=', roomId)
    .orderBy('created_at')
    .execute();
  const outputs = (rows: typeof suggestions): AiUse['outputs'] =>
    rows.map((row) => ({
      id: row.id,
      text: row.question,
      decision: row.decided_by === null ? ('pending' as const) : decisionOf[row.status],
    }));
  const runOf = new Map<string | null, (typeof runs)[number]>(
    runs.map((run) => [run.transcription_id, run]),
  );
  // A run of a language model may hold danger signs of the bank: each question goes under its own engine.
  const isOfRun = (row: (typeof suggestions)[number]) => {
    const run = runOf.get(row.transcription_id);
    return run !== undefined && (row.engine === null || row.engine === run.engine);
  };
  const ofRun = Map.groupBy(suggestions.filter(isOfRun), (row) => row.transcription_id);
  const withRun = runs.map(
    (run): AiUse => ({
      kind: 'suggestions',
      engine: run.engine,
      engine_version: run.engine_version,
      prompt_hash: run.prompt_hash,
      output_id: run.output_id,
      at: run.created_at.toISOString(),
      outputs: outputs(ofRun.get(run.transcription_id) ?? []),
    }),
  );
  const others = suggestions
    .filter((row) => !isOfRun(row))
    .map(
      (row): AiUse => ({
        kind: 'suggestions',
        engine: row.engine ?? 'unknown',
        engine_version: row.engine_version,
        prompt_hash: row.prompt_hash,
        output_id: row.output_id,
        at: row.created_at.toISOString(),
        outputs: outputs([row]),
      }),
    );
  return [...withRun, ...others];
}

async function noteUses(trx: Trx, consultationId: string): Promise<AiUse[]> {
  const note = await findNote(trx, consultationId);
  if (!note) return [];
  const drafts = await trx
    .selectFrom('note_versions')
    .select([
      'version',
      'sections',
      'engine',
      'engine_version',
      'prompt_hash',
      'output_id',
      'created_at',
    ])
    .where('note_id', '=', note.id)
    .where('author', '=', 'ai')
    .orderBy('version')
    .execute();
  const now = new Map(sentencesOf(stored(noteSections, note.sections)).map((s) => [s.id, s]));
  // Before a doctor saved or signed, nothing is decided.
  const decided = note.status === 'assinada' || note.version > (drafts.at(-1)?.version ?? 0);
  return drafts.map((draft) => ({
    kind: 'note',
    engine: draft.engine ?? note.engine ?? 'unknown',
    engine_version: draft.engine_version ?? note.engine_version,
    prompt_hash: draft.prompt_hash ?? note.prompt_hash,
    output_id: draft.output_id,
    at: draft.created_at.toISOString(),
    // A draft beside the doctor's own text holds both.
    outputs: sentencesOf(stored(noteSections, draft.sections))
      .filter(({ origin }) => origin === 'ai')
      .map((sentence) => ({
        id: sentence.id,
        text: sentence.text,
        decision: decided ? decisionOn(sentence, now.get(sentence.id)) : 'pending',
      })),
  }));
}

function decisionOn(drafted: NoteSentence, kept: NoteSentence | undefined) {
  if (!kept) return 'removed' as const;
  return kept.text === drafted.text ? ('kept' as const) : ('edited' as const);
}
