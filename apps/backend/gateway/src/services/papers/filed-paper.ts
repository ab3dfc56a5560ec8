import { asJson, type Database, notFound } from '@medcall/service-kit';
import { type PaperSignature, paperSignature } from '@medcall/shared-types';
import { stored } from '../stored.ts';
import type { DrawnPaper, FiledPaper } from './paper-archive.ts';

/** Where a row's paper is kept; null until it was filed. */
export function filedPaper(row: {
  pdf_key: string | null;
  pdf_sha256: string | null;
}): FiledPaper | null {
  return row.pdf_key !== null && row.pdf_sha256 !== null
    ? { key: row.pdf_key, sha256: row.pdf_sha256 }
    : null;
}

/** By whose certificate a filed paper is signed; null for none, and until it is filed. */
export function filedSignature(row: { pdf_signature: unknown }): PaperSignature | null {
  return row.pdf_signature === null ? null : stored(paperSignature, row.pdf_signature);
}

/** Writes down where a paper was filed, once. @returns what counts: this file, or the one that was first */
export function keepFirst(
  db: Database,
  table: 'notes' | 'documents',
  id: string,
  filed: FiledPaper & DrawnPaper,
): Promise<FiledPaper> {
  return db.asSystem('file the address of a drawn paper', async (trx) => {
    await trx
      .updateTable(table)
      .set({
        pdf_key: filed.key,
        pdf_sha256: filed.sha256,
        pdf_signature: filed.signature === null ? null : asJson(filed.signature),
      })
      .where('id', '=', id)
      .where('pdf_key', 'is', null)
      .execute();
    const row = await trx
      .selectFrom(table)
      .select(['pdf_key', 'pdf_sha256'])
      .where('id', '=', id)
      .executeTakeFirst();
    const first = row && filedPaper(row);
    if (!first) throw notFound();
    return first;
  });
}
