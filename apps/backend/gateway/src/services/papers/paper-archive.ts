import { createHash } from 'node:crypto';
import { AppError, type Logger, type ObjectStore } from '@medcall/service-kit';
import type { Paper, PaperPrinter } from './paper.ts';

/** A stored PDF and its SHA-256 (hex). */
export interface FiledPaper {
  key: string;
  sha256: string;
}

/** Draws a paper once, keeps it in the object store, and hands out what was kept. */
export interface PaperArchive {
  /** A draft: drawn for this answer, kept nowhere. */
  draft(paper: Paper): Promise<Buffer>;
  /**
   * Draws a paper and keeps it under a name of its own content: while two versions of the drawing code run
   * beside each other, neither file takes the place of the other.
   */
  file(name: string, paper: Paper): Promise<FiledPaper & { pdf: Buffer }>;
  /** @throws AppError unavailable when the file is gone or is not the one that was filed */
  fetch(filed: FiledPaper): Promise<Buffer>;
}

export function createPaperArchive(deps: {
  printer: PaperPrinter;
  store: ObjectStore;
  logger: Logger;
}): PaperArchive {
  const { printer, store, logger } = deps;
  return {
    draft: (paper) => printer.print({ ...paper, issued: null }),
    async file(name, paper) {
      const pdf = await printer.print(paper);
      const hash = sha256(pdf);
      const key = `${name}-${hash.slice(0, 16)}.pdf`;
      await store.put(key, pdf, 'application/pdf');
      return { key, sha256: hash, pdf };
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

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
