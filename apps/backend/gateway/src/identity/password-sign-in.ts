import { hashPassword, needsRehash, verifyPassword } from '@medcall/service-kit';
import { AuthApiError } from './auth-api-error.ts';
import { auditSignIn } from './identity-audit.ts';
import type { IdentityDeps, Origin } from './identity-deps.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { type SessionAnswer, sessionAnswer } from './session-answer.ts';
import { type OpenedSession, openSession } from './sessions.ts';
import { type Attempt, clearFailures, countFailure, remainingWait } from './throttle.ts';
import type { IdentityUser } from './user-view.ts';
import { isBanned, passwordHashOf, userByEmail } from './users.ts';

/** Guesses of one pair that may wait for each other; more are told to come back. */
const maxWaitingAttempts = 64;
const comeBackMs = 5_000;

export interface Credentials {
  email: string;
  password: string;
}

export type PasswordSignIn = (credentials: Credentials, origin: Origin) => Promise<SessionAnswer>;

/** Sign-in with e-mail and password: the same answer, work and delay whether or not the account exists. */
export function createPasswordSignIn(deps: IdentityDeps): PasswordSignIn {
  const { db, clock, logger } = deps;
  const lanes = createOneAtATime(maxWaitingAttempts);

  const attemptOnce = async (
    attempt: Attempt,
    password: string,
    origin: Origin,
  ): Promise<SessionAnswer> => {
    const { hash, user, wait } = await db.asSystem('look an account up to sign in', async (trx) => {
      const found = await userByEmail(trx, attempt.email);
      return {
        wait: await remainingWait(trx, attempt, clock.now()),
        user: found,
        hash: found ? await passwordHashOf(trx, found.id) : null,
      };
    });
    if (wait > 0) throw new AuthApiError('over_request_rate_limit', { retryAfterMs: wait });
    // Takes the same time when there is no such account.
    const right = await verifyPassword(password, hash);
    if (!user || !right) throw await refuse(attempt, user, origin);
    const closed = isBanned(user, clock.now())
      ? 'user_banned'
      : user.email_confirmed_at === null && 'email_not_confirmed';
    if (closed) {
      await db.asSystem('audit a refused sign-in', (trx) =>
        auditSignIn(trx, user, origin, 'denied'),
      );
      throw new AuthApiError(closed);
    }
    const session = await admit({ ...user, hash }, attempt, password, origin);
    return sessionAnswer(deps, { ...user, last_sign_in_at: session.authenticatedAt }, session);
  };

  const refuse = async (attempt: Attempt, user: IdentityUser | undefined, origin: Origin) => {
    const counted = await db.asSystem('count a failed sign-in', async (trx) => {
      await auditSignIn(trx, user, origin, 'failed');
      return countFailure(trx, attempt, clock.now());
    });
    if (counted.alarm) {
      logger.warn(
        { alarm: 'sign_in_failures', userId: user?.id ?? null, address: origin.address },
        'an account has collected 50 failed sign-ins',
      );
    }
    return new AuthApiError('invalid_credentials');
  };

  const admit = async (
    user: IdentityUser & { hash: string | null },
    attempt: Attempt,
    password: string,
    origin: Origin,
  ): Promise<OpenedSession> => {
    const outdated = user.hash !== null && needsRehash(user.hash);
    const rehashed = outdated ? { password_hash: await hashPassword(password) } : {};
    return db.asSystem('sign a person in', async (trx) => {
      const now = clock.now();
      await clearFailures(trx, attempt);
      await trx
        .updateTable('auth_embedded.users')
        .set({ last_sign_in_at: new Date(now), ...rehashed })
        .where('id', '=', user.id)
        .execute();
      await auditSignIn(trx, user, origin, 'ok');
      return openSession(trx, { ...origin, userId: user.id, now });
    });
  };

  return async ({ email, password }, origin) => {
    const attempt = { email: email.trim().toLowerCase(), address: origin.address };
    const lane = `${attempt.email} ${attempt.address}`;
    const answer = await lanes.run(lane, () => attemptOnce(attempt, password, origin));
    if (answer) return answer;
    throw new AuthApiError('over_request_rate_limit', { retryAfterMs: comeBackMs });
  };
}
