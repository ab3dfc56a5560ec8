import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

/** What a paper says of the certificate that signs it. */
export const paperCertificate = z.object({
  /** The stored certificate's own id: another one gets another. */
  id: uuid,
  holder: z.string(),
  /** As it may be printed: `***.456.789-**`; null where the certificate has none. */
  cpf: z.string().nullable(),
  issuer: z.string(),
  /** Hexadecimal. */
  serial: z.string(),
  /** SHA-256 of the certificate, hexadecimal. */
  fingerprint: z.string(),
  /** Under a root made for tests: no legal value. */
  test: z.boolean(),
});
export type PaperCertificate = z.infer<typeof paperCertificate>;

/** Of a signed paper: by whose certificate. Null for a paper without a digital signature. */
export const paperSignature = paperCertificate.omit({ id: true });
export type PaperSignature = z.infer<typeof paperSignature>;

export const signingCertificate = paperCertificate.extend({
  validFrom: instant,
  validUntil: instant,
  /** Why it cannot sign now; null while it can. */
  problem: z.string().nullable(),
  createdAt: instant,
});
export type SigningCertificate = z.infer<typeof signingCertificate>;

/** `available`: this installation has roots to check a certificate against. */
export const signingCertificateStatus = z.object({
  available: z.boolean(),
  certificate: signingCertificate.nullable(),
});
export type SigningCertificateStatus = z.infer<typeof signingCertificateStatus>;

/** An A1 file (PKCS#12) and its password; a file has 3 to 12 kB. */
export const storeSigningCertificate = z.object({
  file: z.base64().min(64).max(90_000),
  password: z.string().max(200),
});
export type StoreSigningCertificate = z.infer<typeof storeSigningCertificate>;
