import { verifyPassword } from '@medcall/service-kit';
import { AuthApiError } from './auth-api-error.ts';
import { auditSignIn } from './identity-audit.ts';
import type { IdentityDeps, Origin } from './identity-deps.ts';
import { clearFailures, countFailure, remainingWait } from './throttle.ts';
import type { IdentityUser } from './user-view.ts';
import { passwordHashOf } from './users.ts';

/** Whoever signed in, or came by a link of a mail, so short a time ago has proven enough. */
export const freshSignInMs = 10 * 60_000;

/**
 * Lets a person change what opens the account. A screen left open, or a stolen access token, takes no account over:
 * it takes the present password, or a session that has just been opened. Guesses count as failed sign-ins.
 * @throws AuthApiError reauthentication_needed, invalid_credentials, over_request_rate_limit
 */
export async function mustProveAgain(
  deps: IdentityDeps,
  user: IdentityUser,
  { currentPassword, sessionId }: { currentPassword: string | undefined; sessionId: string },
  origin: Origin,
): Promise<void> {
  const { clock, db } = deps;
  if (currentPassword !== undefined) {
    await mustBeThePassword(deps, user, currentPassword, origin);
    return;
  }
  const session = await db.asSystem('look how old a session is', (trx) =>
    trx
      .selectFrom('auth_embedded.sessions')
      .select(['created_at', 'factor_at'])
      .where('id', '=', sessionId)
      .executeTakeFirst(),
  );
  // A code of the second factor proves as much as a sign-in, and may come long after it.
  const proven = Math.max(session?.created_at.getTime() ?? 0, session?.factor_at?.getTime() ?? 0);
  const age = clock.now() - proven;
  if (age > freshSignInMs) throw new AuthApiError('reauthentication_needed');
}

async function mustBeThePassword(
  { clock, db }: IdentityDeps,
  user: IdentityUser,
  password: string,
  origin: Origin,
): Promise<void> {
  const attempt = { email: user.email, address: origin.address };
  const { hash, wait } = await db.asSystem('look an account up to change it', async (trx) => ({
    wait: await remainingWait(trx, attempt, clock.now()),
    hash: await passwordHashOf(trx, user.id),
  }));
  if (wait > 0) throw new AuthApiError('over_request_rate_limit', { retryAfterMs: wait });
  if (await verifyPassword(password, hash)) {
    await db.asSystem('forget failed sign-ins', (trx) => clearFailures(trx, attempt));
    return;
  }
  await db.asSystem('count a wrong present password', async (trx) => {
    await auditSignIn(trx, user, origin, 'failed');
    await countFailure(trx, attempt, clock.now());
  });
  throw new AuthApiError('invalid_credentials');
}
