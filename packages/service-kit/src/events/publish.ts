import { sql } from 'kysely';
import type { Trx } from '../database/database.ts';
import type { ServiceEvent } from './service-event.ts';

/** The PostgreSQL channel on which services hear of changes. */
export const eventChannel = 'medcall_events';

/** Tells the other services, if and when this transaction commits. */
export async function publish(trx: Trx, event: ServiceEvent): Promise<void> {
  await sql`select pg_notify(${eventChannel}, ${JSON.stringify(event)})`.execute(trx);
}
