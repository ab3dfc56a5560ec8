import {
  createSigningCertificates,
  type SigningCertificates,
} from '../services/signing-certificates.ts';
import { createRevocation } from '../signing/revocation.ts';
import { createPaperSealing, type PaperSealing } from '../signing/sign-paper.ts';
import type { Signer } from '../signing/signer.ts';
import { createStoredSigner } from '../signing/stored-signer.ts';
import { loadTrustStore } from '../signing/trust-store.ts';
import { type Resolve, systemResolve } from '../webhooks/webhook-target.ts';
import type { Foundation } from './foundation.ts';

/** Digital signatures of papers by the doctors' certificates. */
export interface SigningParts {
  signer: Signer;
  sealing: PaperSealing;
  signingCertificates: SigningCertificates;
}

/** @param resolve where names of revocation lists point to; a test brings its own */
export async function createSigningParts(
  { clock, db, env, logger, seal }: Foundation,
  resolve: Resolve = systemResolve,
): Promise<SigningParts> {
  const demo = env.MEDCALL_DEMO;
  const deps = {
    clock,
    db,
    logger,
    seal,
    trust: await loadTrustStore(env.ICP_BRASIL_ROOTS, demo),
    revocation: createRevocation({ clock, logger, resolve, allowLoopback: demo }),
  };
  const signer = createStoredSigner(deps);
  return {
    signer,
    sealing: createPaperSealing(signer),
    signingCertificates: createSigningCertificates({ ...deps, signer }),
  };
}
