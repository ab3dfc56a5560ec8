import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UserCaller } from '../auth/caller.ts';
import { createDatabase } from './database.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const stranger: UserCaller = {
  kind: 'member',
  sub: 'a81e5a5c-63b7-4a6b-9a3a-1b4f0e4c7d11',
  iat: Math.floor(Date.now() / 1000),
  sessionId: null,
  claims: { role: 'service_role', sub: 'someone-else', medcall_role: 'admin' },
};

describe('a transaction has the rights of its caller', () => {
  test('the services’ login without a role can read no table', async () => {
    const client = new pg.Client({ connectionString: db.appUrl });
    await client.connect();
    try {
      await expect(client.query('select 1 from public.patients')).rejects.toMatchObject({
        code: '42501',
      });
      await expect(client.query('select app.current_member()')).rejects.toMatchObject({
        code: '42501',
      });
      await expect(client.query('select app.is_system()')).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });

  test('the token cannot choose the role or another sub', async () => {
    const seen = await db.database.asUser(stranger, async (trx) => {
      const { rows } = await sql<{ role: string; claims: { role: string; sub: string } }>`
        select current_user as role, app.claims() as claims`.execute(trx);
      return rows[0];
    });
    expect(seen?.role).toBe('authenticated');
    expect(seen?.claims).toMatchObject({ role: 'authenticated', sub: stranger.sub });
  });

  test('role and claims end with the transaction, also after an error', async () => {
    const single = createDatabase({
      url: db.appUrl,
      applicationName: 'one-connection',
      poolSize: 1,
      logger: { debug() {}, warn() {}, error() {} },
    });
    const pids: number[] = [];
    const look = () =>
      single.asUser(stranger, async (trx) => {
        const { rows } = await sql<{ pid: number; role: string; member: string | null }>`
          select pg_backend_pid() as pid, current_user as role, app.current_member()::text as member`.execute(
          trx,
        );
        pids.push(rows[0]?.pid ?? 0);
        return rows[0];
      });
    await expect(
      single.asSystem('test', async () => {
        throw new Error('halfway');
      }),
    ).rejects.toThrow('halfway');
    expect(await look()).toMatchObject({ role: 'authenticated', member: null });
    await single.asSystem('test', async (trx) => trx.selectFrom('clinicas').selectAll().execute());
    expect(await look()).toMatchObject({ role: 'authenticated', member: null });
    expect(new Set(pids).size).toBe(1);
    await single.close();
  });

  test('a service’s caller is refused as a user', async () => {
    const service = { kind: 'service', name: 'gateway', consultationId: null, clinicaId: null };
    await expect(
      db.database.asUser(service as unknown as UserCaller, async () => 1),
    ).rejects.toThrow(/no role for a service/);
  });

  test('asSystem counts its reason', async () => {
    const reasons: string[] = [];
    const counted = createDatabase({
      url: db.appUrl,
      applicationName: 'counted',
      logger: { debug() {}, warn() {}, error() {} },
      onSystemUse: (reason) => reasons.push(reason),
    });
    await counted.asSystem('lease a stream', async () => undefined);
    expect(reasons).toEqual(['lease a stream']);
    await counted.close();
  });

  test('a read-only transaction writes nothing', async () => {
    await expect(
      db.database.asSystem(
        'test',
        (trx) => trx.insertInto('clinicas').values({ nome: 'Clínica' }).execute(),
        { readOnly: true },
      ),
    ).rejects.toMatchObject({ code: '25006' });
  });
});

describe('limits', () => {
  test('a statement ends at its deadline', async () => {
    await expect(
      db.database.asSystem('test', (trx) => sql`select pg_sleep(5)`.execute(trx), {
        statementTimeoutMs: 100,
      }),
    ).rejects.toMatchObject({ code: '57014' });
  });

  test('a caller may not lengthen the pool’s own limit', async () => {
    const limit = await db.database.asSystem(
      'test',
      async (trx) =>
        (await sql<{ statement_timeout: string }>`show statement_timeout`.execute(trx)).rows[0],
      { statementTimeoutMs: 3_600_000 },
    );
    expect(limit?.statement_timeout).toBe('10s');
  });

  test('a transaction that waits for something else is ended by the server', async () => {
    const limit = await db.database.asSystem(
      'test',
      async (trx) =>
        (
          await sql<{
            limit: string;
          }>`select current_setting('idle_in_transaction_session_timeout') as limit`.execute(trx)
        ).rows[0],
    );
    expect(limit?.limit).toBe('5s');
  });
});

test('column values arrive as the types say', async () => {
  const row = await db.database.asSystem('test', async (trx) => {
    const { rows } = await sql<Record<string, unknown>>`
      select 9007199254740991::bigint as big, date '2026-02-03' as day, 1.10::numeric as money,
        timestamptz '2026-02-03 10:00-03' as instant`.execute(trx);
    return rows[0];
  });
  expect(row).toEqual({
    big: 9007199254740991,
    day: '2026-02-03',
    money: '1.10',
    instant: new Date('2026-02-03T13:00:00Z'),
  });
});
