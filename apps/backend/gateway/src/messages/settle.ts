import { enqueue, type Trx } from '@medcall/service-kit';
import type { MessageFailure } from '@medcall/shared-types';
import { pauseAfter } from '../jobs/back-off.ts';
import type { Claimed } from './claim.ts';
import type { MessageDeps } from './message-deps.ts';
import type { SendOutcome } from './ports.ts';
import { tellDoctor } from './tell-people.ts';

/** Writes down what became of a try. A try that was taken over in the meantime changes nothing. */
export function settle(
  deps: MessageDeps,
  claimed: Claimed,
  provider: string,
  outcome: SendOutcome,
): Promise<void> {
  return deps.db.asSystem('messages: note the outcome', async (trx) => {
    const mine = await trx
      .selectFrom('notifications')
      .select('id')
      .where('id', '=', claimed.id)
      .where('status', '=', 'sending')
      .where('attempts', '=', claimed.attempt)
      .forUpdate()
      .executeTakeFirst();
    if (!mine) return;
    switch (outcome.kind) {
      case 'sent':
        return markSent(trx, claimed.id, provider, outcome.providerId, deps.clock.now());
      case 'refused':
        return fail(trx, claimed.id, outcome.reason);
      case 'unknown':
        return again(trx, deps, claimed, true);
      case 'later':
        return again(trx, deps, claimed, claimed.uncertain, outcome.retryAfterMs);
    }
  });
}

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

/**
 * Another try later. As long as one of unknown outcome is among them the row stays `sending`, which is
 * what makes the next try look before it sends.
 */
async function again(
  trx: Trx,
  deps: MessageDeps,
  claimed: Claimed,
  uncertain: boolean,
  askedMs = 0,
): Promise<void> {
  const pause = pauseAfter(claimed.attempt, deps.backOff, askedMs);
  if (pause === null) {
    return fail(trx, claimed.id, uncertain ? 'outcome_unknown' : 'gave_up');
  }
  const at = new Date(deps.clock.now() + pause);
  await trx
    .updateTable('notifications')
    .set({ status: uncertain ? 'sending' : 'queued', next_attempt_at: at })
    .where('id', '=', claimed.id)
    .execute();
  await enqueue(trx, 'notification.send', claimed.id, at);
}

async function forgetText(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('notification_messages').where('notification_id', '=', id).execute();
}
