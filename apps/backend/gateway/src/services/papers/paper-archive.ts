import { createHash } from 'node:crypto';
import { AppError, type Logger, type ObjectStore } from '@medcall/service-kit';
import type { PaperSignature } from '@medcall/shared-types';
import type { PaperSealing } from '../../signing/sign-paper.ts';
import type { Paper, PaperPrinter } from './paper.ts';

/** A stored PDF and its SHA-256 (hex). */
export interface FiledPaper {
  key: string;
  sha256: string;
}

/** One that was drawn just now. */
export interface DrawnPaper {
  pdf: Buffer;
  /** By whose certificate it is signed; null for none. */
  signature: PaperSignature | null;
}

/** Draws a paper once, keeps it in the object store, and hands out what was kept. */
export interface PaperArchive {
  /** A draft: drawn for this answer, kept nowhere. */
  draft(paper: Paper): Promise<Buffer>;
  /**
   * Draws a paper and keeps it under a name of its own content: while two versions of the drawing code run
   * beside each other, neither file takes the place of the other.
   */
  file(name: string, paper: Paper): Promise<FiledPaper & DrawnPaper>;
  /** @throws AppError unavailable when the file is gone or is not the one that was filed */
  fetch(filed: FiledPaper): Promise<Buffer>;
}

export function createPaperArchive(deps: {
  printer: PaperPrinter;
  store: ObjectStore;
  logger: Logger;
  sealing: PaperSealing;
}): PaperArchive {
  const { printer, store, logger } = deps;
  return {
    draft: (paper) => printer.print({ ...paper, issued: null }),
    async file(name, paper) {
      const { pdf, signature } = await drawIssued(deps, paper);
      const hash = sha256(pdf);
      const key = `${name}-${hash.slice(0, 16)}.pdf`;
      await store.put(key, pdf, 'application/pdf');
      return { key, sha256: hash, pdf, signature };
    },
    async fetch({ key, sha256: expected }) {
      const pdf = await store.get(key);
      if (pdf !== null && sha256(pdf) === expected) return pdf;
      logger.error({ key, missing: pdf === null }, 'a filed paper is gone or was changed');
      throw new AppError('unavailable', {
        message: 'O arquivo deste documento não está acessível agora. Avise a clínica.',
        retryable: false,
      });
    },
  };
}

/** Signed where it was approved with a certificate; a paper never says that it is signed and is not. */
async function drawIssued(
  { logger, printer, sealing }: { printer: PaperPrinter; sealing: PaperSealing; logger: Logger },
  paper: Paper,
): Promise<DrawnPaper> {
  const certificate = paper.issued?.certificate;
  if (!paper.issued || !certificate) return { pdf: await printer.print(paper), signature: null };
  const seal = await sealing(certificate);
  if (!seal) {
    logger.error(
      { certificateId: certificate.id },
      'a paper is filed unsigned: its certificate is gone',
    );
    const unsigned = { ...paper, issued: { ...paper.issued, certificate: null } };
    return { pdf: await printer.print(unsigned), signature: null };
  }
  const { id: _, ...signature } = certificate;
  return { pdf: await seal(await printer.print(paper)), signature };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
