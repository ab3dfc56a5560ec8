import { enqueue, type Trx } from '@medcall/service-kit';
import { pauseAfter } from '../jobs/back-off.ts';
import { type Claimed, isStillMine } from './claim.ts';
import type { MessageDeps } from './message-deps.ts';
import { fail, markSent } from './outcome.ts';
import type { SendOutcome } from './ports.ts';

/** Writes down what became of a try. A try that was taken over in the meantime changes nothing. */
export function settle(
  deps: MessageDeps,
  claimed: Claimed,
  provider: string,
  outcome: SendOutcome,
): Promise<void> {
  return deps.db.asSystem('messages: note the outcome', async (trx) => {
    if (!(await isStillMine(trx, claimed))) return;
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
