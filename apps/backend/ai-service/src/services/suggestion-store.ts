import { asJson, type Trx } from '@medcall/service-kit';
import type {
  CoverageItem,
  SuggestionContext,
  SuggestionItem,
  SuggestionStatus,
} from '@medcall/shared-types/suggestion';
import { suggestionItem } from '@medcall/shared-types/suggestion';
import { sql } from 'kysely';
import type { PatientContext } from './questions/patient-context.ts';
import type { EngineUse, QuestionRun } from './questions/question-engine.ts';
import type { Utterance } from './utterance.ts';

/** A consultation as the suggestions need it. */
export interface ConsultationForAi {
  id: string;
  clinicaId: string;
  roomId: string;
  aiAllowed: boolean;
  patient: PatientContext;
}

/** The consultation of a room, as far as the transaction's role may see it. */
export async function findConsultation(
  trx: Trx,
  roomId: string,
): Promise<ConsultationForAi | undefined> {
  const row = await trx
    .selectFrom('consultations as c')
    .leftJoin('patients as own', 'own.id', 'c.patient_id')
    // The card that stands for the person: what the clinic corrects is corrected there.
    .leftJoin('patients as p', (join) => join.on(sql<boolean>`p.id = app.person_of(c.patient_id)`))
    .where('c.room_id', '=', roomId)
    .select([
      'c.id',
      'c.clinica_id',
      'c.ai_enabled',
      sql<string | null>`coalesce(p.sex, own.sex)`.as('sex'),
      sql<number | null>`extract(year from age(app.birth_date_of(c.patient_id)))::int`.as('age'),
      sql<boolean | null>`(
        select accepted from consents
        where consents.consultation_id = c.id and type = 'ai'
        order by position desc limit 1)`.as('ai_accepted'),
    ])
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      clinicaId: row.clinica_id,
      roomId,
      // Absent consent counts as refused (DESIGN §8).
      aiAllowed: row.ai_enabled && row.ai_accepted === true,
      patient: {
        ...(row.age === null ? {} : { ageYears: row.age }),
        ...(row.sex === 'F' || row.sex === 'M' ? { sex: row.sex } : {}),
      },
    }
  );
}

/** Final utterances of a room in order, without superseded ones. */
export function readUtterances(trx: Trx, roomId: string): Promise<Utterance[]> {
  return trx
    .selectFrom('transcriptions')
    .where('room_id', '=', roomId)
    .where('superseded_by', 'is', null)
    .orderBy('start_ms')
    .orderBy('id')
    .select(['id', 'speaker', 'text'])
    .execute();
}

export interface StoredSuggestion extends SuggestionItem {
  status: SuggestionStatus;
  /** Null also for one that left the screen because another took its place. */
  decidedBy: string | null;
  context: SuggestionContext;
  createdAt: Date;
  /** The utterance after which it was offered. */
  askedAfter: string | null;
}

/** Everything offered in a room so far, oldest first. */
export async function readSuggestions(trx: Trx, roomId: string): Promise<StoredSuggestion[]> {
  const rows = await trx
    .selectFrom('suggestions as s')
    .leftJoin('transcriptions as t', 't.id', 's.transcription_id')
    .where('s.room_id', '=', roomId)
    .orderBy('s.created_at')
    .orderBy('s.id')
    .selectAll('s')
    .select('t.text as trigger_text')
    .execute();
  const current = await readSuccessors(trx, roomId);
  return rows.map((row) => ({
    ...suggestionItem.parse({
      id: row.id,
      topic: row.topic ?? '',
      question: row.question,
      rationale: row.rationale ?? '',
      redFlag: row.red_flag,
      sources: row.sources,
      triggeredBy: {
        transcriptionId: row.transcription_id && current(row.transcription_id),
        text: row.trigger_text ?? '',
      },
      engine: row.engine ?? '',
      ...(row.fallback ? { fallback: true } : {}),
    }),
    status: row.status,
    decidedBy: row.decided_by,
    context: row.context,
    createdAt: row.created_at,
    askedAfter: row.run_transcription_id && current(row.run_transcription_id),
  }));
}

