import { type RawBuilder, sql } from 'kysely';
import type { JsonValue } from './generated/tables.ts';

/**
 * A value for a jsonb column. Needed for arrays above all: pg would send a JavaScript array as a
 * PostgreSQL array.
 */
export function asJson(value: unknown): RawBuilder<JsonValue> {
  return sql`${JSON.stringify(value)}::jsonb`;
}
