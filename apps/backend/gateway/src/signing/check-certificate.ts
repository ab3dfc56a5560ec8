import type { X509Certificate } from 'node:crypto';
import type { Clock } from '@medcall/service-kit';
import { CertificateRefused } from './certificate-refused.ts';
import type { Revocation, RevocationState } from './revocation.ts';
import type { TrustedChain, TrustStore } from './trust-store.ts';

export interface CertificateCheck {
  trust: TrustStore;
  revocation: Revocation;
  clock: Clock;
}

/**
 * Whether a certificate may sign at this moment. A list of revocations that cannot be read stops nobody in
 * the middle of a consultation: whoever validates the paper asks it again.
 * @throws CertificateRefused
 */
export async function checkCertificate(
  { clock, revocation, trust }: CertificateCheck,
  { leaf, others }: { leaf: X509Certificate; others: readonly X509Certificate[] },
): Promise<TrustedChain & { revocation: RevocationState }> {
  const chain = trust.chainOf(leaf, others, new Date(clock.now()));
  const state = await revocation.stateOf(chain);
  if (state === 'revoked') throw new CertificateRefused('revoked');
  return { ...chain, revocation: state };
}
