import { AppError, type Database, type Logger, type Trx } from '@medcall/service-kit';
import {
  instant,
  noteAddendum,
  noteSections,
  type PaperSignature,
  storedDocument,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Calling } from '../calling.ts';
import {
  auditDocument,
  type DocumentAddress,
  type DocumentRow,
  findDocument,
} from '../documents/document-rows.ts';
import { codedItems, findNote } from '../notes/read-note.ts';
import { stored } from '../stored.ts';
import { documentPaper } from './document-paper.ts';
import { filedPaper, filedSignature, keepFirst } from './filed-paper.ts';
import { type Letterhead, readLetterhead, storedLetterhead } from './letterhead.ts';
import { notePaper } from './note-paper.ts';
import { issuedOf } from './note-papers.ts';
import type { Paper } from './paper.ts';
import type { DrawnPaper, PaperArchive } from './paper-archive.ts';

/** Documents as PDF: drafts drawn anew, what was approved once and for good. */
export interface DocumentPapers {
  pdf(calling: Calling, where: DocumentAddress): Promise<{ pdf: Buffer; title: string }>;
  /** The same, unaudited: for a copy of the record, which is a line of its own and no print. */
  copy(calling: Calling, where: DocumentAddress): Promise<Buffer>;
  /** Draws and files what was just approved. A store that is down makes the first reader do it: null. */
  fileApproved(calling: Calling, where: DocumentAddress): Promise<PaperSignature | null>;
}

export interface DocumentPapersDeps {
  db: Database;
  archive: PaperArchive;
  logger: Logger;
  frontendUrl: string;
}

/** What a copy of the note was made of at its approval. */
const noteCopy = z.object({
  sections: noteSections,
  cid10: codedItems,
  ciap2: codedItems,
  signed_at: instant,
  addenda: z.array(noteAddendum),
});

export function createDocumentPapers(deps: DocumentPapersDeps): DocumentPapers {
  const { db, archive, logger, frontendUrl } = deps;

  const drawn = async (row: DocumentRow, paper: Paper): Promise<DrawnPaper> => {
    if (row.status === 'draft') return { pdf: await archive.draft(paper), signature: null };
    const known = filedPaper(row);
    if (known) return { pdf: await archive.fetch(known), signature: filedSignature(row) };
    const filed = await archive.file(`papers/${row.consultation_id}/${row.kind}-${row.id}`, paper);
    const kept = await keepFirst(db, 'documents', row.id, filed);
    // Another process was first: its file is the paper from now on.
    const isOurs = kept.sha256 === filed.sha256;
    return { ...filed, pdf: isOurs ? filed.pdf : await archive.fetch(kept) };
  };
  const pdfOf = async (row: DocumentRow, paper: Paper) => (await drawn(row, paper)).pdf;

  const read = (trx: Trx, where: DocumentAddress) => findPrintable(trx, where, frontendUrl);
  return {
    async pdf(calling, where) {
      const { row, paper } = await db.asUser(calling.caller, async (trx) => {
        const found = await read(trx, where);
        await auditDocument(trx, calling, found.row, 'document.print');
        return found;
      });
      return { pdf: await pdfOf(row, paper), title: row.title };
    },
    async copy(calling, where) {
      const { row, paper } = await db.asUser(calling.caller, (trx) => read(trx, where), {
        readOnly: true,
      });
      return pdfOf(row, paper);
    },
    async fileApproved(calling, where) {
      const { row, paper } = await db.asUser(calling.caller, (trx) => read(trx, where), {
        readOnly: true,
      });
      try {
        return (await drawn(row, paper)).signature;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        logger.warn({ err: error, documentId: row.id }, 'an approved document is not filed yet');
        return null;
      }
    },
  };
}

async function findPrintable(
  trx: Trx,
  where: DocumentAddress,
  frontendUrl: string,
): Promise<{ row: DocumentRow; paper: Paper }> {
  const row = await findDocument(trx, where);
  const letterhead =
    storedLetterhead(row.printed) ?? (await readLetterhead(trx, row.consultation_id));
  const issued = issuedOf(frontendUrl, {
    at: row.approved_at,
    code: row.verification_code,
    hash: row.hash,
    printed: row.printed,
  });
  return { row, paper: await paperOf(trx, row, letterhead, issued) };
}

async function paperOf(
  trx: Trx,
  row: DocumentRow,
  letterhead: Letterhead,
  issued: Paper['issued'],
): Promise<Paper> {
  const shared = { letterhead, showsCid: row.shows_cid, issued };
  const document = stored(storedDocument, { kind: row.kind, content: row.content });
  if (document.kind !== 'note') return documentPaper({ ...shared, title: row.title, document });
  const copy = row.status === 'draft' ? await copyOfNote(trx, row) : row.content;
  const { signed_at: signedAt, ...content } = stored(noteCopy, copy);
  return { ...notePaper({ ...shared, ...content, signedAt }), title: row.title };
}

/** A copy that is not approved yet shows the note as it would be copied now. */
async function copyOfNote(trx: Trx, row: DocumentRow): Promise<unknown> {
  const note = await findNote(trx, row.consultation_id);
  return note && { ...note, signed_at: note.signed_at?.toISOString(), addenda: [] };
}
