import { type RawBuilder, sql } from 'kysely';

/**
 * A value for a jsonb column. Needed for arrays above all: pg would send a JavaScript array as a
 * PostgreSQL array.
 */
export function asJson<T>(value: T): RawBuilder<T> {
  return sql`${JSON.stringify(value)}::jsonb`;
}
