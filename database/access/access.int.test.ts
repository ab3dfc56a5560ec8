import { placesOfTables } from '@medcall/service-kit/database/table-places';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { allowed } from './allowed.ts';
import {
  type ActorName,
  actorNames,
  identityOf,
  type ScopeName,
  scopeNames,
  scopes,
} from './scopes.ts';
import { type TableSpec, tables } from './tables.ts';
import { buildWorld, insert } from './world.ts';

let db: TestDatabase;
let owner: pg.Client;
let tries = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  await buildWorld(owner);
});
afterAll(async () => {
  console.log(
    `table of rights: ${tries} tries of role × table × verb × clinic, ${tables.length} tables`,
  );
  await owner.end();
  await db.drop();
});

const INSUFFICIENT_PRIVILEGE = '42501';
const verbs = ['s', 'i', 'u', 'd'] as const;
type Verb = (typeof verbs)[number];

/** Tries one verb on one row as one actor, in a transaction that is rolled back. */
async function may(
  spec: TableSpec,
  scopeName: ScopeName,
  actor: ActorName,
  verb: Verb,
): Promise<boolean> {
  await owner.query('begin');
  try {
    if (verb === 'i' && spec.makeRoom) {
      // Straight past triggers: the row would only stand in the way of its twin.
      await owner.query('set local session_replication_role = replica');
      const found = locate(spec, scopeName);
      await owner.query(`delete from ${spec.table} where ${found.where}`, found.values);
      await owner.query('set local session_replication_role = origin');
    }
    const { role, claims } = identityOf(actor);
    await owner.query(
      "select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)",
      [role, JSON.stringify(claims)],
    );
    return (await attempt(spec, scopeName, actor, verb)) === 1;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === INSUFFICIENT_PRIVILEGE) return false;
    throw error;
  } finally {
    await owner.query('rollback');
  }
}

async function attempt(
  spec: TableSpec,
  scopeName: ScopeName,
  actor: ActorName,
  verb: Verb,
): Promise<number> {
  const scope = scopes[scopeName];
  const { where, values } = locate(spec, scopeName);
  switch (verb) {
    case 's':
      return (
        (await owner.query(`select 1 from ${spec.table} where ${where}`, values)).rowCount ?? 0
      );
    case 'i':
      return insert(owner, spec.table, spec.fresh?.(scope, actor) ?? withNewId(spec.row(scope)));
    case 'u': {
      const [column, value] = spec.change;
      const set = `update ${spec.table} set ${column} = $${values.length + 1} where ${where}`;
      return (await owner.query(set, [...values, value])).rowCount ?? 0;
    }
    case 'd':
      return (await owner.query(`delete from ${spec.table} where ${where}`, values)).rowCount ?? 0;
  }
}

function locate(spec: TableSpec, scopeName: ScopeName): { where: string; values: unknown[] } {
  const row = spec.row(scopes[scopeName]);
  const key = spec.key ?? ['id'];
  return {
    where: key.map((column, index) => `${column} = $${index + 1}`).join(' and '),
    values: key.map((column) => row[column]),
  };
}

function withNewId(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { id: _stored, ...rest } = row;
  return rest;
}

for (const spec of tables) {
  describe(spec.table, () => {
    test.each(actorNames)('as %s', async (actor) => {
      const seen: Record<string, string> = {};
      const wanted: Record<string, string> = {};
      for (const scope of spec.scopes ?? scopeNames) {
        seen[scope] = '';
        wanted[scope] = allowed[spec.table]?.[actor]?.[scope] ?? '';
        for (const verb of verbs) {
          if (await may(spec, scope, actor, verb)) seen[scope] += verb;
          tries += 1;
        }
      }
      expect(seen).toEqual(wanted);
    });
  });
}

describe('the table of permissions is complete', () => {
  test('every table that a person has any right on stands in it', async () => {
    const { rows } = await owner.query<{ name: string }>(`
      select distinct granted.name
      from (
        select t.relname as name, t.relnamespace as schema, g.grantee
        from pg_class t cross join lateral aclexplode(t.relacl) g
        where t.relkind = 'r'
        union all
        select t.relname, t.relnamespace, g.grantee
        from pg_class t join pg_attribute a on a.attrelid = t.oid cross join lateral aclexplode(a.attacl) g
        where t.relkind = 'r'
      ) granted
      join pg_namespace n on n.oid = granted.schema
      left join pg_roles r on r.oid = granted.grantee
      where n.nspname in ('public', 'app', 'auth_embedded', 'auth')
        and (granted.grantee = 0 or r.rolname in ('anon', 'authenticated', 'medcall_patient', 'medcall_app'))`);
    const known = new Set(tables.map(({ table }) => table));
    expect(rows.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(allowed).sort()).toEqual([...known].sort());
  });

  test('every table of the schema public stands in it, also one that no person may touch', async () => {
    const { rows } = await owner.query<{ name: string }>(`
      select t.relname as name from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where n.nspname in (${placesOfTables}) and t.relkind in ('r', 'p') order by 1`);
    expect(rows.map(({ name }) => name)).toEqual(tables.map(({ table }) => table).toSorted());
  });

  test('row level security is on and forced on every table', async () => {
    const { rows } = await owner.query(`
      select format('%s.%s', n.nspname, t.relname) as name
      from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where t.relkind in ('r', 'p') and n.nspname in (${placesOfTables}, 'app', 'auth_embedded')
        and not (t.relrowsecurity and t.relforcerowsecurity)`);
    // The runner's own book has no grants and no policies.
    expect(rows).toEqual([{ name: 'app.schema_migrations' }]);
  });

  test('views read with the rights of who asks', async () => {
    const { rows } = await owner.query(`
      select t.relname from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where t.relkind in ('v', 'm') and n.nspname in ('public', 'app', 'auth_embedded')
        and not coalesce(t.reloptions @> '{security_invoker=true}', false)`);
    expect(rows).toEqual([]);
  });

  test('nobody runs a function of the schema without a grant, and each definer has its search_path', async () => {
    const { rows } = await owner.query(`
      select p.oid::regprocedure::text as name
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('app', 'public', 'auth_embedded')
        and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        and (
          exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0)
          or p.prosecdef and not coalesce(array_to_string(p.proconfig, ',') like 'search_path=pg_catalog, pg_temp%', false)
        )`);
    expect(rows).toEqual([]);
  });
});
