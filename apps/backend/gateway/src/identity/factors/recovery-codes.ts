import { publish, type Trx } from '@medcall/service-kit';
import { AuthApiError } from '../auth-api-error.ts';
import type { IdentityDeps, Origin } from '../identity-deps.ts';
import { type SessionAnswer, sessionAnswer } from '../session-answer.ts';
import { type Bearer, bearerOf, sessionFactor, signedIn } from '../signed-in.ts';
import { deleteFactors, type FactorRow, factorsOf, mayEnrol, notify } from './factor-store.ts';
import {
  appGuess,
  countWrongGuess,
  forgetWrongGuesses,
  lockAccount,
  mayGuess,
  recoveryGuess,
} from './factor-throttle.ts';
import { auditFactor } from './factors.ts';
import { raiseSession } from './raise-session.ts';
import { newRecoveryCodes, normaliseRecoveryCode } from './recovery-code.ts';
import {
  countCodes,
  defaultName,
  hashed,
  matchOf,
  type RecoveryCodeSet,
  spend,
  storeCodes,
} from './recovery-code-store.ts';

/** `auth.mfa.recoveryCodes` of supabase-js. @throws AuthApiError */
export interface RecoveryCodes {
  status(
    accessToken: string,
  ): Promise<{ id: string; type: 'recovery_code'; total: number; remaining: number }>;
  generate(
    accessToken: string,
    friendlyName: string | null,
    origin: Origin,
  ): Promise<RecoveryCodeSet>;
  /** A new set in place of the present one. */
  regenerate(accessToken: string, origin: Origin): Promise<RecoveryCodeSet>;
  /** Spends a code and raises the session. */
  verify(accessToken: string, code: string, origin: Origin): Promise<SessionAnswer>;
  remove(accessToken: string, origin: Origin): Promise<{ id: string }>;
}

