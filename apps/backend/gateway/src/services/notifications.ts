import { AppError, type Database, enqueue, notFound, type Trx } from '@medcall/service-kit';
import {
  type ListNotificationsQuery,
  messageFailure,
  messageFailureFaces,
  type Notification,
  notificationKind,
  notificationTitles,
  type ResolveNotification,
} from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from './calling.ts';
import { isoOf } from './consultation-view.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
import type { Member } from './members.ts';
import { ofPerson } from './same-person.ts';

/** Notices for the people of a clinic, and what became of messages to patients. */
export interface Notifications {
  /** Newest first. */
  list(
    calling: Calling,
    member: Member,
    query: ListNotificationsQuery,
  ): Promise<Page<Notification>>;
  /** The caller has seen a notice of his own. */
  read(calling: Calling, id: string): Promise<Notification>;
  /** A person decides about a message that failed or whose outcome is unknown. */
  resolve(calling: Calling, id: string, decision: ResolveNotification): Promise<Notification>;
}

export function createNotifications(db: Database): Notifications {
  return {
    list: (calling, member, query) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          const rows = await select(trx, member, query).execute();
          const page = pageOf(rows, query.limit, (row) => [row.sorted_by, row.id]);
          return { items: page.rows.map(viewOf), nextCursor: page.nextCursor };
        },
        { readOnly: true },
      ),

    read: (calling, id) =>
      db.asUser(calling.caller, async (trx) => {
        await trx
          .updateTable('notifications')
          .set((eb) => ({ read_at: eb.fn.coalesce('read_at', eb.fn<Date>('now')) }))
          .where('id', '=', id)
          .execute();
        return viewOf(await find(trx, id));
      }),

    async resolve(calling, id, { outcome }) {
      // Whether the caller sees the message is the database's answer; writing its fate is the system's.
      await db.asUser(calling.caller, async (trx) => {
        const row = await find(trx, id);
        if (row.channel === 'app') throw new AppError('conflict');
        await auditCall(trx, calling, {
          action: 'notification.resolve',
          tableName: 'notifications',
          recordId: id,
          changes: { outcome },
          ...(row.patient_id === null ? {} : { patientId: row.patient_id }),
        });
      });
      await db.asSystem('messages: a person decided about one', (trx) => decide(trx, id, outcome));
      return db.asUser(calling.caller, async (trx) => viewOf(await find(trx, id)), {
        readOnly: true,
      });
    },
  };
}

async function decide(
  trx: Trx,
  id: string,
  outcome: ResolveNotification['outcome'],
): Promise<void> {
  const set = {
    sent: { status: 'sent' as const, error: null },
    give_up: { status: 'cancelled' as const },
    resend: {
      status: 'queued' as const,
      error: null,
      attempts: 0,
      provider: null,
      provider_id: null,
      next_attempt_at: null,
    },
  }[outcome];
  const changed = await trx
    .updateTable('notifications')
    .set((eb) => ({ ...set, ...(outcome === 'resend' ? { resends: eb('resends', '+', 1) } : {}) }))
    .where('id', '=', id)
    .where('status', 'in', ['failed', 'unknown'])
    .returning('id')
    .executeTakeFirst();
  if (!changed) {
    throw new AppError('conflict', {
      message: 'Esta mensagem já saiu ou ainda está sendo enviada.',
    });
  }
  if (outcome === 'resend') await enqueue(trx, 'notification.send', id);
}

function rows(trx: Trx) {
  return trx
    .selectFrom('notifications as n')
    .leftJoin('patients as p', 'p.id', 'n.patient_id')
    .select([
      'n.id',
      'n.channel',
      'n.kind',
      'n.status',
      'n.error',
      'n.consultation_id',
      'n.patient_id',
      ofPerson<string | null>('p', 'name').as('patient_name'),
      'n.attempts',
      'n.scheduled_for',
      'n.sent_at',
      'n.read_at',
      'n.created_at',
      sql<string>`n.created_at::text`.as('sorted_by'),
    ]);
}
type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

function select(trx: Trx, member: Member, query: ListNotificationsQuery) {
  let wanted = rows(trx).limit(query.limit + 1);
  // What is mailed to a member stands in his box already, as the notice that it repeats.
  if (query.box === 'own') {
    wanted = wanted.where('n.member_id', '=', member.memberId).where('n.channel', '=', 'app');
  }
  if (query.box === 'sent') wanted = wanted.where('n.channel', '<>', 'app');
  if (query.status) wanted = wanted.where('n.status', '=', query.status);
  if (query.consultation_id) {
    wanted = wanted.where('n.consultation_id', '=', query.consultation_id);
  }
  if (query.cursor !== undefined) {
    const [at, id] = readCursor(query.cursor);
    wanted = wanted.where(sql<boolean>`(n.created_at, n.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return wanted.orderBy('n.created_at', 'desc').orderBy('n.id', 'desc');
}

async function find(trx: Trx, id: string): Promise<Row> {
  const row = await rows(trx).where('n.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

function viewOf(row: Row): Notification {
  const kind = notificationKind.parse(row.kind);
  const reason = messageFailure.safeParse(row.error);
  return {
    id: row.id,
    channel: row.channel,
    kind,
    title: notificationTitles[kind],
    status: row.status,
    reason: reason.success ? messageFailureFaces[reason.data] : null,
    consultation_id: row.consultation_id,
    patient:
      row.patient_id !== null && row.patient_name !== null
        ? { id: row.patient_id, name: row.patient_name }
        : null,
    attempts: row.attempts,
    scheduled_for: row.scheduled_for.toISOString(),
    sent_at: isoOf(row.sent_at),
    read_at: isoOf(row.read_at),
    created_at: row.created_at.toISOString(),
  };
}
