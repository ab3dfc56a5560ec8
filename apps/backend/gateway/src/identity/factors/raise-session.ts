import { publish, type Trx } from '@medcall/service-kit';
import { AuthApiError } from '../auth-api-error.ts';
import {
  type FactorMethod,
  newRefreshToken,
  type OpenedSession,
  replace,
  storeRefreshToken,
} from '../sessions.ts';
import type { Bearer } from '../signed-in.ts';

/**
 * Raises the bearer's session to `aal2` with a refresh token of its own, and ends the person's sessions
 * that have no second factor, as Supabase Auth does.
 * @returns the session, and the ids of those that ended
 */
export async function raiseSession(
  trx: Trx,
  bearer: Bearer,
  factor: { id: string; method: FactorMethod },
  now: number,
): Promise<{ session: OpenedSession; ended: string[] }> {
  const at = new Date(now);
  // The token's row before the session's, as a refresh locks them.
  const refreshToken = await nextRefreshToken(trx, bearer.sessionId, now);
  const raised = await trx
    .updateTable('auth_embedded.sessions')
    .set({ factor_id: factor.id, factor_method: factor.method, factor_at: at })
    .where('id', '=', bearer.sessionId)
    .returning(['method', 'created_at'])
    .executeTakeFirst();
  if (!raised) throw new AuthApiError('session_not_found');
  const others = await trx
    .updateTable('auth_embedded.sessions')
    .set({ revoked_at: at, revoked_reason: 'second_factor' })
    .where('user_id', '=', bearer.sub)
    .where('id', '!=', bearer.sessionId)
    .where('factor_id', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  if (others.length > 0) await publish(trx, { type: 'session_revoked', sub: bearer.sub });
  return {
    session: {
      sessionId: bearer.sessionId,
      userId: bearer.sub,
      refreshToken,
      method: raised.method,
      authenticatedAt: raised.created_at,
      factor: { method: factor.method, at },
    },
    ended: others.map(({ id }) => id),
  };
}

/** The token of the lesser session is spent without a successor of its own. */
async function nextRefreshToken(trx: Trx, sessionId: string, now: number): Promise<string> {
  const refreshToken = newRefreshToken();
  const present = await trx
    .selectFrom('auth_embedded.refresh_tokens')
    .select(['id', 'session_id'])
    .where('session_id', '=', sessionId)
    .where('spent_at', 'is', null)
    .orderBy('id', 'desc')
    .forUpdate()
    .executeTakeFirst();
  if (present) await replace(trx, present, refreshToken, null, now);
  else await storeRefreshToken(trx, sessionId, refreshToken);
  return refreshToken;
}

/** Sessions that rested on a factor which is gone have one factor again. */
export async function lowerSessions(trx: Trx, factorIds: readonly string[]): Promise<void> {
  if (factorIds.length === 0) return;
  await trx
    .updateTable('auth_embedded.sessions')
    .set({ factor_id: null, factor_method: null, factor_at: null })
    .where('factor_id', 'in', factorIds)
    .execute();
}
