import { asJson, type Trx } from '@medcall/service-kit';
import { type LetterDraft, letterContent } from '@medcall/shared-types';
import { stored } from '../stored.ts';
import type { DocumentRow } from './document-rows.ts';
import { newLetter } from './new-letter.ts';

/**
 * Keeps an engine's letter as a draft that waits for the doctor: only his approval lets a patient read
 * it. A letter that a doctor began, changed or approved stays as it is.
 * @returns the row, or undefined when the doctor's stands
 */
export async function storeLetterDraft(
  trx: Trx,
  consultationId: string,
  draft: LetterDraft,
): Promise<DocumentRow | undefined> {
  const content = letterContent.parse({
    text: draft.text,
    origin: 'ai',
    engine: draft.engine,
    engine_version: draft.engine_version,
    prompt_hash: draft.prompt_hash,
  });
  const made = await newLetter(trx, consultationId, content);
  if (made) return made;
  const standing = await trx
    .selectFrom('documents')
    .selectAll()
    .where('consultation_id', '=', consultationId)
    .where('kind', '=', 'letter')
    .where('status', '=', 'draft')
    .forUpdate()
    .executeTakeFirst();
  if (!standing || !isUntouched(standing)) return undefined;
  return trx
    .updateTable('documents')
    .set({ content: asJson(content) })
    .where('id', '=', standing.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Saving raises the version: an engine's letter in its first one was never changed by a doctor. */
function isUntouched(row: DocumentRow): boolean {
  return row.version === 1 && stored(letterContent, row.content).origin === 'ai';
}
