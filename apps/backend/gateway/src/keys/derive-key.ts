import { createHmac, hkdfSync } from 'node:crypto';

/** A key for one purpose from the installation's sealing key (HKDF-SHA-256, RFC 5869). */
export function deriveKey(root: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `medcall:${purpose}`, 32));
}

export type KeyedHash = (text: string) => Buffer;

/** Hashes that nobody without the key can try out: a list of all telephone numbers is short. */
export function createKeyedHash(key: Uint8Array): KeyedHash {
  return (text) => createHmac('sha256', key).update(text, 'utf8').digest();
}
