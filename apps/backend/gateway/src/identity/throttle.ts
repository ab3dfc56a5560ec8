import { createHash } from 'node:crypto';
import type { Trx } from '@medcall/service-kit';
import { sql } from 'kysely';

/** Failures that cost nothing: people mistype. */
export const freeFailures = 5;
export const alarmAtFailures = 50;
const longestDelayMs = 5 * 60_000;
/** A pair with no failure for so long starts anew. */
const forgetAfterMs = 24 * 3_600_000;

export interface Attempt {
  email: string;
  address: string;
}

/** Wait after so many failures in a row: none up to the fifth, then 2 s, 4 s, … up to 5 minutes; never a lock. */
export function delayAfter(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(2_000 * 2 ** (failures - freeFailures), longestDelayMs);
}

/** Milliseconds that this account must still wait at this address, 0 when it may try. */
export async function remainingWait(trx: Trx, attempt: Attempt, now: number): Promise<number> {
  const row = await trx
    .selectFrom('auth_embedded.sign_in_throttle')
    .select('next_attempt_at')
    .where('account_hash', '=', accountHash(attempt.email))
    .where('address', '=', attempt.address)
    .executeTakeFirst();
  return row ? Math.max(0, row.next_attempt_at.getTime() - now) : 0;
}

/** Counts a failure. `alarm` is true once when an account, over all addresses, has reached 50. */
export async function countFailure(
  trx: Trx,
  attempt: Attempt,
  now: number,
): Promise<{ failures: number; alarm: boolean }> {
  const account = accountHash(attempt.email);
  const at = new Date(now);
  const forgotten = new Date(now - forgetAfterMs);
  await trx
    .deleteFrom('auth_embedded.sign_in_throttle')
    .where('last_failed_at', '<', forgotten)
    .execute();
  const counted = await trx
    .insertInto('auth_embedded.sign_in_throttle')
    .values({
      account_hash: account,
      address: attempt.address,
      failures: 1,
      last_failed_at: at,
      next_attempt_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['account_hash', 'address']).doUpdateSet({
        failures: sql<number>`sign_in_throttle.failures + 1`,
        last_failed_at: at,
      }),
    )
    .returning('failures')
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('auth_embedded.sign_in_throttle')
    .set({ next_attempt_at: new Date(now + delayAfter(counted.failures)) })
    .where('account_hash', '=', account)
    .where('address', '=', attempt.address)
    .execute();
  return { failures: counted.failures, alarm: await raisesAlarm(trx, account, at, forgotten) };
}

async function raisesAlarm(trx: Trx, account: Buffer, now: Date, since: Date): Promise<boolean> {
  const all = await trx
    .selectFrom('auth_embedded.sign_in_throttle')
    .select((eb) => [
      eb.fn.sum<string>('failures').as('failures'),
      eb.fn.max('alarmed_at').as('alarmed_at'),
    ])
    .where('account_hash', '=', account)
    .where('last_failed_at', '>', since)
    .executeTakeFirst();
  if (!all || Number(all.failures) < alarmAtFailures || all.alarmed_at !== null) return false;
  await trx
    .updateTable('auth_embedded.sign_in_throttle')
    .set({ alarmed_at: now })
    .where('account_hash', '=', account)
    .execute();
  return true;
}

/** Forgets the failures of a pair that has shown the right password. */
export async function clearFailures(trx: Trx, attempt: Attempt): Promise<void> {
  await trx
    .deleteFrom('auth_embedded.sign_in_throttle')
    .where('account_hash', '=', accountHash(attempt.email))
    .where('address', '=', attempt.address)
    .execute();
}

function accountHash(email: string): Buffer {
  return createHash('sha256').update(email).digest();
}
