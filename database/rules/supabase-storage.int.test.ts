import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeStorageBucket } from '../tools/supabase-storage.ts';

/** The tables of Supabase Storage as far as a bucket and its policies are concerned, with its grants. */
const layout = `
  create schema storage;
  create table storage.buckets (
    id text primary key, name text not null unique, public boolean default false,
    file_size_limit bigint, allowed_mime_types text[]
  );
  create table storage.objects (
    id uuid primary key default gen_random_uuid(),
    bucket_id text references storage.buckets (id), name text
  );
  alter table storage.buckets enable row level security;
  alter table storage.objects enable row level security;
  grant usage on schema storage to anon, authenticated, service_role;
  grant all on storage.buckets, storage.objects to anon, authenticated, service_role;
  -- Supabase's service_role bypasses policies; ours in tests may not, so it gets one that says the same.
  create policy everything on storage.objects to service_role using (true) with check (true);
`;

let db: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  db = await createTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await db?.drop();
});

async function as(role: string, statement: string): Promise<unknown[]> {
  await owner.query('begin');
  try {
    await owner.query(`set local role ${role}`);
    return (await owner.query(statement)).rows;
  } finally {
    await owner.query('rollback');
  }
}

it('a database without Supabase’s Storage is left as it is', async () => {
  expect(await closeStorageBucket(db.ownerUrl, 'medcall')).toBe(false);
});

describe('on the layout of Supabase Storage', () => {
  beforeEach(async () => {
    await owner.query('drop schema if exists storage cascade');
    await owner.query(layout);
    await owner.query("insert into storage.buckets values ('photos', 'photos', true)");
  });

  const fill = () =>
    owner.query(`insert into storage.objects (bucket_id, name)
      values ('medcall', 'audio/segment'), ('photos', 'logo.png')`);

  it('the bucket is private and the services’ alone, whatever policies come later', async () => {
    expect(await closeStorageBucket(db.ownerUrl, 'medcall')).toBe(true);
    await fill();
    // What somebody writes for another bucket, and what he forgets in it.
    await owner.query(
      'create policy generous on storage.objects for all to anon, authenticated using (true) with check (true)',
    );
    const names = 'select name from storage.objects order by name';
    expect(await as('service_role', names)).toEqual([
      { name: 'audio/segment' },
      { name: 'logo.png' },
    ]);
    for (const role of ['anon', 'authenticated']) {
      expect(await as(role, names), role).toEqual([{ name: 'logo.png' }]);
      const put = (bucket: string) =>
        as(role, `insert into storage.objects (bucket_id, name) values ('${bucket}', 'x')`);
      await expect(put('medcall'), role).rejects.toThrow(/row-level security/);
      await expect(put('photos'), role).resolves.toEqual([]);
    }
  });

  it('a bucket that was opened by hand is closed again, and a second time changes nothing', async () => {
    await owner.query("insert into storage.buckets values ('medcall', 'medcall', true)");
    for (let time = 0; time < 2; time += 1) await closeStorageBucket(db.ownerUrl, 'medcall');
    const { rows } = await owner.query('select id, public from storage.buckets order by id');
    expect(rows).toEqual([
      { id: 'medcall', public: false },
      { id: 'photos', public: true },
    ]);
    const policies = await owner.query(
      "select permissive from pg_policies where schemaname = 'storage' and policyname = 'medcall_services_only'",
    );
    expect(policies.rows).toEqual([{ permissive: 'RESTRICTIVE' }]);
  });

  it('a name with a quote in it is a name', async () => {
    await closeStorageBucket(db.ownerUrl, "o'clinic");
    const { rows } = await owner.query("select public from storage.buckets where id = 'o''clinic'");
    expect(rows).toEqual([{ public: false }]);
  });

  it('tables without row level security are refused, and nothing is made', async () => {
    await owner.query('alter table storage.objects disable row level security');
    await expect(closeStorageBucket(db.ownerUrl, 'medcall')).rejects.toThrow(/row level security/);
    const { rowCount } = await owner.query("select 1 from storage.buckets where id = 'medcall'");
    expect(rowCount).toBe(0);
  });
});
