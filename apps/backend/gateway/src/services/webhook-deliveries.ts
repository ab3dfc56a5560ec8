import { randomUUID } from 'node:crypto';
import {
  AppError,
  type Clock,
  type Database,
  enqueue,
  notFound,
  type Trx,
} from '@medcall/service-kit';
import {
  type ListDeliveriesQuery,
  type WebhookDelivery,
  type WebhookPayload,
  webhookEvent,
  webhookFailure,
  webhookFailureFaces,
  webhookPayload,
} from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from './calling.ts';
import { isoOf } from './consultation-view.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
import type { Member } from './members.ts';

/** What was delivered to a clinic's system, and what was not. */
export interface WebhookDeliveries {
  /** Sends a delivery that says nothing. */
  test(calling: Calling, member: Member): Promise<WebhookDelivery>;
  /** Newest first. */
  deliveries(calling: Calling, query: ListDeliveriesQuery): Promise<Page<WebhookDelivery>>;
  /** Delivers again, under the same id. */
  resend(calling: Calling, id: string): Promise<WebhookDelivery>;
}

export function createWebhookDeliveries(deps: { db: Database; clock: Clock }): WebhookDeliveries {
  const { clock, db } = deps;
  return {
    test: (calling, member) =>
      db.asUser(calling.caller, async (trx) => {
        const clinic = await trx
          .selectFrom('clinicas')
          .select('webhook_url')
          .where('id', '=', member.clinicaId)
          .executeTakeFirst();
        if (!clinic?.webhook_url) {
          throw new AppError('conflict', { message: 'Configure antes o endereço do webhook.' });
        }
        const id = randomUUID();
        const payload: WebhookPayload = {
          type: 'webhook.test',
          timestamp: new Date(clock.now()).toISOString(),
          data: { clinica_id: member.clinicaId },
        };
        await trx
          .insertInto('webhook_deliveries')
          .values({
            id,
            clinica_id: member.clinicaId,
            event: 'webhook.test',
            subject_id: member.clinicaId,
            payload: JSON.stringify(payload),
          })
          .execute();
        await enqueue(trx, 'webhook.deliver', id);
        return find(trx, id);
      }),

    deliveries: (calling, query) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          const found = await select(trx, query).execute();
          const page = pageOf(found, query.limit, (row) => [row.sorted_by, row.id]);
          return { items: page.rows.map(viewOf), nextCursor: page.nextCursor };
        },
        { readOnly: true },
      ),

    resend: (calling, id) =>
      db.asUser(calling.caller, async (trx) => {
        const delivery = await find(trx, id);
        await enqueue(trx, 'webhook.deliver', id);
        await auditCall(trx, calling, {
          action: 'webhook.resend',
          tableName: 'webhook_deliveries',
          recordId: id,
        });
        return delivery;
      }),
  };
}

function rows(trx: Trx) {
  return trx
    .selectFrom('webhook_deliveries')
    .select([
      'id',
      'event',
      'status',
      'attempts',
      'response_status',
      'error',
      'payload',
      'next_attempt_at',
      'last_attempt_at',
      'delivered_at',
      'created_at',
      sql<string>`created_at::text`.as('sorted_by'),
    ]);
}
type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

function select(trx: Trx, query: ListDeliveriesQuery) {
  let wanted = rows(trx).limit(query.limit + 1);
  if (query.status) wanted = wanted.where('status', '=', query.status);
  if (query.event) wanted = wanted.where('event', '=', query.event);
  if (query.cursor !== undefined) {
    const [at, id] = readCursor(query.cursor);
    wanted = wanted.where(sql<boolean>`(created_at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return wanted.orderBy('created_at', 'desc').orderBy('id', 'desc');
}

async function find(trx: Trx, id: string): Promise<WebhookDelivery> {
  const row = await rows(trx).where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return viewOf(row);
}

function viewOf(row: Row): WebhookDelivery {
  const failure = webhookFailure.safeParse(row.error);
  return {
    id: row.id,
    event: webhookEvent.parse(row.event),
    status: row.status,
    attempts: row.attempts,
    response_status: row.response_status,
    reason: failure.success ? webhookFailureFaces[failure.data] : null,
    payload: webhookPayload.parse(row.payload),
    next_attempt_at: isoOf(row.next_attempt_at),
    last_attempt_at: isoOf(row.last_attempt_at),
    delivered_at: isoOf(row.delivered_at),
    created_at: row.created_at.toISOString(),
  };
}
