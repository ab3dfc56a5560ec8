import { type Database, enqueue } from '@medcall/service-kit';
import { messageBackOff } from '../messages/message-deps.ts';

const lateMs = 10 * 60_000;
const atOnce = 200;
/** A calendar's next try is nowhere but in its job: after the longest pause it must have been. */
const longestPauseMs = messageBackOff.longestMs + lateMs;

/**
 * Asks again for what is long due and not done: a job that was put aside or deleted by hand must not
 * mean a message that nobody ever looks at. Handlers see for themselves whether there is anything to do.
 */
export function sweepLate(db: Database, now: number): Promise<number> {
  const before = new Date(now - lateMs);
  return db.asSystem('jobs: ask again for what is late', async (trx) => {
    const messages = await trx
      .selectFrom('notifications')
      .select('id')
      .where('channel', '<>', 'app')
      .where('status', 'in', ['queued', 'sending'])
      .where('scheduled_for', '<', before)
      .where((eb) => eb.or([eb('next_attempt_at', 'is', null), eb('next_attempt_at', '<', before)]))
      .where('updated_at', '<', before)
      .orderBy('scheduled_for')
      .limit(atOnce)
      .execute();
    for (const { id } of messages) await enqueue(trx, 'notification.send', id);
    const deliveries = await trx
      .selectFrom('webhook_deliveries')
      .select('id')
      .where('status', 'in', ['pending', 'failed'])
      .where('next_attempt_at', '<', before)
      .where('updated_at', '<', before)
      .orderBy('next_attempt_at')
      .limit(atOnce)
      .execute();
    for (const { id } of deliveries) await enqueue(trx, 'webhook.deliver', id);
    const events = await trx
      .selectFrom('calendar_events as e')
      .innerJoin('calendar_connections as k', 'k.id', 'e.connection_id')
      .select('e.consultation_id as id')
      .where('e.state', '=', 'pushing')
      .where('k.status', '=', 'active')
      .where('e.updated_at', '<', new Date(now - longestPauseMs))
      .orderBy('e.updated_at')
      .limit(atOnce)
      .execute();
    for (const { id } of events) await enqueue(trx, 'calendar.push', id);
    const leavers = await trx
      .selectFrom('calendar_connections as k')
      .innerJoin('medicos as d', 'd.id', 'k.doctor_id')
      .innerJoin('members as m', 'm.medico_id', 'd.id')
      .select('m.id')
      .where('k.provider', '=', 'google')
      .where('d.active', '=', false)
      .where('d.updated_at', '<', before)
      .where('k.updated_at', '<', new Date(now - longestPauseMs))
      .orderBy('k.updated_at')
      .limit(atOnce)
      .execute();
    for (const { id } of leavers) await enqueue(trx, 'member.removed', id);
    return messages.length + deliveries.length + events.length + leavers.length;
  });
}
