import type { Logger, Trx } from '@medcall/service-kit';
import { AuthApiError } from '../auth-api-error.ts';
import { type Attempt, clearFailures, countFailure, remainingWait } from '../throttle.ts';

/**
 * Guesses of an app's code are counted for the person, whatever the factor, the session or the address: there are but a
 * million codes, and three of them count at a time. Stricter than a count for each factor; the address
 * has its own limit before it.
 */
export function appGuess(userId: string): Guess {
  const attempt = { email: `second-factor:${userId}`, address: 'any' };
  return { userId, attempt, refusal: 'over_request_rate_limit' };
}

/**
 * Recovery codes are counted for the session: nobody guesses their 79 bits, and whoever knows the password
 * must not hold the owner out by wrong ones.
 */
export function recoveryGuess(userId: string, sessionId: string): Guess {
  const attempt = { email: `recovery-code:${userId}`, address: sessionId };
  return { userId, attempt, refusal: 'mfa_recovery_codes_locked' };
}

export interface Guess {
  userId: string;
  attempt: Attempt;
  /** The code that the endpoint has for one that has to wait. */
  refusal: 'over_request_rate_limit' | 'mfa_recovery_codes_locked';
}

/**
 * Puts a person's guesses in a queue and refuses one that has to wait. To be called first in the
 * transaction that checks the code.
 * @throws AuthApiError with the guess's refusal
 */
export async function mayGuess(trx: Trx, guess: Guess, now: number): Promise<void> {
  const { attempt, refusal, userId } = guess;
  await lockAccount(trx, userId);
  const wait = await remainingWait(trx, attempt, now);
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
  { attempt, userId }: Guess,
  now: number,
): Promise<void> {
  const { alarm } = await countFailure(trx, attempt, now);
  if (alarm) {
    logger.warn(
      { alarm: 'second_factor_failures', userId },
      'a second factor has collected 50 wrong codes',
    );
  }
}

export function forgetWrongGuesses(trx: Trx, { attempt }: Guess): Promise<void> {
  return clearFailures(trx, attempt);
}
