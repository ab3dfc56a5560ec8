import type { Database, Logger } from '@medcall/service-kit';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWK,
} from 'jose';
import { z } from 'zod';
import type { Seal } from './seal.ts';

export const signingAlgorithm = 'ES256';
/** Longer than any token lives, so that a rotation signs nobody out. */
const retiredStayMs = 24 * 3_600_000;

const jwk = z.looseObject({ kty: z.string(), kid: z.string() });

export type KeyPurpose = 'identity' | 'room';

export interface KnownKeys {
  /** Absent when there is none yet, or when it was sealed with a key that is not ours. */
  active: { kid: string; key: JWK } | undefined;
  published: JSONWebKeySet;
}

/** The rows of `auth_embedded.signing_keys` of one purpose, private halves sealed. */
export interface SigningKeyStore {
  read(now: number): Promise<KnownKeys>;
  /** Makes the active key unless there is one that opens; one that does not is retired. */
  ensureActive(now: number): Promise<void>;
}

interface KeyRow {
  kid: string;
  private_jwk_sealed: Buffer | null;
}

export function createSigningKeyStore(
  purpose: KeyPurpose,
  { db, seal, logger }: { db: Database; seal: Seal; logger: Logger },
): SigningKeyStore {
  const context = (kid: string) => `signing-key:${purpose}:${kid}`;

  const open = (row: KeyRow): JWK | undefined => {
    if (row.private_jwk_sealed === null) return undefined;
    try {
      return jwk.parse(JSON.parse(seal.open(row.private_jwk_sealed, context(row.kid))));
    } catch (error) {
      logger.warn({ err: error, kid: row.kid, purpose }, 'a signing key cannot be opened');
      return undefined;
    }
  };

  return {
    async read(now) {
      const rows = await db.asSystem('read signing keys', (trx) =>
        trx
          .selectFrom('auth_embedded.signing_keys')
          .select(['kid', 'public_jwk', 'private_jwk_sealed', 'status'])
          .where('purpose', '=', purpose)
          .where((eb) =>
            eb.or([
              eb('status', '!=', 'retired'),
              eb('retired_at', '>', new Date(now - retiredStayMs)),
            ]),
          )
          .execute(),
      );
      const active = rows.find((row) => row.status === 'active');
      const key = active ? open(active) : undefined;
      return {
        active: active && key ? { kid: active.kid, key } : undefined,
        published: { keys: rows.map((row) => jwk.parse(row.public_jwk)) },
      };
    },

    async ensureActive(now) {
      const made = await makeKey((kid, text) => seal.seal(text, context(kid)));
      const at = new Date(now);
      await db.asSystem('make a signing key', async (trx) => {
        const active = await trx
          .selectFrom('auth_embedded.signing_keys')
          .select(['kid', 'private_jwk_sealed'])
          .where('purpose', '=', purpose)
          .where('status', '=', 'active')
          .forUpdate()
          .executeTakeFirst();
        if (active && open(active)) return;
        if (active) {
          await trx
            .updateTable('auth_embedded.signing_keys')
            .set({ status: 'retired', retired_at: at })
            .where('kid', '=', active.kid)
            .execute();
        }
        // Of two gateways that start at once, the unique index lets one key become the active one.
        await trx
          .insertInto('auth_embedded.signing_keys')
          .values({
            ...made,
            purpose,
            algorithm: signingAlgorithm,
            status: 'active',
            activated_at: at,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      });
    },
  };
}

async function makeKey(sealed: (kid: string, text: string) => Buffer) {
  const pair = await generateKeyPair(signingAlgorithm, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const privateJwk = { ...(await exportJWK(pair.privateKey)), kid };
  return {
    kid,
    public_jwk: JSON.stringify({ ...publicJwk, kid, alg: signingAlgorithm, use: 'sig' }),
    private_jwk_sealed: sealed(kid, JSON.stringify(privateJwk)),
  };
}
