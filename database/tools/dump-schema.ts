import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The schema as it stands after all migrations, for reading and for review. */
export const schemaFile = fileURLToPath(new URL('../schemas/current.sql', import.meta.url));

const OURS = `('public', 'app', 'auth_embedded')`;
/** Objects that an extension owns are the extension's. */
const notOfExtension = (catalogue: string, oid: string) =>
  `not exists (select 1 from pg_depend x where x.classid = '${catalogue}'::regclass and x.objid = ${oid} and x.deptype = 'e')`;

/** Sections of the dump: a heading and a query with one text column `line`, in the order to print. */
const sections: readonly (readonly [heading: string, query: string])[] = [
  [
    'Composite types',
    `select format(E'create type %I.%I as (\\n%s\\n);', n.nspname, t.relname,
        string_agg(format('  %I %s', a.attname, format_type(a.atttypid, a.atttypmod)), E',\\n' order by a.attnum)) as line
      from pg_class t join pg_namespace n on n.oid = t.relnamespace
      join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      where t.relkind = 'c' and n.nspname in ${OURS}
      group by n.nspname, t.relname order by n.nspname, t.relname`,
  ],
  [
    'Text search configurations',
    `select format(E'-- %I.%I: %s', n.nspname, c.cfgname,
        string_agg(distinct d.dictname, ', ' order by d.dictname)) as line
      from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
      join pg_ts_config_map m on m.mapcfg = c.oid join pg_ts_dict d on d.oid = m.mapdict
      where n.nspname in ${OURS} group by n.nspname, c.cfgname order by 1`,
  ],
  [
    'Functions and procedures',
    `select pg_get_functiondef(p.oid) || E';\\n' as line
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ${OURS} and ${notOfExtension('pg_proc', 'p.oid')}
      order by n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)`,
  ],
  [
    'Tables',
    `select format(E'create table %I.%I (\\n%s\\n);\\n', n.nspname, t.relname, (
        select string_agg(part, E',\\n' order by kind, position, part) from (
          select 1 as kind, a.attnum::int as position, format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
            case when a.attidentity = 'a' then ' generated always as identity'
                 when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                 when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end,
            case when a.attnotnull then ' not null' else '' end) as part
          from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
          union all
          select 2, case c.contype when 'p' then 1 when 'u' then 2 when 'x' then 3 when 'f' then 4 else 5 end,
            format('  constraint %I %s', c.conname, pg_get_constraintdef(c.oid))
          from pg_constraint c where c.conrelid = t.oid and c.contype in ('p', 'u', 'x', 'f', 'c')
        ) parts)) as line
      from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where t.relkind = 'r' and n.nspname in ${OURS}
      order by n.nspname, t.relname`,
  ],
  [
    'Views',
    `select format(E'create view %I.%I%s as\\n%s\\n', n.nspname, t.relname,
        coalesce(' with (' || array_to_string(t.reloptions, ', ') || ')', ''), pg_get_viewdef(t.oid, true)) as line
      from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where t.relkind = 'v' and n.nspname in ${OURS} and ${notOfExtension('pg_class', 't.oid')}
      order by n.nspname, t.relname`,
  ],
  [
    'Indexes that no constraint makes',
    `select pg_get_indexdef(i.indexrelid) || ';' as line
      from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
      join pg_class x on x.oid = i.indexrelid
      where n.nspname in ${OURS} and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
      order by n.nspname, t.relname, x.relname`,
  ],
  [
    'Triggers',
    `select pg_get_triggerdef(g.oid) || ';' as line
      from pg_trigger g join pg_class t on t.oid = g.tgrelid join pg_namespace n on n.oid = t.relnamespace
      where not g.tgisinternal and n.nspname in ${OURS}
      order by n.nspname, t.relname, g.tgname`,
  ],
  [
    'Row level security: tables without it, or where it does not bind the owner',
    `select format('-- %I.%I: %s', n.nspname, t.relname,
        case when t.relrowsecurity then 'not forced' else 'off' end) as line
      from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where t.relkind = 'r' and n.nspname in ${OURS} and not (t.relrowsecurity and t.relforcerowsecurity)
      order by n.nspname, t.relname`,
  ],
  [
    'Policies',
    `select format(E'create policy %I on %I.%I for %s to %s%s%s;', policyname, schemaname, tablename, lower(cmd),
        array_to_string(roles, ', '),
        coalesce(E'\\n  using (' || qual || ')', ''), coalesce(E'\\n  with check (' || with_check || ')', '')) as line
      from pg_policies where schemaname in ${OURS}
      order by schemaname, tablename, policyname`,
  ],
  [
    'Grants on tables',
    `select format('grant %s on %I.%I to %I;', string_agg(lower(g.privilege_type), ', ' order by g.privilege_type),
        n.nspname, t.relname, r.rolname) as line
      from pg_class t join pg_namespace n on n.oid = t.relnamespace
      cross join lateral aclexplode(t.relacl) g join pg_roles r on r.oid = g.grantee
      where t.relkind in ('r', 'v') and n.nspname in ${OURS} and g.grantee <> t.relowner
      group by n.nspname, t.relname, r.rolname order by n.nspname, t.relname, r.rolname`,
  ],
  [
    'Grants on columns',
    `select format('grant %s (%s) on %I.%I to %I;', lower(g.privilege_type),
        string_agg(quote_ident(a.attname), ', ' order by a.attnum), n.nspname, t.relname, r.rolname) as line
      from pg_attribute a join pg_class t on t.oid = a.attrelid join pg_namespace n on n.oid = t.relnamespace
      cross join lateral aclexplode(a.attacl) g join pg_roles r on r.oid = g.grantee
      where n.nspname in ${OURS}
      group by n.nspname, t.relname, r.rolname, g.privilege_type order by n.nspname, t.relname, r.rolname, g.privilege_type`,
  ],
  [
    'Grants on functions',
    `select format('grant execute on function %s to %s;', p.oid::regprocedure,
        string_agg(case when g.grantee = 0 then 'public' else r.rolname end, ', ' order by r.rolname)) as line
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g left join pg_roles r on r.oid = g.grantee
      where n.nspname in ${OURS} and ${notOfExtension('pg_proc', 'p.oid')} and g.grantee <> p.proowner
      group by p.oid order by p.oid::regprocedure::text`,
  ],
];

/**
 * Describes a migrated database from its catalogue. Not for restoring (the migrations are): it shows
 * in one place, and in every review, what the migrations add up to. pg_dump is not part of the
 * embedded server.
 */
export async function dumpSchema(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Names are printed with their schema unless it is on the path.
    await client.query('set search_path = pg_catalog');
    const parts = [
      '-- What database/migrations add up to. Generated by `npm run db:dump`; compared by a test. Do not edit.',
    ];
    for (const [heading, query] of sections) {
      const { rows } = await client.query<{ line: string }>(query);
      if (rows.length === 0) continue;
      parts.push('', `-- ${heading} ${'-'.repeat(Math.max(3, 90 - heading.length))}`, '');
      parts.push(...rows.map(({ line }) => line.trimEnd()));
    }
    return `${parts.join('\n')}\n`;
  } finally {
    await client.end();
  }
}
