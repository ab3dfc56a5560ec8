import { asJson, type Trx } from '@medcall/service-kit';
import { type NoteDraft, noteSections } from '@medcall/shared-types';
import { stored } from '../stored.ts';
import { mergeDraft } from './merge-draft.ts';
import { newerVersion } from './note-refusals.ts';
import { firstWordings, type NoteRow } from './read-note.ts';

/**
 * Writes an engine's draft as a version of the note; what the doctor wrote stays.
 * @throws AppError version_conflict when another version was stored first
 */
export async function storeDraft(
  trx: Trx,
  consultation: { id: string },
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
    draft_notice: draft.notice?.reason ?? null,
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
