import { asJson, type Database, type Trx } from '@medcall/service-kit';
import {
  type NoteDraft,
  type NoteSentence,
  type NoteView,
  noteSections,
} from '@medcall/shared-types';
import { auditCall, type Calling } from '../calling.ts';
import type { Member } from '../members.ts';
import { ownConsultation, type SeenConsultation } from '../seen-consultation.ts';
import { stored } from '../stored.ts';
import type { AiDrafts } from './ai-drafts.ts';
import { mergeDraft } from './merge-draft.ts';
import { mustBeUnsigned, newerVersion } from './note-refusals.ts';
import { findNote, type NoteRow, noteViewOf, sentencesOf } from './read-note.ts';

/** Drafts by an engine: asked of the AI service, stored here as a version of the note. */
export interface NoteDrafting {
  /**
   * @throws AppError ai_consent_required, conflict (signed, or nothing was said yet),
   *   version_conflict when the note changed while the engine wrote, unavailable
   */
  draft(calling: Calling, member: Member, consultationId: string): Promise<NoteView>;
}

export function createNoteDrafting(db: Database, ai: AiDrafts): NoteDrafting {
  return {
    async draft(calling, member, consultationId) {
      const before = await db.asUser(
        calling.caller,
        async (trx) => {
          const consultation = await ownConsultation(trx, member, consultationId);
          const note = await findNote(trx, consultationId);
          mustBeUnsigned(note);
          return { clinicaId: consultation.clinica_id, version: note?.version ?? 0 };
        },
        { readOnly: true },
      );
      const draft = await ai.note({
        consultationId,
        clinicaId: before.clinicaId,
        requestId: calling.requestId,
      });
      return db.asUser(calling.caller, async (trx) => {
        const consultation = await ownConsultation(trx, member, consultationId);
        const note = await findNote(trx, consultationId);
        mustBeUnsigned(note);
        if ((note?.version ?? 0) !== before.version) throw newerVersion(note?.version ?? 0);
        const written = await storeDraft(trx, consultation, note, draft);
        await auditCall(trx, calling, {
          action: 'note.draft',
          tableName: 'notes',
          recordId: written.id,
          patientId: consultation.patient_id,
          changes: { version: written.version, engine: draft.engine },
        });
        return noteViewOf(trx, written, consultation.room_id);
      });
    },
  };
}

async function storeDraft(
  trx: Trx,
  consultation: SeenConsultation,
  before: NoteRow | undefined,
  draft: NoteDraft,
): Promise<NoteRow> {
  const sections = mergeDraft({
    current: before && stored(noteSections, before.sections),
    drafted: await firstWordings(trx, before),
    fresh: draft.sections,
  });
  const columns = {
    sections: asJson(sections),
    code_candidates: asJson(draft.candidates),
    dropped_sentences: draft.dropped.count,
    engine: draft.engine,
    engine_version: draft.engine_version,
    prompt_hash: draft.prompt_hash,
    output_id: draft.output_id ?? null,
  };
  const note = before
    ? await trx
        .updateTable('notes')
        .set({ ...columns, version: before.version + 1 })
        .where('id', '=', before.id)
        .where('version', '=', before.version)
        .where('status', '=', 'rascunho')
        .returningAll()
        .executeTakeFirst()
    : await trx
        .insertInto('notes')
        .values({ ...columns, consultation_id: consultation.id })
        .onConflict((conflict) => conflict.column('consultation_id').doNothing())
        .returningAll()
        .executeTakeFirst();
  if (!note) throw newerVersion((before?.version ?? 0) + 1);
  await trx
    .insertInto('note_versions')
    .values({
      note_id: note.id,
      version: note.version,
      sections: asJson(sections),
      cid10: asJson(note.cid10),
      ciap2: asJson(note.ciap2),
      author: 'ai',
      engine: draft.engine,
      engine_version: draft.engine_version,
      prompt_hash: draft.prompt_hash,
      output_id: draft.output_id ?? null,
    })
    .execute();
  return note;
}

/** Sentences of earlier drafts as the engine worded them, before any doctor changed one. */
async function firstWordings(
  trx: Trx,
  note: NoteRow | undefined,
): Promise<Map<string, NoteSentence>> {
  if (!note) return new Map();
  const versions = await trx
    .selectFrom('note_versions')
    .select('sections')
    .where('note_id', '=', note.id)
    .where('author', '=', 'ai')
    .orderBy('version', 'desc')
    .execute();
  return new Map(
    versions.flatMap(({ sections }) =>
      sentencesOf(stored(noteSections, sections))
        .filter(({ origin }) => origin === 'ai')
        .map((sentence): [string, NoteSentence] => [sentence.id, sentence]),
    ),
  );
}
