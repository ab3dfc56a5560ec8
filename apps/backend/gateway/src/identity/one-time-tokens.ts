import { createHash, randomBytes } from 'node:crypto';
import { enqueue, type Trx } from '@medcall/service-kit';
import type { Seal } from '../keys/seal.ts';
import { oneTimeTokenContext } from '../messages/identity-mail.ts';

export type OneTimeKind = 'signup' | 'invite' | 'recovery' | 'email_change';

const minuteMs = 60_000;
/** How long a link in a mail opens the account. An invitation waits for a person who does not know it yet. */
const livesMs: Record<OneTimeKind, number> = {
  recovery: 60 * minuteMs,
  email_change: 60 * minuteMs,
  signup: 24 * 60 * minuteMs,
  invite: 7 * 24 * 60 * minuteMs,
};
/** One mail a minute and ten a day to each account and kind: nobody's inbox is filled by a stranger. */
const pauseMs = minuteMs;
const mostPerDay = 10;

export interface TokenRequest {
  userId: string;
  kind: OneTimeKind;
  /** Path of our own frontend; null for the usual page. */
  redirectTo: string | null;
  newEmail?: string;
  now: number;
}

/**
 * Makes a token and asks for its mail in the same transaction.
 * @returns false when the account has had its mails for now
 */
export async function sendToken(trx: Trx, seal: Seal, request: TokenRequest): Promise<boolean> {
  const { kind, newEmail, now, redirectTo, userId } = request;
  // One at a time for a person, so that ten requests at once are not ten mails.
  await trx
    .selectFrom('auth_embedded.users')
    .select('id')
    .where('id', '=', userId)
    .forUpdate()
    .execute();
  const recent = await trx
    .selectFrom('auth_embedded.one_time_tokens')
    .select('created_at')
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('created_at', '>', new Date(now - 24 * 60 * minuteMs))
    .orderBy('created_at', 'desc')
    .execute();
  const last = recent[0]?.created_at.getTime() ?? 0;
  if (recent.length >= mostPerDay || now - last < pauseMs) return false;
  const token = randomBytes(32).toString('base64url');
  const { id } = await trx
    .insertInto('auth_embedded.one_time_tokens')
    .values({
      user_id: userId,
      kind,
      token_hash: hashOf(token),
      redirect_to: redirectTo,
      new_email: newEmail ?? null,
      created_at: new Date(now),
      expires_at: new Date(now + livesMs[kind]),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('auth_embedded.one_time_tokens')
    .set({ token_sealed: seal.seal(token, oneTimeTokenContext(id)) })
    .where('id', '=', id)
    .execute();
  await enqueue(trx, 'identity.email', id);
  return true;
}

/** Spends a token once; every other open one of its kind goes with it. */
export async function spendToken(
  trx: Trx,
  token: string,
  kind: OneTimeKind,
  now: number,
): Promise<{ userId: string; newEmail: string | null } | undefined> {
  const at = new Date(now);
  const spent = await trx
    .updateTable('auth_embedded.one_time_tokens')
    .set({ used_at: at, token_sealed: null })
    .where('token_hash', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning(['user_id', 'new_email'])
    .executeTakeFirst();
  if (!spent) return undefined;
  await endTokens(trx, spent.user_id, kind, now);
  return { userId: spent.user_id, newEmail: spent.new_email };
}

/** What lies in old mails opens nothing any more. */
export async function endTokens(
  trx: Trx,
  userId: string,
  kind: OneTimeKind,
  now: number,
): Promise<void> {
  await trx
    .updateTable('auth_embedded.one_time_tokens')
    .set({ used_at: new Date(now), token_sealed: null })
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .execute();
}

/**
 * What was asked for by somebody who may have been a thief: a link to a new password, and a change of
 * address. To be called when the person makes the account safe.
 */
export async function endOpenLinks(trx: Trx, userId: string, now: number): Promise<void> {
  await endTokens(trx, userId, 'recovery', now);
  await endTokens(trx, userId, 'email_change', now);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
