import type { Client } from 'pg';

/** Schemas in which tables of `public` may stand on the optional layout, as a list for SQL. */
export const placesOfTables = "'public', 'gateway', 'realtime', 'ai'";

/** The table itself, where its old name may be a view. @returns the name with its schema, for SQL */
export async function placeOf(owner: Client, table: string): Promise<string> {
  const { rows } = await owner.query<{ place: string }>(
    `select t.oid::regclass::text as place
     from pg_class t join pg_namespace n on n.oid = t.relnamespace
     where t.relname = $1 and t.relkind in ('r', 'p') and n.nspname in (${placesOfTables})`,
    [table],
  );
  return rows[0]?.place ?? table;
}
