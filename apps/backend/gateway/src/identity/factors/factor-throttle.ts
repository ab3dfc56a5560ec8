import type { Logger, Trx } from '@medcall/service-kit';
import { AuthApiError } from '../auth-api-error.ts';
import { type Attempt, clearFailures, countFailure, remainingWait } from '../throttle.ts';

/**
 * Guesses are counted for the person, whatever the factor, the session or the address: there are but a
 * million codes, and three of them count at a time. Stricter than a count for each factor; the address
 * has its own limit before it.
 */
function attemptOf(userId: string): Attempt {
  return { email: `second-factor:${userId}`, address: 'any' };
}

/**
 * Puts a person's guesses in a queue and refuses one that has to wait. To be called first in the
 * transaction that checks the code.
 * @throws AuthApiError with the code that the endpoint has for it
 */
export async function mayGuess(
  trx: Trx,
  userId: string,
  now: number,
  refusal: 'over_request_rate_limit' | 'mfa_recovery_codes_locked',
): Promise<void> {
  await lockAccount(trx, userId);
  const wait = await remainingWait(trx, attemptOf(userId), now);
  if (wait > 0) throw new AuthApiError(refusal, { retryAfterMs: wait });
}

/** One change at a time of what opens an account. */
export async function lockAccount(trx: Trx, userId: string): Promise<void> {
  await trx
    .selectFrom('auth_embedded.users')
    .select('id')
    .where('id', '=', userId)
    .forUpdate()
    .execute();
}

export async function countWrongGuess(
  trx: Trx,
  logger: Logger,
  userId: string,
  now: number,
): Promise<void> {
  const { alarm } = await countFailure(trx, attemptOf(userId), now);
  if (alarm) {
    logger.warn(
      { alarm: 'second_factor_failures', userId },
      'a second factor has collected 50 wrong codes',
    );
  }
}

export function forgetWrongGuesses(trx: Trx, userId: string): Promise<void> {
  return clearFailures(trx, attemptOf(userId));
}
