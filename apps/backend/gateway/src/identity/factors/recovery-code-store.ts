import { hashPassword, type Trx, verifyPassword } from '@medcall/service-kit';
import type { IdentityDeps, Origin } from '../identity-deps.ts';
import type { Bearer } from '../signed-in.ts';
import { type FactorRow, notify } from './factor-store.ts';
import { auditFactor } from './factors.ts';
import { selectorOf } from './recovery-code.ts';

export const defaultName = 'Recovery codes';

/** A new set; the codes are answered this one time. */
export interface RecoveryCodeSet {
  id: string;
  type: 'recovery_code';
  friendly_name: string;
  total: number;
  codes: string[];
}

export interface HashedCode {
  code: string;
  hash: string;
}

/** Outside of a transaction: ten slow hashes are about a second. */
export async function hashed(codes: readonly string[]): Promise<HashedCode[]> {
  const done: HashedCode[] = [];
  for (const code of codes) done.push({ code, hash: await hashPassword(code) });
  return done;
}

export async function storeCodes(
  trx: Trx,
  set: FactorRow,
  fresh: readonly HashedCode[],
  origin: Origin,
): Promise<RecoveryCodeSet> {
  await trx
    .insertInto('auth_embedded.recovery_codes')
    .values(
      fresh.map(({ code, hash }) => ({
        factor_id: set.id,
        selector: selectorOf(code),
        code_hash: hash,
      })),
    )
    .execute();
  await auditFactor(trx, 'factor.recovery_codes_made', set, origin);
  await notify(trx, set.user_id, 'recovery_codes_made');
  return {
    id: set.id,
    type: 'recovery_code',
    friendly_name: set.friendly_name ?? defaultName,
    total: fresh.length,
    codes: fresh.map(({ code }) => code),
  };
}

/** The id of the unused code that was typed, or null; takes the same time when there is none. */
export async function matchOf(
  { db }: Pick<IdentityDeps, 'db'>,
  bearer: Bearer,
  code: string,
): Promise<string | null> {
  const candidate = await db.asSystem('look a recovery code up', (trx) =>
    trx
      .selectFrom('auth_embedded.recovery_codes as c')
      .innerJoin('auth_embedded.mfa_factors as f', 'f.id', 'c.factor_id')
      .select(['c.id', 'c.code_hash'])
      .where('f.user_id', '=', bearer.sub)
      .where('c.selector', '=', selectorOf(code))
      .where('c.used_at', 'is', null)
      .executeTakeFirst(),
  );
  const right = await verifyPassword(code, candidate?.code_hash);
  return right && candidate ? candidate.id : null;
}

/** False when it was spent meanwhile. */
export async function spend(
  trx: Trx,
  set: FactorRow,
  codeId: string,
  now: number,
): Promise<boolean> {
  const spent = await trx
    .updateTable('auth_embedded.recovery_codes')
    .set({ used_at: new Date(now) })
    .where('id', '=', codeId)
    .where('factor_id', '=', set.id)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return spent !== undefined;
}

export async function countCodes(
  trx: Trx,
  setId: string,
): Promise<{ total: number; remaining: number }> {
  const codes = await trx
    .selectFrom('auth_embedded.recovery_codes')
    .select('used_at')
    .where('factor_id', '=', setId)
    .execute();
  return { total: codes.length, remaining: codes.filter((c) => c.used_at === null).length };
}
