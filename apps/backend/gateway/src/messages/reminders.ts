import { type DB, enqueue, type JobHandler, type Trx } from '@medcall/service-kit';
import type { Insertable } from 'kysely';
import { isPersonOf } from '../services/same-person.ts';
import { reminderLeadMs } from './compose.ts';
import type { MessageDeps } from './message-deps.ts';

type NewMessage = Insertable<DB['notifications']>;

const kinds = ['consultation.reminder_24h', 'consultation.reminder_1h'] as const;

/**
 * The job `consultation.reminders`: makes the planned messages agree with the consultation, whatever
 * happened to it. Running it again changes nothing.
 */
export function planReminders(deps: Pick<MessageDeps, 'db' | 'clock'>): JobHandler {
  return ({ subjectId }) =>
    deps.db.asSystem('messages: plan reminders', async (trx) => {
      const consultation = await find(trx, subjectId);
      if (!consultation) return;
      const open = consultation.status === 'WAITING' && consultation.scheduled_at !== null;
      for (const kind of kinds) {
        for (const channel of ['email', 'sms'] as const) {
          const address = channel === 'email' ? consultation.email : consultation.phone;
          const at = open && address ? dueAt(consultation.scheduled_at, kind) : null;
          await plan(trx, consultation, { kind, channel, at, now: deps.clock.now() });
        }
      }
      if (consultation.status === 'CANCELLED') await tellOfCancellation(trx, consultation);
    });
}

async function find(trx: Trx, id: string) {
  return trx
    .selectFrom('consultations as c')
    .innerJoin('patients as p', (join) => join.on(isPersonOf('p.id', 'c.patient_id')))
    .select([
      'c.id',
      'c.clinica_id',
      'c.patient_id',
      'c.status',
      'c.scheduled_at',
      'p.email',
      'p.phone',
    ])
    .where('c.id', '=', id)
    .forUpdate('c')
    .executeTakeFirst();
}
type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

function dueAt(scheduledAt: Date | null, kind: (typeof kinds)[number]): Date | null {
  return scheduledAt && new Date(scheduledAt.getTime() - (reminderLeadMs(kind) ?? 0));
}

/** One planned reminder at the wanted time, or none. What went out already is not recalled. */
async function plan(
  trx: Trx,
  consultation: Found,
  wanted: {
    kind: (typeof kinds)[number];
    channel: 'email' | 'sms';
    at: Date | null;
    now: number;
  },
): Promise<void> {
  const { at, channel, kind, now } = wanted;
  const existing = await trx
    .selectFrom('notifications')
    .select(['id', 'status', 'scheduled_for'])
    .where('consultation_id', '=', consultation.id)
    .where('kind', '=', kind)
    .where('channel', '=', channel)
    .execute();
  // A booking for this afternoon has no eve: that reminder would come at once, and twice.
  const useful = at !== null && at.getTime() > now;
  const planned = existing.find(({ status }) => status === 'queued');
  if (planned && planned.scheduled_for.getTime() === at?.getTime()) return;
  if (planned) {
    await trx
      .updateTable('notifications')
      .set(useful ? { scheduled_for: at } : { status: 'cancelled' })
      .where('id', '=', planned.id)
      .execute();
    if (useful) await enqueue(trx, 'notification.send', planned.id, at);
    return;
  }
  const handled = existing.some(
    ({ status, scheduled_for }) =>
      status !== 'cancelled' && scheduled_for.getTime() === at?.getTime(),
  );
  if (!useful || handled) return;
  await send(trx, consultation, { channel, kind, at });
}

/** Who was told that there is a consultation is told, on the same ways, that there is none. */
async function tellOfCancellation(trx: Trx, consultation: Found): Promise<void> {
  const told = await trx
    .selectFrom('notifications')
    .select(['channel', 'kind'])
    .distinct()
    .where('consultation_id', '=', consultation.id)
    .where('channel', 'in', ['email', 'sms'])
    .where('status', 'in', ['sending', 'sent', 'delivered', 'unknown', 'queued'])
    .execute();
  const ways = new Set(told.map(({ channel }) => channel));
  for (const { channel, kind } of told) {
    if (kind === 'consultation.cancellation') ways.delete(channel);
  }
  for (const channel of ways) {
    await send(trx, consultation, { channel, kind: 'consultation.cancellation' });
  }
}

/** @param message at: not before then; at once by default */
async function send(
  trx: Trx,
  consultation: Found,
  message: { channel: NewMessage['channel']; kind: NewMessage['kind']; at?: Date },
): Promise<void> {
  const { at, channel, kind } = message;
  const { id } = await trx
    .insertInto('notifications')
    .values({
      clinica_id: consultation.clinica_id,
      consultation_id: consultation.id,
      patient_id: consultation.patient_id,
      channel,
      kind,
      ...(at && { scheduled_for: at }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await enqueue(trx, 'notification.send', id, at);
}
