import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDatabase } from './database.ts';
import { migrate, migrationsDirectory, readMigrations } from './migrate.ts';

let ownerUrl: string;
let name: string;
let directory: string;

/** Who waits for a lock in this database: other tests have theirs on the same server. */
const waitingHere = `select 1 from pg_locks where not granted
  and database = (select oid from pg_database where datname = current_database())`;

async function asAdmin<T>(
  work: (client: pg.Client) => Promise<T>,
  database = 'postgres',
): Promise<T> {
  const url = new URL(inject('testPostgres').ownerUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const serviceRoles = ['ai', 'gateway', 'jobs', 'realtime']
  .flatMap((service) => [`medcall_${service}`, `medcall_${service}_app`])
  .join(', ');

beforeEach(async () => {
  name = `migrate_${randomBytes(6).toString('hex')}`;
  await asAdmin((client) => client.query(`create database ${name}`));
  const url = new URL(inject('testPostgres').ownerUrl);
  url.pathname = `/${name}`;
  ownerUrl = url.href;
  directory = await mkdtemp(join(tmpdir(), 'medcall-migrations-'));
  await cp(migrationsDirectory, directory, { recursive: true });
});
afterEach(async () => {
  await asAdmin((client) => client.query(`drop database ${name} with (force)`));
  await rm(directory, { recursive: true, force: true });
});

describe('migrate', () => {
  test('applies every file once, in order, and then nothing', async () => {
    const files = (await readMigrations()).map((file) => file.name);
    expect(await migrate({ url: ownerUrl })).toEqual(files);
    expect(await migrate({ url: ownerUrl })).toEqual([]);
  });

  test('several runners at once apply each file once', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate({ url: ownerUrl })));
    const files = (await readMigrations()).map((file) => file.name);
    expect(applied.flat().sort()).toEqual(files);
  });

  test('refuses a file that was changed or removed after it was applied', async () => {
    await migrate({ url: ownerUrl, directory });
    await writeFile(join(directory, '0001_foundation.sql'), 'select 1');
    await expect(migrate({ url: ownerUrl, directory })).rejects.toThrow(
      /0001_foundation.sql was changed/,
    );
    await rm(join(directory, '0001_foundation.sql'));
    await expect(migrate({ url: ownerUrl, directory })).rejects.toThrow(/its file is gone/);
  });

  test('a file that fails leaves nothing of itself behind and says its line', async () => {
    await migrate({ url: ownerUrl, directory });
    await writeFile(
      join(directory, '9999_broken.sql'),
      'create table public.half (id int);\nselect * from public.nowhere;\n',
    );
    await expect(migrate({ url: ownerUrl, directory })).rejects.toThrow(
      /9999_broken.sql failed.*line 2/,
    );
    await asAdmin(async (client) => {
      expect((await client.query("select to_regclass('public.half') as half")).rows).toEqual([
        { half: null },
      ]);
    }, name);
  });

  test('refuses a number that is used twice, and a name without one', async () => {
    await writeFile(join(directory, '0001_again.sql'), 'select 1');
    await expect(readMigrations(directory)).rejects.toThrow(/0001 is used twice/);
    await rm(join(directory, '0001_again.sql'));
    await writeFile(join(directory, 'later.sql'), 'select 1');
    await expect(readMigrations(directory)).rejects.toThrow(/NNNN_name/);
  });
});

/**
 * Managed servers: the owner is no superuser. Supabase's has BYPASSRLS and finds auth.users owned by
 * another role; others have not even that, and forced policies bind the owner himself.
 */
