import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { deriveKey } from '../keys/derive-key.ts';

/** The end of a clinic's chain: everything up to it is covered by one signature. */
export interface ChainHead {
  clinica_id: string;
  position: number;
  hash: string;
}

export interface SignedHead extends ChainHead {
  kid: string;
  /** Ed25519, base64url. */
  signature: string;
}

/** Signs heads with a key that the database never sees: who can change every row still cannot sign. */
export interface HeadSigner {
  readonly kid: string;
  /** Raw, 32 bytes: what `AUDIT_PUBLIC_KEYS` lists after a change of keys. */
  readonly publicKey: Buffer;
  sign(head: ChainHead): SignedHead;
  /** False also for a key that is not known here. */
  verify(head: SignedHead): boolean;
}

/** DER in front of a raw Ed25519 seed and public key (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * @param seed 32 bytes
 * @param earlier raw public keys (32 bytes each) whose signatures still count
 */
export function createHeadSigner(seed: Uint8Array, earlier: readonly Buffer[] = []): HeadSigner {
  const privateKey = createPrivateKey({
    key: Buffer.concat([privatePrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const own = createPublicKey(privateKey);
  const known = new Map<string, KeyObject>([[kidOf(own), own]]);
  for (const raw of earlier) {
    const key = createPublicKey({
      key: Buffer.concat([publicPrefix, raw]),
      format: 'der',
      type: 'spki',
    });
    known.set(kidOf(key), key);
  }
  const kid = kidOf(own);
  return {
    kid,
    publicKey: own.export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length),
    sign: (head) => ({
      clinica_id: head.clinica_id,
      position: head.position,
      hash: head.hash,
      kid,
      signature: sign(null, signedText(head), privateKey).toString('base64url'),
    }),
    verify(head) {
      const key = known.get(head.kid);
      if (!key) return false;
      return verify(null, signedText(head), key, Buffer.from(head.signature, 'base64url'));
    },
  };
}

/** The seed that is configured, else one derived from the key that seals the gateway's secrets. */
export function headSeed(configured: string | undefined, sealKey: Uint8Array): Buffer {
  if (configured !== undefined) return Buffer.from(configured, 'base64');
  return deriveKey(sealKey, 'audit-chain-head');
}

function signedText({ clinica_id, position, hash }: ChainHead): Buffer {
  return Buffer.from(`medcall-audit-head\n${clinica_id}\n${position}\n${hash}`);
}

function kidOf(key: KeyObject): string {
  const der = key.export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}
