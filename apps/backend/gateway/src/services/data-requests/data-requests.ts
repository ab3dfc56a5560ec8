import { AppError, type Clock, type Database, notFound, type Trx } from '@medcall/service-kit';
import type {
  AuditAction,
  CreateDataRequest,
  DataRequest,
  ErasureResult,
  ListDataRequestsQuery,
  UpdateDataRequest,
} from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from '../calling.ts';
import { isoOf } from '../consultation-view.ts';
import { type Page, pageOf, readCursor } from '../cursor.ts';
import type { Member } from '../members.ts';
import { mustReachPatient } from '../reach-patient.ts';
import { ofPerson, samePerson } from '../same-person.ts';
import { erasePerson } from './erase-person.ts';

const dayMs = 86_400_000;

/** Requests of data subjects (LGPD art. 18) and their 15 days (art. 19, II). */
export interface DataRequests {
  /** Open ones first, the nearest deadline on top. */
  list(calling: Calling, query: ListDataRequestsQuery): Promise<Page<DataRequest>>;
  create(calling: Calling, member: Member, wanted: CreateDataRequest): Promise<DataRequest>;
  /** @throws AppError conflict once it is settled */
  update(calling: Calling, id: string, change: UpdateDataRequest): Promise<DataRequest>;
  /** Erases what no law keeps, settles the request and says what stays and why. */
  erase(calling: Calling, member: Member, id: string): Promise<ErasureResult>;
}

export function createDataRequests(db: Database, clock: Clock): DataRequests {
  const view = (row: Row) => viewOf(row, clock.now());
  return {
    list: (calling, query) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          let wanted = select(trx).limit(query.limit + 1);
          if (query.status) wanted = wanted.where('r.status', '=', query.status);
          if (query.patient_id)
            wanted = wanted.where('r.patient_id', 'in', samePerson(query.patient_id));
          if (query.cursor !== undefined) {
            const [at, id] = readCursor(query.cursor);
            wanted = wanted.where(
              sql<boolean>`(r.resolved_at is not null, r.due_at, r.id) > (split_part(${at}, '|', 1)::boolean, split_part(${at}, '|', 2)::timestamptz, ${id}::uuid)`,
            );
          }
          const rows = await wanted
            .orderBy(sql`r.resolved_at is not null`)
            .orderBy('r.due_at')
            .orderBy('r.id')
            .execute();
          const page = pageOf(rows, query.limit, (row) => [row.sorted_by, row.id]);
          return { items: page.rows.map(view), nextCursor: page.nextCursor };
        },
        { readOnly: true },
      ),

    create: (calling, member, wanted) =>
      db.asUser(calling.caller, async (trx) => {
        await mustReachPatient(trx, wanted.patient_id);
        const now = clock.now();
        const { id } = await trx
          .insertInto('data_requests')
          .values({
            clinica_id: member.clinicaId,
            patient_id: wanted.patient_id,
            kind: wanted.kind,
            details: wanted.details ?? null,
            requested_by: calling.caller.sub,
            requested_at: new Date(now),
            due_at: new Date(now + 15 * dayMs),
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        const row = await find(trx, id);
        await auditRequest(trx, calling, row, 'data_request.create', { kind: row.kind });
        return view(row);
      }),

    update: (calling, id, change) =>
      db.asUser(calling.caller, async (trx) => {
        const before = await openRequest(trx, id);
        await settle(trx, before, change, clock.now());
        await auditRequest(trx, calling, before, 'data_request.update', {
          status: { before: before.status, after: change.status },
        });
        return view(await find(trx, id));
      }),

    async erase(calling, member, id) {
      const request = await db.asUser(calling.caller, async (trx) => {
        const found = await openRequest(trx, id);
        if (found.kind !== 'erasure') {
          throw new AppError('conflict', { message: 'Este pedido não é de eliminação.' });
        }
        return found;
      });
      const outcome = await db.asSystem('erase at the request of the person', async (trx) => {
        const done = await erasePerson(trx, request.patient_id, clock.now());
        const resolution = [
          `Eliminado: ${done.erased.join('; ') || 'nada'}.`,
          `Mantido: ${done.kept.map(({ what, basis }) => `${what} (${basis})`).join('; ') || 'nada'}.`,
        ].join(' ');
        await settle(trx, request, { status: 'done', resolution }, clock.now());
        // In this very transaction: nothing is erased that nobody can account for.
        await auditCall(trx, calling, {
          ...subjectOf(request),
          action: 'data_request.erase',
          changes: { erased: done.erased.length, kept: done.kept.length },
          userId: calling.caller.sub,
          clinicaId: member.clinicaId,
          actorKind: member.role,
        });
        return done;
      });
      return db.asUser(
        calling.caller,
        async (trx) => ({ request: view(await find(trx, id)), ...outcome }),
        { readOnly: true },
      );
    },
  };
}

function select(trx: Trx) {
  return trx
    .selectFrom('data_requests as r')
    .innerJoin('patients as p', 'p.id', 'r.patient_id')
    .select([
      'r.id',
      'r.patient_id',
      ofPerson<string>('p', 'name').as('patient_name'),
      'r.kind',
      'r.status',
      'r.details',
      'r.resolution',
      'r.requested_at',
      'r.due_at',
      'r.resolved_at',
      sql<string>`(r.resolved_at is not null)::text || '|' || r.due_at::text`.as('sorted_by'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

async function find(trx: Trx, id: string): Promise<Row> {
  const row = await select(trx).where('r.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

async function openRequest(trx: Trx, id: string): Promise<Row> {
  const row = await find(trx, id);
  if (row.resolved_at === null) return row;
  throw new AppError('conflict', { message: 'Este pedido já foi respondido.' });
}

async function settle(
  trx: Trx,
  before: Row,
  change: UpdateDataRequest,
  now: number,
): Promise<void> {
  const changed = await trx
    .updateTable('data_requests')
    .set({
      status: change.status,
      ...(change.resolution === undefined ? {} : { resolution: change.resolution }),
      resolved_at: change.status === 'in_progress' ? null : new Date(now),
    })
    .where('id', '=', before.id)
    .where('resolved_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!changed) throw new AppError('conflict', { message: 'Este pedido já foi respondido.' });
}

function viewOf({ sorted_by: _sorted, ...row }: Row, now: number): DataRequest {
  const settled = row.resolved_at !== null;
  const leftMs = row.due_at.getTime() - now;
  return {
    ...row,
    requested_at: row.requested_at.toISOString(),
    due_at: row.due_at.toISOString(),
    resolved_at: isoOf(row.resolved_at),
    days_left: settled ? null : Math.trunc(leftMs / dayMs),
    overdue: !settled && leftMs < 0,
  };
}

function auditRequest(
  trx: Trx,
  calling: Calling,
  row: Row,
  action: AuditAction,
  changes: Parameters<typeof auditCall>[2]['changes'],
): Promise<string> {
  return auditCall(trx, calling, {
    ...subjectOf(row),
    action,
    ...(changes ? { changes } : {}),
  });
}

function subjectOf(row: Row) {
  return { tableName: 'data_requests', recordId: row.id, patientId: row.patient_id };
}
