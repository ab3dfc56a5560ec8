import { createHash, randomBytes } from 'node:crypto';
import type { Trx } from '@medcall/service-kit';
import type { Seal } from '../keys/seal.ts';

/** However much it is used, a session ends, and its person signs in again. */
export const sessionMs = 30 * 24 * 3_600_000;
/**
 * A session that nobody used for so long ends too: an open page renews its tokens every quarter of an hour, so a
 * working day is one session, and a computer that was left behind asks for the password the next morning.
 */
export const sessionIdleMs = 12 * 3_600_000;
/** Over sessions stay a while for the person's own list, and to know a stolen token when it comes. */
const forgetAfterMs = 30 * 24 * 3_600_000;

/** A lost answer or two tabs: a spent token gives the same successor for so long (DESIGN decision 6). */
export const graceMs = 10_000;

export type EndReason =
  | 'signed_out'
  | 'reuse'
  | 'password_changed'
  | 'removed'
  | 'admin'
  | 'second_factor';

/** What opened a session: a password, or the link of a mail. */
export type FirstMethod = 'password' | 'otp';
/** What raised it to `aal2`, as `amr` names it. */
export type FactorMethod = 'totp' | 'mfa/recovery_code';

export interface OpenedSession {
  sessionId: string;
  userId: string;
  refreshToken: string;
  method: FirstMethod;
  authenticatedAt: Date;
  /** Null: not raised by a second factor. */
  factor: { method: FactorMethod; at: Date } | null;
}

/** What a refresh token is worth. `reused` has ended its session: the token was stolen or leaked. */
export type Spent =
  | ({ kind: 'ok' } & OpenedSession)
  | { kind: 'not_found' }
  | { kind: 'expired' }
  | { kind: 'reused'; sessionId: string; userId: string };

/** Opens a session with its first refresh token. */
export async function openSession(
  trx: Trx,
  person: {
    userId: string;
    userAgent: string | null;
    address: string | null;
    now: number;
    method?: FirstMethod;
  },
): Promise<OpenedSession> {
  const method = person.method ?? 'password';
  await trx
    .deleteFrom('auth_embedded.sessions')
    .where('user_id', '=', person.userId)
    .where('expires_at', '<', new Date(person.now - forgetAfterMs))
    .execute();
  const session = await trx
    .insertInto('auth_embedded.sessions')
    .values({
      user_id: person.userId,
      user_agent: person.userAgent,
      ip: person.address,
      method,
      created_at: new Date(person.now),
      refreshed_at: new Date(person.now),
      expires_at: new Date(person.now + sessionMs),
    })
    .returning(['id', 'created_at'])
    .executeTakeFirstOrThrow();
  const refreshToken = newRefreshToken();
  await storeRefreshToken(trx, session.id, refreshToken);
  return {
    sessionId: session.id,
    userId: person.userId,
    refreshToken,
    method,
    authenticatedAt: session.created_at,
    factor: null,
  };
}

/**
 * Spends a refresh token for its successor. The row lock puts parallel spends in a queue: the first makes
 * the successor, the others get the same one within the grace, and a later one ends the session.
 */
