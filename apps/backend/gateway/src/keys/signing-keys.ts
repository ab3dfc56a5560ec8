import { type Clock, type Database, type Logger, systemClock } from '@medcall/service-kit';
import {
  createLocalJWKSet,
  importJWK,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import type { Seal } from './seal.ts';
import {
  createSigningKeyStore,
  type KeyPurpose,
  type KnownKeys,
  signingAlgorithm,
} from './signing-key-store.ts';

/** How long another gateway's new key may stay unknown here. */
const rereadAfterMs = 30_000;
/** A token names a key that we do not know: ask again, but not for each such token. */
const unknownKeyRereadMs = 1_000;

/** Signs with the active key of one purpose and shows the public halves. */
export interface SigningKeys {
  sign(payload: JWTPayload): Promise<string>;
  jwks(): Promise<JSONWebKeySet>;
  /** For verifying our own tokens without asking ourselves over HTTP. */
  readonly verificationKey: JWTVerifyGetKey;
}

/** The signing keys of one purpose. The first gateway that needs one makes it. */
export function createSigningKeys(
  purpose: KeyPurpose,
  deps: { db: Database; seal: Seal; logger: Logger; clock?: Clock },
): SigningKeys {
  const clock = deps.clock ?? systemClock;
  const store = createSigningKeyStore(purpose, deps);
  let known: { readAt: number; keys: Promise<KnownKeys> } | undefined;

  const current = (maxAgeMs: number): Promise<KnownKeys> => {
    const now = clock.now();
    if (known && now - known.readAt < maxAgeMs) return known.keys;
    const reading = { readAt: now, keys: store.read(now) };
    known = reading;
    reading.keys.catch(() => {
      if (known === reading) known = undefined;
    });
    return reading.keys;
  };

  const active = async () => {
    const found = (await current(rereadAfterMs)).active;
    if (found) return found;
    await store.ensureActive(clock.now());
    const made = (await current(0)).active;
    if (!made) throw new Error(`There is no ${purpose} signing key that can be opened`);
    return made;
  };

  return {
    async sign(payload) {
      const { kid, key } = await active();
      return new SignJWT(payload)
        .setProtectedHeader({ alg: signingAlgorithm, kid, typ: 'JWT' })
        .sign(await importJWK(key, signingAlgorithm));
    },
    async jwks() {
      await active();
      return (await current(rereadAfterMs)).published;
    },
    verificationKey: async (header, token) => {
      const { published } = await current(rereadAfterMs);
      const isKnown = published.keys.some((key) => key.kid === header?.kid);
      const keys = isKnown ? published : (await current(unknownKeyRereadMs)).published;
      return createLocalJWKSet(keys)(header, token);
    },
  };
}
