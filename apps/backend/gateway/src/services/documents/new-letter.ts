import { asJson, type Trx } from '@medcall/service-kit';
import { documentTitles, type LetterContent } from '@medcall/shared-types';
import type { DocumentRow } from './document-rows.ts';

/**
 * Begins the letter of a consultation.
 * @param by the doctor's `sub`; nobody where an engine drafts it
 * @returns undefined where there is a valid one already
 */
export function newLetter(
  trx: Trx,
  consultationId: string,
  content: LetterContent,
  by?: string,
): Promise<DocumentRow | undefined> {
  return trx
    .insertInto('documents')
    .values({
      consultation_id: consultationId,
      kind: 'letter',
      title: documentTitles.letter,
      content: asJson(content),
      ...(by === undefined ? {} : { created_by: by }),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['consultation_id'])
        .where('kind', '=', 'letter')
        .where('status', '!=', 'revoked')
        .doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
}
