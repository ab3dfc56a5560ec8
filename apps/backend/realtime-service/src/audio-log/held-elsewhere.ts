import { type RawBuilder, sql } from 'kysely';

/**
 * Whether another node alone holds sound of the consultation `c` of the query: without a log that all nodes can
 * read, only that one can work on it.
 */
export function heldElsewhere(owner: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from audio_streams a where a.consultation_id = c.id
    and a.discarded_at is null and a.lease_owner <> ${owner})`;
}
