import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceColumns, serviceGrants } from './service-grants.ts';

let db: TestDatabase;
let owner: pg.Client;
let names: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ name: string }>(`
    select format('%s.%s', n.nspname, t.relname) as name
    from pg_class t join pg_namespace n on n.oid = t.relnamespace
    where t.relkind in ('r', 'p', 'v') and n.nspname in ('public', 'app', 'auth', 'auth_embedded', 'pgboss')
    order by 1`);
  names = rows.map(({ name }) => name);
});
afterAll(async () => {
  await owner?.end();
  await db?.drop();
});

/** What PostgreSQL says that a role may do with a table, as letters. */
async function rightsOf(role: string, table: string): Promise<string> {
  const { rows } = await owner.query<{ letters: string }>(
    `select concat(
       case when has_any_column_privilege($1, $2, 'select') then 's' end,
       case when has_any_column_privilege($1, $2, 'insert') then 'i' end,
       case when has_table_privilege($1, $2, 'update') then 'u' end,
       case when has_table_privilege($1, $2, 'delete') or has_table_privilege($1, $2, 'truncate') then 'd' end,
       case when not has_table_privilege($1, $2, 'update') and has_any_column_privilege($1, $2, 'update')
         then 'l' end) as letters`,
    [role, table],
  );
  return rows[0]?.letters ?? '';
}

test.each(Object.entries(serviceColumns))(
  '%s reads of people only the columns that the list names',
  async (role, columns) => {
    const { rows } = await owner.query<{ name: string; read: string[] }>(
      `select format('%s.%s', n.nspname, t.relname) as name,
         array_agg(a.attname::text order by a.attname::text collate "C") as read
       from pg_class t
       join pg_namespace n on n.oid = t.relnamespace
       join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
       where format('%s.%s', n.nspname, t.relname) = any($2)
         and not has_table_privilege($1, t.oid, 'select')
         and has_column_privilege($1, t.oid, a.attnum, 'select')
       group by 1`,
      [role, names],
    );
    expect(Object.fromEntries(rows.map(({ name, read }) => [name, read]))).toEqual(columns);
  },
);

describe.each(Object.entries(serviceGrants))('%s', (role, grants) => {
  test('may do with each table what the list says, and nothing else', async () => {
    const seen: Record<string, string> = {};
    for (const table of names) {
      const letters = await rightsOf(role, table);
      if (letters !== '') seen[table] = letters;
    }
    console.log(`${role}: ${names.length} tables × select, insert, update, delete, lock`);
    expect(seen).toEqual(grants);
  });

  test('locks no column that says anything', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select distinct a.attname as name
       from pg_attribute a cross join lateral aclexplode(a.attacl) g
       join pg_roles r on r.oid = g.grantee
       where r.rolname = $1 and g.privilege_type = 'UPDATE'`,
      [role],
    );
    expect(rows.map(({ name }) => name)).toEqual(['updated_at']);
  });

  test('has a login that can take no other system role, and can do nothing by itself', async () => {
    await owner.query(`set session authorization ${role}_app`);
    try {
      await expect(owner.query('select 1 from public.patients')).rejects.toMatchObject({
        code: '42501',
      });
      await expect(owner.query('set role service_role')).rejects.toMatchObject({ code: '42501' });
      await owner.query(`set role ${role}`);
      await owner.query('select 1 from public.consultations');
      for (const refused of [
        'select 1 from auth_embedded.users',
        'select 1 from public.notifications',
        'select 1 from public.recordings',
        'select cpf from public.patients',
        'select token_hash from public.invitations',
        'select ip from public.consents',
        "update public.notes set status = 'rascunho'",
        'delete from public.suggestions',
        "select app.enqueue('note.draft', gen_random_uuid())",
      ]) {
        await expect(owner.query(refused), refused).rejects.toMatchObject({ code: '42501' });
      }
    } finally {
      await owner.query('reset role');
      await owner.query('reset session authorization');
    }
  });
});
