import type { PaperCertificate } from '@medcall/shared-types';
import { fillSignature } from '../pdf/fill-signature.ts';
import { detachedCms } from './detached-cms.ts';
import type { Signer } from './signer.ts';

/** Fills the empty signature of a drawn paper. */
export type SealPaper = (pdf: Buffer) => Promise<Buffer>;

/** @returns null when the certificate was taken away since the paper was approved */
export type PaperSealing = (certificate: PaperCertificate) => Promise<SealPaper | null>;

export function createPaperSealing(signer: Signer): PaperSealing {
  return async (certificate) => {
    const key = await signer.keyOf(certificate);
    return key && ((pdf) => fillSignature(pdf, (pieces) => detachedCms(pieces, key)));
  };
}
