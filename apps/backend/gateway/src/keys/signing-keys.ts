import type { Clock, Database, Logger } from '@medcall/service-kit';
import { systemClock } from '@medcall/service-kit';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import { z } from 'zod';
import type { Seal } from './seal.ts';

const algorithm = 'ES256';
/** Longer than any token lives, so that a rotation signs nobody out. */
const retiredStayMs = 24 * 3_600_000;
/** How long another gateway's new key may stay unknown here. */
const rereadAfterMs = 30_000;

const jwk = z.looseObject({ kty: z.string(), kid: z.string() });

export type KeyPurpose = 'identity' | 'room';

/** Signs with the active key of one purpose and shows the public halves. */
export interface SigningKeys {
  sign(payload: JWTPayload): Promise<string>;
  jwks(): Promise<JSONWebKeySet>;
  /** For verifying our own tokens without asking ourselves over HTTP. */
  readonly verificationKey: JWTVerifyGetKey;
}

interface KeyRow {
  kid: string;
  public_jwk: unknown;
  private_jwk_sealed: Buffer | null;
  status: string;
}

/**
 * The signing keys of one purpose, kept in `auth_embedded.signing_keys` with the private half sealed.
 * The first gateway that needs one makes it; a key that cannot be opened (another sealing key) is
 * retired in favour of a new one, and its public half stays published.
 */
export function createSigningKeys(
  purpose: KeyPurpose,
  deps: { db: Database; seal: Seal; logger: Logger; clock?: Clock },
): SigningKeys {
  const { db, seal, logger } = deps;
  const clock = deps.clock ?? systemClock;
  const context = (kid: string) => `signing-key:${purpose}:${kid}`;
  let cached: Promise<{ readAt: number; keys: Keys }> | undefined;

  const read = async (): Promise<{ readAt: number; keys: Keys }> => ({
    readAt: clock.now(),
    keys: await db.asSystem(`read ${purpose} signing keys`, async (trx) => {
      const rows = await trx
        .selectFrom('auth_embedded.signing_keys')
        .select(['kid', 'public_jwk', 'private_jwk_sealed', 'status'])
        .where('purpose', '=', purpose)
        .where((eb) =>
          eb.or([
            eb('status', '!=', 'retired'),
            eb('retired_at', '>', new Date(clock.now() - retiredStayMs)),
          ]),
        )
        .execute();
      return toKeys(rows, (row) => open(row));
    }),
  });

  const open = (row: KeyRow): JWK | undefined => {
    if (row.private_jwk_sealed === null) return undefined;
    try {
      return jwk.parse(JSON.parse(seal.open(row.private_jwk_sealed, context(row.kid))));
    } catch (error) {
      logger.warn({ err: error, kid: row.kid, purpose }, 'a signing key cannot be opened');
      return undefined;
    }
  };

  const make = async (): Promise<void> => {
    const pair = await generateKeyPair(algorithm, { extractable: true });
    const publicJwk = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    const sealed = seal.seal(
      JSON.stringify({ ...(await exportJWK(pair.privateKey)), kid }),
      context(kid),
    );
    await db.asSystem(`make the ${purpose} signing key`, async (trx) => {
      const active = await trx
        .selectFrom('auth_embedded.signing_keys')
        .select(['kid', 'public_jwk', 'private_jwk_sealed', 'status'])
        .where('purpose', '=', purpose)
        .where('status', '=', 'active')
        .forUpdate()
        .executeTakeFirst();
      if (active && open(active)) return;
      const now = new Date(clock.now());
      if (active) {
        await trx
          .updateTable('auth_embedded.signing_keys')
          .set({ status: 'retired', retired_at: now })
          .where('kid', '=', active.kid)
          .execute();
      }
      // Of two gateways that start at once, the unique index lets one key become the active one.
      await trx
        .insertInto('auth_embedded.signing_keys')
        .values({
          kid,
          purpose,
          algorithm,
          public_jwk: JSON.stringify({ ...publicJwk, kid, alg: algorithm, use: 'sig' }),
          private_jwk_sealed: sealed,
          status: 'active',
          activated_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  };

  const current = async (maxAgeMs: number): Promise<Keys> => {
    const known = await cached?.catch(() => undefined);
    if (known && clock.now() - known.readAt < maxAgeMs) return known.keys;
    cached = read();
    return (await cached).keys;
  };

  const signingKey = async (): Promise<{ kid: string; key: JWK }> => {
    const keys = await current(rereadAfterMs);
    if (keys.active) return keys.active;
    await make();
    const made = await current(0);
    if (!made.active) throw new Error(`There is no ${purpose} signing key that can be opened`);
    return made.active;
  };

  return {
    async sign(payload) {
      const { kid, key } = await signingKey();
      return new SignJWT(payload)
        .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
        .sign(await importJWK(key, algorithm));
    },
    async jwks() {
      await signingKey();
      return (await current(rereadAfterMs)).published;
    },
    verificationKey: async (header, token) => {
      const known = (await current(rereadAfterMs)).published;
      const isKnown = known.keys.some((key) => key.kid === header?.kid);
      const keys = isKnown ? known : (await current(1_000)).published;
      return createLocalJWKSet(keys)(header, token);
    },
  };
}

interface Keys {
  active: { kid: string; key: JWK } | undefined;
  published: JSONWebKeySet;
}

function toKeys(rows: readonly KeyRow[], open: (row: KeyRow) => JWK | undefined): Keys {
  const active = rows.find((row) => row.status === 'active');
  const key = active ? open(active) : undefined;
  return {
    active: active && key ? { kid: active.kid, key } : undefined,
    published: { keys: rows.map((row) => jwk.parse(row.public_jwk)) },
  };
}
