import type { Trx } from '@medcall/service-kit';
import type { MessageFailure } from '@medcall/shared-types';
import { tellDoctor } from './tell-people.ts';

/** Out of the house: the kept text is not needed any more. */
export async function markSent(
  trx: Trx,
  id: string,
  provider: string,
  providerId: string,
  now: number,
): Promise<void> {
  await trx
    .updateTable('notifications')
    .set({ status: 'sent', provider, provider_id: providerId, sent_at: new Date(now), error: null })
    .where('id', '=', id)
    .execute();
  await forgetText(trx, id);
}

/** Nobody tries again by himself: the doctor is told, and may. */
export async function fail(trx: Trx, id: string, reason: MessageFailure): Promise<void> {
  const unknown = reason === 'outcome_unknown';
  const row = await trx
    .updateTable('notifications')
    .set({ status: unknown ? 'unknown' : 'failed', error: reason })
    .where('id', '=', id)
    .returning('consultation_id')
    .executeTakeFirstOrThrow();
  await forgetText(trx, id);
  if (row.consultation_id === null) return;
  const kind = unknown ? 'message.unknown' : 'message.failed';
  await tellDoctor(trx, row.consultation_id, kind, { notification_id: id });
}

async function forgetText(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('notification_messages').where('notification_id', '=', id).execute();
}
