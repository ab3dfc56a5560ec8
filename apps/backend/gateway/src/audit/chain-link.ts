import { hashJson, type Trx } from '@medcall/service-kit';
import { sql } from 'kysely';

/** The chain of rows that belong to no clinic, for example a failed sign-in of an unknown account. */
export const noClinic = '00000000-0000-0000-0000-000000000000';

/** What stands before the first link. */
export const chainStart = '0'.repeat(64);

/** An audit row as its link covers it: every column, instants to the microsecond. */
export interface LinkedRow {
  id: string;
  seq: string;
  clinica_id: string | null;
  created_at: string;
  user_id: string | null;
  actor_kind: string;
  actor_name: string | null;
  action: string;
  outcome: string;
  table_name: string | null;
  record_id: string | null;
  patient_id: string | null;
  changes: unknown;
  ip: string | null;
  request_id: string | null;
}

/** SHA-256 of the RFC 8785 JSON of a row, its place in the chain and the link before it. */
export function linkHash(
  clinicaId: string,
  position: number,
  prevHash: string,
  row: LinkedRow,
): string {
  return hashJson({ clinica_id: clinicaId, position, prev_hash: prevHash, row });
}

/** Columns of `audit_logs as a` in the form of `LinkedRow`; text throughout, so that nothing is rounded. */
export const linkedColumns = [
  sql<string>`a.id::text`.as('id'),
  sql<string>`a.seq::text`.as('seq'),
  sql<string | null>`a.clinica_id::text`.as('clinica_id'),
  sql<string>`to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as(
    'created_at',
  ),
  sql<string | null>`a.user_id::text`.as('user_id'),
  sql<string>`a.actor_kind`.as('actor_kind'),
  sql<string | null>`a.actor_name`.as('actor_name'),
  sql<string>`a.action`.as('action'),
  sql<string>`a.outcome`.as('outcome'),
  sql<string | null>`a.table_name`.as('table_name'),
  sql<string | null>`a.record_id`.as('record_id'),
  sql<string | null>`a.patient_id::text`.as('patient_id'),
  sql<unknown>`a.changes`.as('changes'),
  sql<string | null>`host(a.ip)`.as('ip'),
  sql<string | null>`a.request_id`.as('request_id'),
] as const;

/** The end of a clinic's chain; position 0 for none. */
export async function lastLink(
  trx: Trx,
  clinicaId: string,
): Promise<{ position: number; hash: string }> {
  const row = await trx
    .selectFrom('audit_chain')
    .select(['position', 'hash'])
    .where('clinica_id', '=', clinicaId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row
    ? { position: Number(row.position), hash: row.hash }
    : { position: 0, hash: chainStart };
}
