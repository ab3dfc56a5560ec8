import { type RawBuilder, sql } from 'kysely';

/** The patient's latest word on keeping the sound of consultation `c`; absent counts as refused. */
export function recordingAllowed(): RawBuilder<boolean> {
  return sql<boolean>`coalesce((
    select k.accepted from consents k
    where k.consultation_id = c.id and k.type = 'recording'
    order by k.position desc limit 1), false)`;
}