/** What stands in the place of an utterance that was merged or corrected: references follow `superseded_by`. */
async function readSuccessors(trx: Trx, roomId: string): Promise<(id: string) => string> {
  const rows = await trx
    .selectFrom('transcriptions')
    .where('room_id', '=', roomId)
    .where('superseded_by', 'is not', null)
    .select(['id', 'superseded_by'])
    .execute();
  const successors = new Map(rows.map((row) => [row.id, row.superseded_by]));
  return (id) => {
    let last = id;
    for (let next = successors.get(last); next; next = successors.get(last)) last = next;
    return last;
  };
}

/** An answer that was given: its moment joins the utterances that it stood for. */
export interface StoredRun {
  at: number;
  fallbackReason: string | null;
}

/** Utterances of a room for which an engine has already answered. */
export async function readRuns(trx: Trx, roomId: string): Promise<Map<string, StoredRun>> {
  const rows = await trx
    .selectFrom('suggestion_runs')
    .where('room_id', '=', roomId)
    .select(['transcription_id', 'created_at', 'fallback_reason'])
    .execute();
  return new Map(
    rows.map((row) => [
      row.transcription_id,
      { at: row.created_at.getTime(), fallbackReason: row.fallback_reason },
    ]),
  );
}

/** One writer per room at a time, across instances, until the transaction ends. */
export async function lockRoom(trx: Trx, roomId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${roomId}, 6021))`.execute(trx);
}

export async function insertRuns(
  trx: Trx,
  roomId: string,
  transcriptionIds: readonly string[],
  run: QuestionRun,
): Promise<void> {
  if (transcriptionIds.length === 0) return;
  await trx
    .insertInto('suggestion_runs')
    .values(
      transcriptionIds.map((transcription_id) => ({
        room_id: roomId,
        transcription_id,
        engine: run.engine,
        engine_version: run.engineVersion,
        prompt_hash: run.promptHash,
        output_id: run.outputId,
        fallback_reason: run.fallbackReason,
        dropped: asJson(run.dropped),
      })),
    )
    .onConflict((conflict) => conflict.columns(['room_id', 'transcription_id']).doNothing())
    .execute();
}

/** A question about to be stored, with what the record must say of it. */
export interface NewSuggestion extends SuggestionItem {
  use: EngineUse;
  /** The utterance after which it is offered, where a row holds it. */
  askedAfter: string | null;
}

export async function insertSuggestions(
  trx: Trx,
  roomId: string,
  context: SuggestionContext,
  items: readonly NewSuggestion[],
): Promise<void> {
  if (items.length === 0) return;
  await trx
    .insertInto('suggestions')
    .values(
      items.map((item) => ({
        id: item.id,
        room_id: roomId,
        context,
        topic: item.topic,
        question: item.question,
        rationale: item.rationale,
        sources: asJson(item.sources),
        transcription_id: item.triggeredBy.transcriptionId,
        run_transcription_id: item.askedAfter,
        red_flag: item.redFlag ?? false,
        engine: item.engine,
        engine_version: item.use.engineVersion,
        prompt_hash: item.use.promptHash,
        output_id: item.use.outputId,
        fallback: item.fallback ?? false,
      })),
    )
    .execute();
}

/**
 * Takes questions off the screen that made room for others. Nobody dismissed them, and the row says
 * so: `decided_by` stays empty.
 */
export async function retireSuggestions(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable('suggestions')
    .set({ status: 'dismissed', decided_at: sql`now()` })
    .where('id', 'in', ids)
    .execute();
}

/** Stores the meter; rows that did not change are not touched. */
export async function saveCoverage(
  trx: Trx,
  consultationId: string,
  items: readonly CoverageItem[],
): Promise<void> {
  if (items.length === 0) return;
  await trx
    .insertInto('coverage_items')
    .values(
      items.map((item) => ({
        consultation_id: consultationId,
        key: item.key,
        status: item.status,
        transcription_id: item.transcriptionId ?? null,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['consultation_id', 'key'])
        .doUpdateSet((eb) => ({
          status: eb.ref('excluded.status'),
          transcription_id: eb.ref('excluded.transcription_id'),
        }))
        .where(
          sql<boolean>`(coverage_items.status, coverage_items.transcription_id)
            is distinct from (excluded.status, excluded.transcription_id)`,
        ),
    )
    .execute();
}
