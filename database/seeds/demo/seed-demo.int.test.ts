import { noteHash, verifyPassword } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { note } from '@medcall/shared-types';
import { isCpf } from '@medcall/utils';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from './demo-guard.ts';
import { demoId } from './demo-id.ts';
import { seedDemo } from './seed-demo.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  expect(await seed(new Date('2026-11-23T13:00:00Z'))).toMatchObject({ kind: 'seeded' });
});
afterAll(() => db.drop());

function seed(now: Date, databaseUrl = db.appUrl, enabled = true) {
  return seedDemo({ database: db.database, databaseUrl, enabled, now });
}

function system<T>(query: Parameters<TestDatabase['database']['asSystem']>[1]): Promise<T> {
  return db.database.asSystem('test', query) as Promise<T>;
}

async function counts(): Promise<Record<string, number>> {
  return system(async (trx) => {
    const { rows } = await sql<{ name: string }>`
      select table_schema || '.' || table_name as name from information_schema.tables
      where table_schema in ('public', 'app', 'auth_embedded') and table_type = 'BASE TABLE'
        -- Work to do, not demonstration data: a moved consultation plans its reminders anew.
        and table_name <> 'job_outbox'
        and has_table_privilege(table_schema || '.' || table_name, 'select')`.execute(trx);
    const result: Record<string, number> = {};
    for (const { name } of rows) {
      const counted = await sql<{
        n: number;
      }>`select count(*) as n from ${sql.table(name)}`.execute(trx);
      result[name] = counted.rows[0]?.n ?? 0;
    }
    return result;
  });
}

describe('the demonstration data', () => {
  test('opens with the published log-ins', async () => {
    const users = await system<{ email: string; password_hash: string | null }[]>((trx) =>
      trx
        .selectFrom('auth_embedded.users')
        .select(['email', 'password_hash'])
        .orderBy('email')
        .execute(),
    );
    expect(users.map(({ email }) => email)).toEqual([
      'admin@aurora.demo',
      'admin@horizonte.demo',
      'medico2@aurora.demo',
      'medico@aurora.demo',
      'medico@horizonte.demo',
    ]);
    expect(await verifyPassword(DEMO_PASSWORD, users[3]?.password_hash)).toBe(true);
  });

  test('shows each doctor a clinic of his own, with consultations in every state', async () => {
    const seen = async (email: string) =>
      db.database.asUser(
        {
          kind: 'member',
          sub: demoId(`user:${email}`),
          iat: Date.now() / 1000,
          sessionId: null,
          claims: {},
        },
        async (trx) => ({
          clinics: (await trx.selectFrom('clinicas').select('nome').execute()).map(
            ({ nome }) => nome,
          ),
          states: new Set(
            (await trx.selectFrom('consultations').select('status').execute()).map(
              ({ status }) => status,
            ),
          ),
          transcript: (await trx.selectFrom('transcriptions').select('id').execute()).length,
        }),
      );
    for (const [email, clinic] of [
      ['medico@aurora.demo', 'Clínica Aurora'],
      ['medico@horizonte.demo', 'Clínica Horizonte'],
    ] as const) {
      const { clinics, states, transcript } = await seen(email);
      expect(clinics).toEqual([clinic]);
      expect([...states]).toEqual(
        expect.arrayContaining(['WAITING', 'COMPLETED', 'CANCELLED', 'NO_SHOW']),
      );
      expect(transcript).toBe(25);
    }
    const all = await system<{ status: string }[]>((trx) =>
      trx.selectFrom('consultations').select('status').distinct().execute(),
    );
    expect(all).toHaveLength(5);
    expect((await seen('admin@aurora.demo')).transcript).toBe(0);
  });

  test('has twelve patients with valid CPFs', async () => {
    const patients = await system<{ cpf: string | null }[]>((trx) =>
      trx.selectFrom('patients').select('cpf').execute(),
    );
    expect(patients).toHaveLength(12);
    expect(patients.every(({ cpf }) => cpf !== null && isCpf(cpf))).toBe(true);
  });

  test('has two signed notes whose hash and links hold', async () => {
    const notes = await system<Record<string, unknown>[]>((trx) =>
      trx.selectFrom('notes').selectAll().where('status', '=', 'assinada').execute(),
    );
    expect(notes).toHaveLength(2);
    for (const row of notes) {
      const signedAt = (row.signed_at as Date).toISOString();
      const parsed = note.parse({ ...row, signed_at: signedAt });
      expect(row.hash).toBe(
        noteHash({
          ...parsed,
          consultation_id: String(row.consultation_id),
          signed_at: signedAt,
          signed_by: String(row.signed_by),
        }),
      );
      const linked = Object.values(parsed.sections)
        .flat()
        .flatMap((sentence) => sentence.transcription_ids);
      const found = await system<unknown[]>((trx) =>
        trx
          .selectFrom('transcriptions as t')
          .innerJoin('consultations as c', 'c.room_id', 't.room_id')
          .select('t.id')
          .where('c.id', '=', String(row.consultation_id))
          .where('t.id', 'in', linked)
          .execute(),
      );
      expect(found).toHaveLength(new Set(linked).size);
    }
  });

  test('is the same after a second run', async () => {
    const before = await counts();
    expect(await seed(new Date('2026-11-23T13:05:00Z'))).toMatchObject({
      kind: 'seeded',
      random: false,
    });
    expect(await counts()).toEqual(before);
  });

  test('moves what is still open to today on a later day, and adds nothing', async () => {
    const before = await counts();
    await seed(new Date('2026-11-26T13:00:00Z'));
    expect(await counts()).toEqual(before);
    const today = await system<{ status: string }[]>((trx) =>
      trx
        .selectFrom('consultations')
        .select('status')
        .where('scheduled_at', '>=', new Date('2026-11-26T03:00:00Z'))
        .where('scheduled_at', '<', new Date('2026-11-27T03:00:00Z'))
        .execute(),
    );
    expect(today.map(({ status }) => status).sort()).toEqual([
      'IN_PROGRESS',
      'IN_PROGRESS',
      'WAITING',
      'WAITING',
      'WAITING',
      'WAITING',
      'WAITING',
      'WAITING',
    ]);
  });
});

describe('the demonstration data stays away', () => {
  test('without MEDCALL_DEMO', async () => {
    expect(await seed(new Date(), db.appUrl, false)).toMatchObject({ kind: 'refused' });
  });

  test('from a database elsewhere that has rows', async () => {
    expect(await seed(new Date(), 'postgres://u:p@db.example.com/medcall')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('não está vazio'),
    });
  });

  test('from a Supabase project', async () => {
    const other = await createTestDatabase();
    const pg = (await import('pg')).default;
    const owner = new pg.Client({ connectionString: other.ownerUrl });
    await owner.connect();
    await owner.query('create table auth.identities (id uuid)');
    await owner.end();
    expect(
      await seedDemo({
        database: other.database,
        databaseUrl: other.appUrl,
        enabled: true,
        now: new Date(),
      }),
    ).toMatchObject({ kind: 'refused', reason: expect.stringContaining('Supabase') });
    await other.drop();
  });
});
