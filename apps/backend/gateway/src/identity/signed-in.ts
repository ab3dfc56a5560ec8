import { AppError, type Trx } from '@medcall/service-kit';
import { AuthApiError } from './auth-api-error.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { factorOf, isSessionOpen, type OpenedSession } from './sessions.ts';
import type { IdentityUser } from './user-view.ts';
import { userById } from './users.ts';

/** Whose session asks. */
export interface Bearer {
  sub: string;
  sessionId: string;
}

/** @throws AuthApiError bad_jwt, AppError unavailable when the keys cannot be had */
export async function bearerOf(
  { verifier }: Pick<IdentityDeps, 'verifier'>,
  accessToken: string,
): Promise<Bearer> {
  try {
    const caller = await verifier.verify(accessToken);
    if (caller.kind === 'member' && caller.sessionId !== null) {
      return { sub: caller.sub, sessionId: caller.sessionId };
    }
  } catch (cause) {
    if (cause instanceof AppError && cause.status === 503) throw cause;
    throw new AuthApiError('bad_jwt', { cause });
  }
  throw new AuthApiError('bad_jwt');
}

/** The person behind a bearer whose session is open. @throws AuthApiError */
export async function signedIn(trx: Trx, bearer: Bearer, now: number): Promise<IdentityUser> {
  if (!(await isSessionOpen(trx, bearer.sessionId, now))) {
    throw new AuthApiError('session_not_found');
  }
  const user = await userById(trx, bearer.sub);
  if (!user) throw new AuthApiError('user_not_found');
  return user;
}

/** What raised the bearer's session, by its row: a removed factor counts for no token any more. */
export async function sessionFactor(trx: Trx, bearer: Bearer): Promise<OpenedSession['factor']> {
  const row = await trx
    .selectFrom('auth_embedded.sessions')
    .select(['factor_method', 'factor_at'])
    .where('id', '=', bearer.sessionId)
    .executeTakeFirst();
  return row ? factorOf(row) : null;
}