describe.each([
  ['with BYPASSRLS and an auth schema of somebody else', true],
  ['bound by row level security', false],
])('an owner %s', (_name, supabase) => {
  const login = `owner_${supabase ? 'supabase' : 'managed'}_${randomBytes(4).toString('hex')}`;

  beforeEach(async () => {
    await asAdmin(async (client) => {
      await client.query(
        `create role ${login} login password 'x' createrole ${supabase ? 'bypassrls' : ''}`,
      );
      await client.query(
        `grant anon, authenticated, service_role, medcall_patient, medcall_app, ${serviceRoles} to ${login} with admin option`,
      );
      await client.query(`grant create on database ${name} to ${login}`);
    });
    await asAdmin(async (client) => {
      if (!supabase) {
        await client.query(`alter schema public owner to ${login}`);
        return;
      }
      await client.query('create schema auth; create schema extensions');
      await client.query(
        'create table auth.users (id uuid primary key, email text, instance_id uuid)',
      );
      await client.query(
        `grant usage on schema auth to ${login}; grant select, insert, references on auth.users to ${login}`,
      );
      await client.query(
        `alter schema extensions owner to ${login}; alter schema public owner to ${login}`,
      );
      // Supabase gives every new table away; the migrations have to take it back.
      await client.query(
        `alter default privileges for role ${login} in schema public grant all on tables to anon, authenticated, service_role`,
      );
    }, name);
  });
  afterEach(async () => {
    await asAdmin((client) => client.query(`drop owned by ${login} cascade`), name);
    await asAdmin(async (client) => {
      await client.query(`drop owned by ${login} cascade`);
      await client.query(`drop role ${login}`);
    });
  });

  test.runIf(supabase)('reads second factors where the project keeps them', async () => {
    const sub = 'c3f4a6fe-0d3c-4a51-8a44-40fd2b4b3ee1';
    await asAdmin(async (client) => {
      await client.query("create type auth.factor_status as enum ('unverified', 'verified')");
      await client.query(
        'create table auth.mfa_factors (id serial, user_id uuid not null, status auth.factor_status not null)',
      );
      await client.query(`grant select on auth.mfa_factors to ${login}`);
    }, name);
    const url = new URL(ownerUrl);
    url.username = login;
    url.password = 'x';
    await migrate({ url: url.href });
    const asked = () =>
      asAdmin(async (client) => {
        const { rows } = await client.query('select app.has_second_factor($1) as has', [sub]);
        return rows[0]?.has;
      }, name);
    const enrol = (status: string) =>
      asAdmin(
        (client) =>
          client.query('insert into auth.mfa_factors (user_id, status) values ($1, $2)', [
            sub,
            status,
          ]),
        name,
      );
    await enrol('unverified');
    expect(await asked()).toBe(false);
    await enrol('verified');
    expect(await asked()).toBe(true);
  });

  test('migrates, and the policies hold', async () => {
    const url = new URL(ownerUrl);
    url.username = login;
    url.password = 'x';
    await migrate({ url: url.href });
    const appUrl = new URL(inject('testPostgres').appUrl);
    appUrl.pathname = `/${name}`;
    const database = createDatabase({
      url: appUrl.href,
      applicationName: 'test',
      logger: { debug() {}, warn() {}, error() {} },
    });
    try {
      const sub = 'b2f4a6fe-0d3c-4a51-8a44-40fd2b4b3ee1';
      await asAdmin(
        (client) => client.query('insert into auth.users (id) values ($1)', [sub]),
        name,
      );
      await database.asSystem('test', async (trx) => {
        const clinics = await trx
          .insertInto('clinicas')
          .values([{ nome: 'Uma' }, { nome: 'Outra' }])
          .returning('id')
          .execute();
        await trx
          .insertInto('members')
          .values({
            clinica_id: clinics[0]?.id ?? '',
            user_auth: sub,
            role: 'admin',
            name: 'Alguém',
          })
          .execute();
      });
      const caller = {
        kind: 'member',
        sub,
        iat: Math.ceil(Date.now() / 1000),
        sessionId: null,
        claims: {},
      } as const;
      const seen = await database.asUser(caller, async (trx) => ({
        clinics: await trx.selectFrom('clinicas').select('nome').execute(),
        transcripts: await trx.selectFrom('transcriptions').select('id').execute(),
      }));
      expect(seen).toEqual({ clinics: [{ nome: 'Uma' }], transcripts: [] });
      const granted = await asAdmin(
        (client) =>
          client.query(`select 1 from information_schema.role_table_grants
            where grantee = 'anon' and table_schema in ('public', 'app', 'auth_embedded')`),
        name,
      );
      expect(granted.rowCount).toBe(0);
    } finally {
      await database.close();
    }
  });

  test('steps back from a lock that it does not get, and comes again', async () => {
    await migrate({ url: ownerUrl });
    await writeFile(join(directory, '9990_wider.sql'), 'alter table clinicas add column x text;');
    const report = new pg.Client({ connectionString: ownerUrl });
    await report.connect();
    await report.query('begin');
    await report.query('select count(*) from clinicas');
    const options = { url: ownerUrl, directory, lockTimeoutMs: 50 };
    await expect(migrate({ ...options, lockTries: 2 })).rejects.toThrow(/9990_wider.*lock timeout/);
    const waiting = migrate({ ...options, lockTries: 10_000 });
    await expect
      .poll(async () => (await report.query(waitingHere)).rowCount, { timeout: 20_000 })
      .toBeGreaterThan(0);
    await report.query('commit');
    expect(await waiting).toEqual(['9990_wider.sql']);
    await report.end();
  });

  test('gives way in a deadlock with work that is under way, and comes again', async () => {
    await migrate({ url: ownerUrl });
    await writeFile(
      join(directory, '9990_two.sql'),
      `alter table clinicas add column x text;
       select pg_advisory_xact_lock(1);
       alter table medicos add column x text;`,
    );
    const [work, gate] = [1, 2].map(() => new pg.Client({ connectionString: ownerUrl }));
    if (!work || !gate) throw new Error('no connection');
    await Promise.all([work.connect(), gate.connect()]);
    const waiting = async (many: number) =>
      expect
        .poll(async () => (await gate.query(waitingHere)).rowCount, { timeout: 20_000 })
        .toBe(many);
    await gate.query('select pg_advisory_lock(1)');
    // Only who looks finds a deadlock, and the work does not look: it is the migration that gives way.
    await work.query("set deadlock_timeout = '1h'");
    await work.query('begin');
    await work.query('select count(*) from medicos');
    const tries: string[] = [];
    const migrating = migrate({
      url: ownerUrl,
      directory,
      lockTimeoutMs: 60_000,
      pauseMs: 10,
      onRetry: (code) => tries.push(code),
    });
    await waiting(1);
    const working = work.query('select count(*) from clinicas');
    await waiting(2);
    await gate.query('select pg_advisory_unlock(1)');
    await working;
    await work.query('commit');
    expect(await migrating).toEqual(['9990_two.sql']);
    expect(tries[0]).toBe('40P01');
    await Promise.all([work.end(), gate.end()]);
  });

  test('reminders that were planned twice before 0040 do not stop it', async () => {
    const later = (await readMigrations()).filter(({ name: file }) => file >= '0039');
    for (const { name: file } of later) await rm(join(directory, file));
    await migrate({ url: ownerUrl, directory });
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    await owner.query('set session_replication_role = replica');
    await owner.query(
      `insert into notifications (clinica_id, consultation_id, channel, kind)
       select gen_random_uuid(), '00000000-0000-4000-8000-000000000001', 'email', kind
       from unnest(array['consultation.reminder_24h', 'consultation.reminder_24h', 'consultation.reminder_1h']) as kind`,
    );
    await migrate({ url: ownerUrl });
    const { rows } = await owner.query('select kind, status from notifications order by 1, 2');
    expect(rows).toEqual([
      { kind: 'consultation.reminder_1h', status: 'queued' },
      { kind: 'consultation.reminder_24h', status: 'cancelled' },
      { kind: 'consultation.reminder_24h', status: 'queued' },
    ]);
    await owner.end();
  });
});
