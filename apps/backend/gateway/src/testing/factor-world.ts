import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { aClinic, aGateway, type TestGateway, type TestPerson } from './world.ts';

export let gateway: TestGateway;

/** A gateway that counts no requests: called once at the top of a test file. */
export function useFactorWorld(): void {
  beforeAll(async () => {
    gateway = await aGateway({ AUTH_RATE_LIMIT_PER_MINUTE: '10000' });
  });
  afterAll(() => gateway?.stop());
}

export async function aDoctor(): Promise<TestPerson> {
  return (await aClinic(gateway)).doctor;
}

export const rows = <T>(query: RawBuilder<T>): Promise<T[]> =>
  gateway.database.database.asSystem('read a test', async (trx) => (await query.execute(trx)).rows);

export async function auditOf(sub: string): Promise<string[]> {
  const found = await rows(sql<{ action: string; outcome: string }>`
    select action, outcome from public.audit_logs where user_id = ${sub} order by created_at`);
  return found
    .filter(({ action }) => action.startsWith('factor.'))
    .map(({ action, outcome }) => `${action} ${outcome}`);
}

export async function noticesOf(sub: string): Promise<string[]> {
  const found = await rows(sql<{ kind: string }>`
    select n.kind from auth_embedded.account_notices n
    join app.job_outbox o on o.subject_id = n.id and o.kind = 'identity.notice'
    where n.user_id = ${sub} order by n.created_at`);
  return found.map(({ kind }) => kind);
}

/** Makes a person wait for the next guess, as many wrong codes do. */
export async function mustWait(sub: string, milliseconds: number): Promise<void> {
  const next_attempt_at = new Date(gateway.clock.now() + milliseconds);
  await gateway.database.database.asSystem('arrange a test', (trx) =>
    trx
      .insertInto('auth_embedded.sign_in_throttle')
      .values({
        account_hash: createHash('sha256').update(`second-factor:${sub}`).digest(),
        address: 'any',
        failures: 9,
        last_failed_at: new Date(gateway.clock.now()),
        next_attempt_at,
      })
      .onConflict((conflict) =>
        conflict.columns(['account_hash', 'address']).doUpdateSet({ next_attempt_at }),
      )
      .execute(),
  );
}
