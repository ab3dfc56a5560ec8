import { AppError, type Database, type Logger, notFound, type Trx } from '@medcall/service-kit';
import { noteSections, type PaperSignature } from '@medcall/shared-types';
import { auditCall, type Calling } from '../calling.ts';
import { codedItems, findNote, type NoteRow } from '../notes/read-note.ts';
import { type SeenConsultation, seeConsultation } from '../seen-consultation.ts';
import { stored } from '../stored.ts';
import { filedPaper, filedSignature, keepFirst } from './filed-paper.ts';
import {
  type Letterhead,
  readLetterhead,
  storedCertificate,
  storedLetterhead,
} from './letterhead.ts';
import { notePaper } from './note-paper.ts';
import type { Paper } from './paper.ts';
import type { DrawnPaper, PaperArchive } from './paper-archive.ts';

/** The note's PDF: a draft is drawn anew, a signed one comes from the archive, always the same. */
export interface NotePapers {
  pdf(calling: Calling, consultationId: string): Promise<Buffer>;
  /** The same, unaudited: for a copy of the record, which is a line of its own and no print. */
  copy(calling: Calling, consultationId: string): Promise<Buffer>;
  /** Draws and files a note that was just signed. A store that is down makes the first reader do it: null. */
  fileSigned(calling: Calling, consultationId: string): Promise<PaperSignature | null>;
}

export interface NotePapersDeps {
  db: Database;
  archive: PaperArchive;
  logger: Logger;
  frontendUrl: string;
}

interface Printable {
  note: NoteRow;
  consultation: SeenConsultation;
  letterhead: Letterhead;
}

export function createNotePapers(deps: NotePapersDeps): NotePapers {
  const { db, archive, logger, frontendUrl } = deps;

  const drawn = async ({ note, consultation, letterhead }: Printable): Promise<DrawnPaper> => {
    const paper = paperOf(note, letterhead, frontendUrl);
    if (note.status !== 'assinada') return { pdf: await archive.draft(paper), signature: null };
    const known = filedPaper(note);
    if (known) return { pdf: await archive.fetch(known), signature: filedSignature(note) };
    const filed = await archive.file(`papers/${consultation.clinica_id}/note-${note.id}`, paper);
    const kept = await keepFirst(db, 'notes', note.id, filed);
    // Another process was first: its file is the paper from now on.
    const isOurs = kept.sha256 === filed.sha256;
    return { ...filed, pdf: isOurs ? filed.pdf : await archive.fetch(kept) };
  };
  const pdfOf = async (printable: Printable) => (await drawn(printable)).pdf;

  return {
    async pdf(calling, consultationId) {
      const found = await db.asUser(calling.caller, async (trx) => {
        const printable = await read(trx, consultationId);
        await auditCall(trx, calling, {
          action: 'note.print',
          tableName: 'notes',
          recordId: printable.note.id,
          patientId: printable.consultation.patient_id,
          changes: { status: printable.note.status },
        });
        return printable;
      });
      return pdfOf(found);
    },
    copy: async (calling, consultationId) =>
      pdfOf(
        await db.asUser(calling.caller, (trx) => read(trx, consultationId), { readOnly: true }),
      ),
    async fileSigned(calling, consultationId) {
      const found = await db.asUser(calling.caller, (trx) => read(trx, consultationId), {
        readOnly: true,
      });
      try {
        return (await drawn(found)).signature;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        logger.warn({ err: error, noteId: found.note.id }, 'a signed note is not filed yet');
        return null;
      }
    },
  };
}

async function read(trx: Trx, consultationId: string): Promise<Printable> {
  const consultation = await seeConsultation(trx, consultationId);
  const note = await findNote(trx, consultationId);
  if (!note) throw notFound();
  return {
    note,
    consultation,
    letterhead: storedLetterhead(note.printed) ?? (await readLetterhead(trx, consultationId)),
  };
}

function paperOf(note: NoteRow, letterhead: Letterhead, frontendUrl: string): Paper {
  return notePaper({
    letterhead,
    sections: stored(noteSections, note.sections),
    cid10: stored(codedItems, note.cid10),
    ciap2: stored(codedItems, note.ciap2),
    showsCid: note.shows_cid,
    // Drawn once at signing: what is added later stands beside it, not in it.
    addenda: [],
    signedAt: note.signed_at?.toISOString() ?? null,
    issued: issuedOf(frontendUrl, {
      at: note.signed_at,
      code: note.verification_code,
      hash: note.hash,
      printed: note.printed,
    }),
  });
}

/** What makes a paper checkable; null while it is a draft. */
export function issuedOf(
  frontendUrl: string,
  row: { at: Date | null; code: string | null; hash: string | null; printed: unknown },
): Paper['issued'] {
  const { at, code, hash } = row;
  if (at === null || code === null || hash === null) return null;
  const verifyUrl = new URL(`/verificar/${code}`, frontendUrl).href;
  return { at, code, hash, verifyUrl, certificate: storedCertificate(row.printed) };
}
