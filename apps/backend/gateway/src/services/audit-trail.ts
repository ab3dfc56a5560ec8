import type { Database, Trx } from '@medcall/service-kit';
import {
  type AccessLogEntry,
  type AccessLogQuery,
  type AuditEntryView,
  auditLabel,
  type ListAuditQuery,
} from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from './calling.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
import { mustReachPatient } from './reach-patient.ts';
import { samePerson } from './same-person.ts';

/** Who did what: an administrator's whole clinic; a doctor, who opened the charts of his patients. */
export interface AuditTrail {
  /** Newest first. Taking a copy away is itself on the record. */
  list(calling: Calling, query: ListAuditQuery): Promise<Page<AuditEntryView>>;
  /**
   * Who opened and changed a patient's chart, newest first; looking is itself on the record.
   * @throws AppError not_found for a patient out of the caller's reach
   */
  accessLog(
    calling: Calling,
    patientId: string,
    query: AccessLogQuery,
  ): Promise<Page<AccessLogEntry>>;
}

export function createAuditTrail(db: Database): AuditTrail {
  return {
    list: (calling, query) =>
      db.asUser(calling.caller, async (trx) => {
        const rows = await select(trx, query).execute();
        if (query.format === 'csv') {
          await auditCall(trx, calling, {
            action: 'audit.export',
            tableName: 'audit_logs',
            changes: { rows: Math.min(rows.length, query.limit) },
          });
        }
        const page = pageOf(rows, query.limit, (row) => [row.sorted_by, row.id]);
        return {
          nextCursor: page.nextCursor,
          items: page.rows.map(({ sorted_by: _sorted, created_at, changes, ...row }) => ({
            ...row,
            created_at: created_at.toISOString(),
            changes: changes as Record<string, unknown>,
          })),
        };
      }),

    accessLog: (calling, patientId, query) =>
      db.asUser(calling.caller, async (trx) => {
        await mustReachPatient(trx, patientId);
        const rows = await select(trx, {
          ...query,
          format: 'json',
          patient_id: patientId,
        }).execute();
        await auditCall(trx, calling, {
          action: 'patient.access_log',
          tableName: 'audit_logs',
          recordId: patientId,
          patientId,
        });
        const page = pageOf(rows, query.limit, (row) => [row.sorted_by, row.id]);
        return {
          nextCursor: page.nextCursor,
          items: page.rows.map((row) => ({
            id: row.id,
            created_at: row.created_at.toISOString(),
            action: row.action,
            label: auditLabel(row.action),
            outcome: row.outcome,
            actor_kind: row.actor_kind,
            actor_name: row.actor_name,
            record: row.table_name,
          })),
        };
      }),
  };
}

function select(trx: Trx, query: ListAuditQuery) {
  let wanted = trx
    .selectFrom('audit_logs')
    .select([
      'id',
      'created_at',
      'action',
      'outcome',
      'user_id',
      'actor_kind',
      'actor_name',
      'table_name',
      'record_id',
      'patient_id',
      'ip',
      'request_id',
      'changes',
      sql<string | null>`(select name from patients where id = audit_logs.patient_id)`.as(
        'patient_name',
      ),
      sql<string>`created_at::text`.as('sorted_by'),
    ])
    .limit(query.limit + 1);
  for (const column of ['action', 'outcome', 'user_id', 'record_id'] as const) {
    const value = query[column];
    if (value !== undefined) wanted = wanted.where(column, '=', value);
  }
  if (query.patient_id !== undefined)
    wanted = wanted.where('patient_id', 'in', samePerson(query.patient_id));
  if (query.from !== undefined) wanted = wanted.where('created_at', '>=', new Date(query.from));
  if (query.to !== undefined) wanted = wanted.where('created_at', '<', new Date(query.to));
  if (query.cursor !== undefined) {
    const [at, id] = readCursor(query.cursor);
    wanted = wanted.where(sql<boolean>`(created_at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return wanted.orderBy('created_at', 'desc').orderBy('id', 'desc');
}
