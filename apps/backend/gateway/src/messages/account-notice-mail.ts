import { enqueue, type JobHandler } from '@medcall/service-kit';
import { pauseAfter } from '../jobs/back-off.ts';
import type { MessageDeps } from './message-deps.ts';
import { accountNotice } from './texts/account-texts.ts';

/** After so long a notice that could not be delivered is of no use. */
const worthMs = 24 * 3_600_000;

/** The job `identity.notice`: tells a person that something of their account has changed. */
export function mailAccountNotice(deps: MessageDeps): JobHandler {
  return async ({ subjectId, signal }) => {
    const found = await deps.db.asSystem('identity: a notice to mail', (trx) =>
      trx
        .selectFrom('auth_embedded.account_notices as n')
        .innerJoin('auth_embedded.users as u', 'u.id', 'n.user_id')
        .select(['n.id', 'n.kind', 'n.created_at', 'n.sent_to', 'u.email'])
        .where('n.id', '=', subjectId)
        .where('n.sent_at', 'is', null)
        .where('u.deleted_at', 'is', null)
        .executeTakeFirst(),
    );
    const now = deps.clock.now();
    if (!found || now - found.created_at.getTime() > worthMs) return;
    const url = new URL('/configuracoes', deps.frontendUrl).href;
    const outcome = await deps.mailer.send(
      {
        idempotencyKey: `account-notice/${found.id}`,
        to: found.sent_to ?? found.email,
        ...accountNotice(found.kind, clockOf(found.created_at), url),
      },
      signal,
    );
    if (outcome.kind === 'sent' || outcome.kind === 'refused') {
      if (outcome.kind === 'refused') {
        const { vendorCode: code } = outcome;
        deps.logger.warn({ noticeId: found.id, code }, 'an account notice was refused');
      }
      await deps.db.asSystem('identity: a notice was mailed', (trx) =>
        trx
          .updateTable('auth_embedded.account_notices')
          .set({ sent_at: new Date(now), sent_to: null })
          .where('id', '=', found.id)
          .execute(),
      );
      return;
    }
    // The key makes a repetition safe.
    const asked = outcome.kind === 'later' ? outcome.retryAfterMs : 0;
    const pause = pauseAfter(1, deps.backOff, asked) ?? deps.backOff.firstMs;
    await deps.db.asSystem('identity: mail a notice later', (trx) =>
      enqueue(trx, 'identity.notice', found.id, new Date(now + pause)),
    );
  };
}

const dateAndTime = new Intl.DateTimeFormat('pt-BR', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'America/Sao_Paulo',
});

function clockOf(at: Date): string {
  return dateAndTime.format(at).replace(', ', ' às ');
}