export async function spendRefreshToken(
  trx: Trx,
  seal: Seal,
  token: string,
  now: number,
): Promise<Spent> {
  const found = await trx
    .selectFrom('auth_embedded.refresh_tokens as t')
    .innerJoin('auth_embedded.sessions as s', 's.id', 't.session_id')
    .select([
      't.id',
      't.spent_at',
      't.successor_sealed',
      's.id as session_id',
      's.user_id',
      's.created_at',
      's.refreshed_at',
      's.method',
      's.factor_method',
      's.factor_at',
      's.expires_at',
      's.revoked_at',
    ])
    .where('t.token_hash', '=', hashOf(token))
    .forUpdate()
    .executeTakeFirst();
  if (!found || found.revoked_at !== null) return { kind: 'not_found' };
  const idleSince = found.refreshed_at.getTime();
  if (found.expires_at.getTime() <= now || now - idleSince > sessionIdleMs) {
    return { kind: 'expired' };
  }
  const opened = {
    kind: 'ok' as const,
    sessionId: found.session_id,
    userId: found.user_id,
    method: found.method,
    authenticatedAt: found.created_at,
    factor: factorOf(found),
  };
  const context = `refresh-successor:${found.id}`;
  if (found.spent_at === null) {
    const refreshToken = newRefreshToken();
    await replace(trx, found, refreshToken, seal.seal(refreshToken, context), now);
    return { ...opened, refreshToken };
  }
  if (now - found.spent_at.getTime() <= graceMs) {
    // Without a copy a second factor took its place: whoever holds the lesser token does not get the raised
    // one, and a tab that was a moment late has stolen nothing.
    if (found.successor_sealed === null) return { kind: 'not_found' };
    return { ...opened, refreshToken: seal.open(found.successor_sealed, context) };
  }
  await endSession(trx, found.session_id, 'reuse', now);
  return { kind: 'reused', sessionId: found.session_id, userId: found.user_id };
}

export async function storeRefreshToken(
  trx: Trx,
  sessionId: string,
  refreshToken: string,
): Promise<void> {
  await trx
    .insertInto('auth_embedded.refresh_tokens')
    .values({ session_id: sessionId, token_hash: hashOf(refreshToken) })
    .execute();
}

/** The second factor of a session's row. */
export function factorOf(row: {
  factor_method: FactorMethod | null;
  factor_at: Date | null;
}): OpenedSession['factor'] {
  if (row.factor_method === null || row.factor_at === null) return null;
  return { method: row.factor_method, at: row.factor_at };
}

/** @param sealed null: the spent token gives no successor, also within the grace */
export async function replace(
  trx: Trx,
  spent: { id: number; session_id: string },
  successor: string,
  sealed: Buffer | null,
  now: number,
): Promise<void> {
  const at = new Date(now);
  await trx
    .insertInto('auth_embedded.refresh_tokens')
    .values({
      session_id: spent.session_id,
      parent_id: spent.id,
      token_hash: hashOf(successor),
    })
    .execute();
  await trx
    .updateTable('auth_embedded.refresh_tokens')
    .set({ spent_at: at, successor_sealed: sealed })
    .where('id', '=', spent.id)
    .execute();
  await trx
    .updateTable('auth_embedded.sessions')
    .set({ refreshed_at: at })
    .where('id', '=', spent.session_id)
    .execute();
  // Sealed successors are kept for the grace only.
  await trx
    .updateTable('auth_embedded.refresh_tokens')
    .set({ successor_sealed: null })
    .where('session_id', '=', spent.session_id)
    .where('spent_at', '<', new Date(now - graceMs))
    .where('successor_sealed', 'is not', null)
    .execute();
}

/** Ends one session: its refresh tokens and, by app.current_member(), its access tokens are worth nothing. */
export async function endSession(
  trx: Trx,
  sessionId: string,
  reason: EndReason,
  now: number,
): Promise<void> {
  await trx
    .updateTable('auth_embedded.sessions')
    .set({ revoked_at: new Date(now), revoked_reason: reason })
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Ends every session of a person, or every one but `exceptSessionId`. @returns the ids of those ended now */
export async function endSessionsOf(
  trx: Trx,
  userId: string,
  reason: EndReason,
  now: number,
  exceptSessionId?: string,
): Promise<string[]> {
  let ending = trx
    .updateTable('auth_embedded.sessions')
    .set({ revoked_at: new Date(now), revoked_reason: reason })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null);
  if (exceptSessionId !== undefined) ending = ending.where('id', '!=', exceptSessionId);
  return (await ending.returning('id').execute()).map(({ id }) => id);
}

/** True while a session is neither ended nor expired. */
export async function isSessionOpen(trx: Trx, sessionId: string, now: number): Promise<boolean> {
  const row = await trx
    .selectFrom('auth_embedded.sessions')
    .select(['revoked_at', 'expires_at'])
    .where('id', '=', sessionId)
    .executeTakeFirst();
  return row !== undefined && row.revoked_at === null && row.expires_at.getTime() > now;
}

export function newRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
