import { enqueue, type JobHandler } from '@medcall/service-kit';
import { pauseAfter } from '../jobs/back-off.ts';
import type { MessageDeps } from './message-deps.ts';
import { accountMail } from './texts/account-texts.ts';

/** With what `auth_embedded.one_time_tokens.token_sealed` is bound to its row. */
export function oneTimeTokenContext(id: string): string {
  return `one-time-token:${id}`;
}

/**
 * The job `identity.email`: mails a reset, a confirmation or an invitation. The token lies sealed in
 * its row until the mail is out; a row without one was mailed already.
 */
export function mailOneTimeToken(deps: MessageDeps): JobHandler {
  return async ({ subjectId, signal }) => {
    const found = await deps.db.asSystem('identity: a token to mail', (trx) =>
      trx
        .selectFrom('auth_embedded.one_time_tokens as t')
        .innerJoin('auth_embedded.users as u', 'u.id', 't.user_id')
        .select([
          't.id',
          't.kind',
          't.token_sealed',
          't.new_email',
          't.redirect_to',
          't.expires_at',
          't.created_at',
          'u.email',
        ])
        .where('t.id', '=', subjectId)
        .where('t.used_at', 'is', null)
        .executeTakeFirst(),
    );
    const now = deps.clock.now();
    if (!found?.token_sealed || found.expires_at.getTime() <= now) return;
    const token = deps.seal.open(found.token_sealed, oneTimeTokenContext(found.id));
    const url = new URL(found.redirect_to ?? '/recuperar-senha', deps.frontendUrl);
    // In the fragment: it reaches no server's log and no Referer.
    url.hash = new URLSearchParams({ type: found.kind, token_hash: token }).toString();
    const minutes = (found.expires_at.getTime() - found.created_at.getTime()) / 60_000;
    const outcome = await deps.mailer.send(
      {
        idempotencyKey: `one-time-token/${found.id}`,
        to: found.kind === 'email_change' ? (found.new_email ?? found.email) : found.email,
        ...accountMail(found.kind, url.href, minutes),
      },
      signal,
    );
    if (outcome.kind === 'sent' || outcome.kind === 'refused') {
      if (outcome.kind === 'refused') {
        deps.logger.warn(
          { tokenId: found.id, code: outcome.vendorCode },
          'an account mail was refused',
        );
      }
      await deps.db.asSystem('identity: a token was mailed', (trx) =>
        trx
          .updateTable('auth_embedded.one_time_tokens')
          .set({ token_sealed: null })
          .where('id', '=', found.id)
          .execute(),
      );
      return;
    }
    // The key makes a repetition safe for as long as these tokens live.
    const asked = outcome.kind === 'later' ? outcome.retryAfterMs : 0;
    const pause = pauseAfter(1, deps.backOff, asked) ?? deps.backOff.firstMs;
    await deps.db.asSystem('identity: mail a token later', (trx) =>
      enqueue(trx, 'identity.email', found.id, new Date(now + pause)),
    );
  };
}
