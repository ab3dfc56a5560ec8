import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/** Seals small secrets that lie in the database, so that a copy of the database opens nothing. */
export interface Seal {
  seal(plain: string, context: string): Buffer;
  /** @throws Error when the bytes were changed, moved to another context or sealed with another key */
  open(sealed: Uint8Array, context: string): string;
}

/** AES-256-GCM; `context` is authenticated, so that a sealed value cannot stand in for another. */
export function createSeal(key: Uint8Array): Seal {
  if (key.length !== 32) throw new Error('A sealing key has 32 bytes');
  return {
    seal(plain, context) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const plain = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
      return Buffer.concat(plain).toString('utf8');
    },
  };
}
