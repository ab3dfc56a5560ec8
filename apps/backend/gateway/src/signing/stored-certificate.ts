import { X509Certificate } from 'node:crypto';
import type { DB } from '@medcall/service-kit';
import type { PaperCertificate } from '@medcall/shared-types';
import { maskCpf } from '@medcall/utils';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Seal } from '../keys/seal.ts';
import type { OpenedPkcs12 } from './open-pkcs12.ts';

export type CertificateRow = Selectable<DB['signing_certificates']>;

const sealedKey = z.object({ key: z.base64(), chain: z.array(z.base64()).min(1) });

/** A stored key, opened. */
export interface StoredKey {
  /** PKCS#8, DER. */
  key: Buffer;
  leaf: X509Certificate;
  others: X509Certificate[];
}

/** Key and certificates as one sealed value, bound to the row's id. The password is not in it. */
export function sealStored(seal: Seal, id: string, { key, leaf, others }: OpenedPkcs12): Buffer {
  const chain = [leaf, ...others].map(({ raw }) => raw.toString('base64'));
  return seal.seal(JSON.stringify({ key: key.toString('base64'), chain }), contextOf(id));
}

export function openStored(seal: Seal, row: Pick<CertificateRow, 'id' | 'key_sealed'>): StoredKey {
  const { chain, key } = sealedKey.parse(JSON.parse(seal.open(row.key_sealed, contextOf(row.id))));
  const [leaf, ...others] = chain.map((one) => new X509Certificate(Buffer.from(one, 'base64')));
  if (!leaf) throw new Error('a stored key without a certificate');
  return { key: Buffer.from(key, 'base64'), leaf, others };
}

/** What a paper and a screen say of it. */
export function faceOf(row: Omit<CertificateRow, 'key_sealed'>): PaperCertificate {
  return {
    id: row.id,
    holder: row.holder,
    cpf: row.cpf === null ? null : maskCpf(row.cpf),
    issuer: row.issuer,
    serial: row.serial,
    fingerprint: row.fingerprint,
    test: row.is_test,
  };
}

function contextOf(id: string): string {
  return `signing-certificate:${id}`;
}
