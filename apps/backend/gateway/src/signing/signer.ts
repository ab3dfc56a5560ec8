import type { PaperCertificate } from '@medcall/shared-types';

/**
 * Signs papers with a doctor's certificate. The A1 file is one adapter (`stored-signer.ts`); a signature
 * service in the cloud (PSC, DOC-ICP-17) or a token (A3) is another: it too answers with the raw signature
 * over bytes, and never hands out the key.
 */
export interface Signer {
  /**
   * The certificate that would sign for a doctor now; null for who has none.
   * @throws AppError conflict when there is one and it cannot sign: expired, revoked, unknown chain
   */
  ready(doctorId: string): Promise<PaperCertificate | null>;
  /** The key behind a certificate; null when it was taken away in the meantime. */
  keyOf(certificate: PaperCertificate): Promise<SigningKey | null>;
}

export interface SigningKey {
  /** DER; the holder's first, then each one's issuer, without the root. */
  chain: readonly Buffer[];
  /** RSASSA-PKCS1-v1_5 with SHA-256 over the bytes. */
  sign(bytes: Uint8Array): Promise<Buffer>;
}