export function createRecoveryCodes(deps: IdentityDeps): RecoveryCodes {
  const { clock, db } = deps;
  return {
    async status(accessToken) {
      const bearer = await bearerOf(deps, accessToken);
      return db.asSystem('show how many recovery codes are left', async (trx) => {
        await signedIn(trx, bearer, clock.now());
        const { id } = required(await setOf(trx, bearer.sub));
        return { id, type: 'recovery_code', ...(await countCodes(trx, id)) };
      });
    },

    async generate(accessToken, friendlyName, origin) {
      const bearer = await bearerOf(deps, accessToken);
      const name = friendlyName ?? defaultName;
      await db.asSystem('look whether recovery codes may be made', (trx) =>
        mayGenerate(trx, bearer, name, clock.now()),
      );
      const fresh = await hashed(newRecoveryCodes());
      return db.asSystem('make recovery codes', async (trx) => {
        await lockAccount(trx, bearer.sub);
        await mayGenerate(trx, bearer, name, clock.now());
        const set = await trx
          .insertInto('auth_embedded.mfa_factors')
          .values({
            user_id: bearer.sub,
            factor_type: 'recovery_code',
            friendly_name: name,
            status: 'verified',
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return storeCodes(trx, set, fresh, origin);
      });
    },

    async regenerate(accessToken, origin) {
      const bearer = await bearerOf(deps, accessToken);
      const present = async (trx: Trx) => {
        await mustBeRaised(trx, bearer, clock.now(), 'AAL2 required to regenerate recovery codes');
        return required(await setOf(trx, bearer.sub));
      };
      await db.asSystem('look whether recovery codes may be made', present);
      const fresh = await hashed(newRecoveryCodes());
      return db.asSystem('make new recovery codes', async (trx) => {
        await lockAccount(trx, bearer.sub);
        const set = await present(trx);
        await trx
          .deleteFrom('auth_embedded.recovery_codes')
          .where('factor_id', '=', set.id)
          .execute();
        return storeCodes(trx, set, fresh, origin);
      });
    },

    verify: (accessToken, typed, origin) => verify(deps, accessToken, typed, origin),

    async remove(accessToken, origin) {
      const bearer = await bearerOf(deps, accessToken);
      const set = await db.asSystem('remove recovery codes', async (trx) => {
        await lockAccount(trx, bearer.sub);
        await mustBeRaised(trx, bearer, clock.now(), 'AAL2 required to delete recovery codes');
        const present = required(await setOf(trx, bearer.sub));
        await deleteFactors(trx, [present.id]);
        await auditFactor(trx, 'factor.recovery_codes_removed', present, origin);
        await publish(trx, { type: 'session_revoked', sub: bearer.sub });
        return present;
      });
      await deps.forgetSessions([bearer.sessionId]);
      return { id: set.id };
    },
  };
}

async function verify(
  deps: IdentityDeps,
  accessToken: string,
  typed: string,
  origin: Origin,
): Promise<SessionAnswer> {
  const { clock, db } = deps;
  const bearer = await bearerOf(deps, accessToken);
  const code = normaliseRecoveryCode(typed);
  const matched = await matchOf(deps, bearer, code);
  const outcome = await db.asSystem('check a recovery code', async (trx) => {
    const now = clock.now();
    const user = await signedIn(trx, bearer, now);
    const guess = recoveryGuess(user.id, bearer.sessionId);
    // Before anything is said of the code.
    await mayGuess(trx, guess, now);
    const set = await setOf(trx, user.id);
    if (set && matched !== null && (await spend(trx, set, matched, now))) {
      return accept(trx, bearer, set, origin, now);
    }
    await countWrongGuess(trx, deps.logger, guess, now);
    const named = set ?? { id: user.id, user_id: user.id };
    await auditFactor(trx, 'factor.challenge_failed', named, origin, 'failed');
    return null;
  });
  if (!outcome) {
    throw new AuthApiError('mfa_verification_failed', { msg: 'Invalid recovery code entered' });
  }
  await deps.forgetSessions(outcome.ended);
  const user = await db.asSystem('show a person their account', (trx) =>
    signedIn(trx, bearer, clock.now()),
  );
  return sessionAnswer(deps, user, outcome.session);
}

async function setOf(trx: Trx, userId: string): Promise<FactorRow | undefined> {
  return (await factorsOf(trx, userId)).find((f) => f.factor_type === 'recovery_code');
}

function required(set: FactorRow | undefined): FactorRow {
  if (set) return set;
  throw new AuthApiError('mfa_factor_not_found', {
    msg: 'The user has not enrolled recovery codes',
  });
}

async function mustBeRaised(trx: Trx, bearer: Bearer, now: number, msg: string): Promise<void> {
  await signedIn(trx, bearer, now);
  if (!(await sessionFactor(trx, bearer))) throw new AuthApiError('insufficient_aal', { msg });
}

/** Recovery codes come after a factor that they stand in for, and once. */
async function mayGenerate(trx: Trx, bearer: Bearer, name: string, now: number): Promise<void> {
  await mustBeRaised(trx, bearer, now, 'AAL2 required to generate recovery codes');
  if (await setOf(trx, bearer.sub)) throw new AuthApiError('mfa_verified_factor_exists');
  await mayEnrol(trx, bearer.sub, { friendlyName: name, raised: true, now });
  const factors = await factorsOf(trx, bearer.sub);
  if (!factors.some(({ status }) => status === 'verified')) {
    throw new AuthApiError('mfa_recovery_codes_sole_factor');
  }
}

async function accept(trx: Trx, bearer: Bearer, set: FactorRow, origin: Origin, now: number) {
  await forgetWrongGuesses(trx, recoveryGuess(bearer.sub, bearer.sessionId));
  await forgetWrongGuesses(trx, appGuess(bearer.sub));
  const raised = await raiseSession(trx, bearer, { id: set.id, method: 'mfa/recovery_code' }, now);
  const { remaining } = await countCodes(trx, set.id);
  await auditFactor(trx, 'factor.recovery_used', set, origin, 'ok', { remaining });
  await notify(trx, bearer.sub, 'recovery_code_used');
  return raised;
}
