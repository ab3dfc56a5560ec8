import { enqueue, type JobHandler } from '@medcall/service-kit';
import { pauseAfter } from '../jobs/back-off.ts';
import { type Claimed, claim, isStillMine } from './claim.ts';
import type { MessageDeps } from './message-deps.ts';
import { fail, markSent } from './outcome.ts';
import type { SendOutcome } from './ports.ts';
import { settle } from './settle.ts';

/**
 * The job `notification.send`: takes the message, sends it outside of any transaction, notes what
 * became of it. Between the two it may die; the row then says `sending`, and e-mail is repeated under
 * its key, SMS looked up at the vendor (decision 0041).
 */
export function sendNotification(deps: MessageDeps): JobHandler {
  return async ({ subjectId, signal }) => {
    const taken = await claim(deps, subjectId);
    switch (taken.kind) {
      case 'nothing':
        return;
      case 'send':
        return settle(
          deps,
          taken.claimed,
          providerOf(deps, taken.claimed),
          await send(deps, taken.claimed, signal),
        );
      case 'look_up':
        return lookUp(deps, taken.claimed, signal);
    }
  };
}

function providerOf(deps: MessageDeps, { message }: Claimed): string {
  return message.channel === 'email' ? deps.mailer.name : deps.sms.name;
}

function send(deps: MessageDeps, claimed: Claimed, signal: AbortSignal): Promise<SendOutcome> {
  const { key, message } = claimed;
  if (message.channel === 'email') {
    const { html, subject, text, to } = message;
    return deps.mailer.send({ idempotencyKey: key, to, subject, text, html }, signal);
  }
  return deps.sms.send({ reference: claimed.id, to: message.to, body: message.body }, signal);
}

/** Asks the vendor what became of a try, before anything is sent again. */
async function lookUp(deps: MessageDeps, claimed: Claimed, signal: AbortSignal): Promise<void> {
  const { message } = claimed;
  if (message.channel !== 'sms') return;
  const sms = { reference: claimed.id, to: message.to, body: message.body };
  let found: string[];
  try {
    found = (await deps.sms.find(sms, claimed.since, signal)).map(({ providerId }) => providerId);
  } catch (error) {
    deps.logger.warn(
      { err: error, notificationId: claimed.id },
      'a sent SMS could not be looked up',
    );
    return lookLater(deps, claimed);
  }
  await deps.db.asSystem('messages: what the look-up said', async (trx) => {
    if (!(await isStillMine(trx, claimed))) return;
    // The same text to the same number may be another message of ours.
    const known = await trx
      .selectFrom('notifications')
      .select('provider_id')
      .where('provider', '=', deps.sms.name)
      .where('provider_id', 'in', found.length > 0 ? found : [''])
      .execute();
    const taken = new Set(known.map(({ provider_id }) => provider_id));
    const ours = found.find((id) => !taken.has(id));
    if (ours !== undefined) {
      return markSent(trx, claimed.id, deps.sms.name, ours, deps.clock.now());
    }
    // The vendor has never seen it: now it may be sent again.
    if (pauseAfter(claimed.attempt, deps.backOff) === null) return fail(trx, claimed.id, 'gave_up');
    await trx
      .updateTable('notifications')
      .set({ status: 'queued', next_attempt_at: null })
      .where('id', '=', claimed.id)
      .execute();
    await enqueue(trx, 'notification.send', claimed.id);
  });
}

/** Not to be asked now. After a while a person is. */
function lookLater(deps: MessageDeps, claimed: Claimed): Promise<void> {
  return deps.db.asSystem('messages: look up later', async (trx) => {
    const waitedMs = deps.clock.now() - claimed.since.getTime();
    if (waitedMs > deps.backOff.longestMs) return fail(trx, claimed.id, 'outcome_unknown');
    // The longer it is unknown, the longer the pause: once more after half of the time so far.
    const at = new Date(deps.clock.now() + Math.max(deps.backOff.firstMs, waitedMs / 2));
    await trx
      .updateTable('notifications')
      .set({ next_attempt_at: at })
      .where('id', '=', claimed.id)
      .where('status', '=', 'sending')
      .where('attempts', '=', claimed.attempt)
      .execute();
    await enqueue(trx, 'notification.send', claimed.id, at);
  });
}
