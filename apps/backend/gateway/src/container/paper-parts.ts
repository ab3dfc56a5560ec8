import { createPdfPrinter } from '../pdf/pdf-printer.ts';
import {
  createPatientExport,
  type PatientExport,
} from '../services/data-requests/patient-export.ts';
import { createDocuments, type Documents } from '../services/documents/documents.ts';
import { createLetters, type Letters } from '../services/documents/letters.ts';
import { createVerifications, type Verifications } from '../services/documents/verifications.ts';
import { createDocumentPapers, type DocumentPapers } from '../services/papers/document-papers.ts';
import { createNotePapers, type NotePapers } from '../services/papers/note-papers.ts';
import { createPaperArchive } from '../services/papers/paper-archive.ts';
import type { Foundation } from './foundation.ts';
import type { SigningParts } from './signing-parts.ts';

/** Papers for patients: what they say, their PDF, the check of their codes. */
export interface PaperParts {
  notePapers: NotePapers;
  documents: Documents;
  documentPapers: DocumentPapers;
  letters: Letters;
  verifications: Verifications;
  patientExport: PatientExport;
}

export function createPaperParts(
  foundation: Foundation,
  { sealing, signer }: SigningParts,
): PaperParts {
  const { clock, db, env, logger, store } = foundation;
  const papers = {
    db,
    logger,
    frontendUrl: env.PUBLIC_FRONTEND_URL,
    archive: createPaperArchive({ printer: createPdfPrinter(), store, logger, sealing }),
  };
  const issuing = { db, clock, signer };
  const notePapers = createNotePapers(papers);
  const documentPapers = createDocumentPapers(papers);
  return {
    notePapers,
    documentPapers,
    documents: createDocuments(issuing),
    patientExport: createPatientExport({
      db,
      clock,
      logger,
      store,
      notePapers,
      documentPapers,
    }),
    letters: createLetters(issuing),
    verifications: createVerifications(db),
  };
}
