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
  let known: { readAt: number; keys: Promise<ReadyKeys> } | undefined;

  const current = (maxAgeMs: number): Promise<ReadyKeys> => {
    const now = clock.now();
    if (known && now - known.readAt < maxAgeMs) return known.keys;
    const reading = { readAt: now, keys: store.read(now).then(ready) };
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
        .sign(key);
    },
    async jwks() {
      await active();
      return (await current(rereadAfterMs)).published;
    },
    verificationKey: async (header, token) => {
      const keys = await current(rereadAfterMs);
      const isKnown = keys.published.keys.some((key) => key.kid === header?.kid);
      const { verify } = isKnown ? keys : await current(unknownKeyRereadMs);
      return verify(header, token);
    },
  };
}

/** Keys as they are used: importing one costs more than a signature. */
interface ReadyKeys {
  active: { kid: string; key: Awaited<ReturnType<typeof importJWK>> } | undefined;
  published: JSONWebKeySet;
  verify: JWTVerifyGetKey;
}

async function ready({ active, published }: KnownKeys): Promise<ReadyKeys> {
  return {
    active: active && { kid: active.kid, key: await importJWK(active.key, signingAlgorithm) },
    published,
    verify: createLocalJWKSet(published),
  };
}
