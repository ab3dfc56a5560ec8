import { publish, type Trx } from '@medcall/service-kit';
import type { AuditAction } from '@medcall/shared-types';
import { AuthApiError } from '../auth-api-error.ts';
import { auditAccount } from '../identity-audit.ts';
import type { IdentityDeps, Origin } from '../identity-deps.ts';
import { endOpenLinks } from '../one-time-tokens.ts';
import { type SessionAnswer, sessionAnswer } from '../session-answer.ts';
import { type Bearer, bearerOf, sessionFactor, signedIn } from '../signed-in.ts';
import type { IdentityUser } from '../user-view.ts';
import {
  deleteFactors,
  type FactorRow,
  factorContext,
  factorsOf,
  mayEnrol,
  notify,
  ownFactor,
} from './factor-store.ts';
import {
  appGuess,
  countWrongGuess,
  forgetWrongGuesses,
  lockAccount,
  mayGuess,
} from './factor-throttle.ts';
import { raiseSession } from './raise-session.ts';
import { matchingStep, newTotpSecret, qrSvg, totpUri } from './totp.ts';

/** Supabase's default. */
const challengeMs = 5 * 60_000;

export interface NewFactor {
  friendlyName: string | null;
  /** What the authenticator app shows above the code; the frontend's host when left out. */
  issuer: string | null;
}

/** An enrolled factor that counts once a code of it was shown. The key is answered this one time. */
export interface EnrolledFactor {
  id: string;
  type: 'totp';
  friendly_name: string;
  totp: { qr_code: string; secret: string; uri: string };
}

/** `auth.mfa` of supabase-js for codes of an authenticator app. @throws AuthApiError */
export interface Factors {
  enroll(accessToken: string, wanted: NewFactor, origin: Origin): Promise<EnrolledFactor>;
  challenge(
    accessToken: string,
    factorId: string,
    origin: Origin,
  ): Promise<{ id: string; type: 'totp'; expires_at: number }>;
  /** Raises the session. The first code of a factor makes it count. */
  verify(
    accessToken: string,
    factorId: string,
    shown: { challengeId: string; code: string },
    origin: Origin,
  ): Promise<SessionAnswer>;
  unenroll(accessToken: string, factorId: string, origin: Origin): Promise<{ id: string }>;
}

export function createFactors(deps: IdentityDeps): Factors {
  const { clock, db } = deps;
  /** Work of a person with an open session. */
  const asBearer = async <T>(
    reason: string,
    accessToken: string,
    work: (trx: Trx, bearer: Bearer, user: IdentityUser, now: number) => Promise<T>,
  ): Promise<T> => {
    const bearer = await bearerOf(deps, accessToken);
    return db.asSystem(reason, async (trx) => {
      const now = clock.now();
      return work(trx, bearer, await signedIn(trx, bearer, now), now);
    });
  };

  return {
    enroll: (accessToken, wanted, origin) =>
      asBearer('enrol a second factor', accessToken, async (trx, bearer, user, now) => {
        await lockAccount(trx, user.id);
        const raised = (await sessionFactor(trx, bearer)) !== null;
        const { friendlyName } = wanted;
        await mayEnrol(trx, user.id, { friendlyName, raised, now });
        return enrol(deps, trx, user, wanted, origin);
      }),

    challenge: (accessToken, factorId, origin) =>
      asBearer(
        'ask for a code of a second factor',
        accessToken,
        async (trx, _bearer, user, now) => {
          const factor = await ownTotp(trx, user.id, factorId);
          return challenge(trx, factor, origin, now);
        },
      ),

    async verify(accessToken, factorId, shown, origin) {
      // The outcome is returned, not thrown: the count of a wrong code must be committed.
      const outcome = await asBearer(
        'check a code of a second factor',
        accessToken,
        async (trx, bearer, user, now) => {
          await mayGuess(trx, appGuess(user.id), now);
          const asked = await ownTotp(trx, user.id, factorId);
          await answerable(trx, asked, shown.challengeId, origin, now);
          const match = await matchingFactor(deps, trx, asked, shown.code, now);
          if (match === null) {
            await countWrongGuess(trx, deps.logger, appGuess(user.id), now);
            await auditFactor(trx, 'factor.challenge_failed', asked, origin, 'failed');
            return null;
          }
          return accept(trx, { bearer, ...match, challengeId: shown.challengeId, origin, now });
        },
      );
      if (!outcome) throw new AuthApiError('mfa_verification_failed');
      await deps.forgetSessions(outcome.forget);
      const user = await db.asSystem('show a person their account', (trx) =>
        signedIn(trx, outcome.bearer, clock.now()),
      );
      return sessionAnswer(deps, user, outcome.session);
    },

    async unenroll(accessToken, factorId, origin) {
      const forget = await asBearer(
        'remove a second factor',
        accessToken,
        async (trx, bearer, user) => {
          await lockAccount(trx, user.id);
          const factor = await ownTotp(trx, user.id, factorId);
          if (factor.status === 'verified' && !(await sessionFactor(trx, bearer))) {
            throw new AuthApiError('insufficient_aal', {
              status: 422,
              msg: 'AAL2 required to unenroll verified factor',
            });
          }
          await remove(trx, factor, origin);
          return [bearer.sessionId];
        },
      );
      await deps.forgetSessions(forget);
      return { id: factorId };
    },
  };
}

async function enrol(
  { frontendUrl, seal }: IdentityDeps,
  trx: Trx,
  user: IdentityUser,
  { friendlyName, issuer }: NewFactor,
  origin: Origin,
): Promise<EnrolledFactor> {
  const secret = newTotpSecret();
  const uri = totpUri({ secret, issuer: issuer ?? new URL(frontendUrl).host, account: user.email });
  const id = crypto.randomUUID();
  await trx
    .insertInto('auth_embedded.mfa_factors')
    .values({
      id,
      user_id: user.id,
      factor_type: 'totp',
      friendly_name: friendlyName,
      secret_sealed: seal.seal(secret, factorContext(id)),
    })
    .execute();
  await auditFactor(trx, 'factor.enrolling', { id, user_id: user.id }, origin);
  const totp = { qr_code: qrSvg(uri), secret, uri };
  return { id, type: 'totp', friendly_name: friendlyName ?? '', totp };
}

async function challenge(trx: Trx, factor: FactorRow, origin: Origin, now: number) {
  const expiresAt = now + challengeMs;
  await trx
    .deleteFrom('auth_embedded.mfa_challenges')
    .where('factor_id', '=', factor.id)
    .where('expires_at', '<', new Date(now))
    .execute();
  const { id } = await trx
    .insertInto('auth_embedded.mfa_challenges')
    .values({ factor_id: factor.id, ip: origin.address, expires_at: new Date(expiresAt) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('auth_embedded.mfa_factors')
    .set({ last_challenged_at: new Date(now) })
    .where('id', '=', factor.id)
    .execute();
  return { id, type: 'totp' as const, expires_at: Math.floor(expiresAt / 1000) };
}

/** @throws AuthApiError for a challenge that is another factor's, from elsewhere, answered or over */
async function answerable(
  trx: Trx,
  factor: FactorRow,
  challengeId: string,
  origin: Origin,
  now: number,
): Promise<void> {
  const asked = await trx
    .selectFrom('auth_embedded.mfa_challenges')
    .select(['ip', 'expires_at', 'verified_at'])
    .where('id', '=', challengeId)
    .where('factor_id', '=', factor.id)
    .executeTakeFirst();
  if (!asked) {
    throw new AuthApiError('mfa_factor_not_found', {
      status: 422,
      msg: 'MFA factor with the provided challenge ID not found',
    });
  }
  if (asked.verified_at !== null || asked.ip !== origin.address) {
    throw new AuthApiError('mfa_ip_address_mismatch');
  }
  if (asked.expires_at.getTime() <= now) throw new AuthApiError('mfa_challenge_expired');
}

/**
 * Whose code it is: of two apps either may be at hand, and trying the one after the other would count the
 * first as a wrong guess. What is being enrolled is proven by its own code alone.
 */
async function matchingFactor(
  deps: IdentityDeps,
  trx: Trx,
  asked: FactorRow,
  code: string,
  now: number,
): Promise<{ factor: FactorRow; step: number } | null> {
  const others =
    asked.status === 'verified'
      ? (await factorsOf(trx, asked.user_id)).filter(
          ({ factor_type, id, status }) =>
            factor_type === 'totp' && status === 'verified' && id !== asked.id,
        )
      : [];
  for (const factor of [asked, ...others]) {
    const step = stepOf(deps, factor, code, now);
    if (step !== null) return { factor, step };
  }
  return null;
}

/** Null for a wrong code, and for one whose step, or a later one, was accepted before. */
function stepOf(
  { seal }: IdentityDeps,
  factor: FactorRow,
  code: string,
  now: number,
): number | null {
  if (factor.secret_sealed === null) return null;
  const step = matchingStep(seal.open(factor.secret_sealed, factorContext(factor.id)), code, now);
  return step !== null && step > (factor.last_step ?? -1) ? step : null;
}

async function accept(
  trx: Trx,
  shown: {
    bearer: Bearer;
    factor: FactorRow;
    step: number;
    challengeId: string;
    origin: Origin;
    now: number;
  },
) {
  const { bearer, factor, now, origin } = shown;
  const isNew = factor.status === 'unverified';
  await forgetWrongGuesses(trx, appGuess(bearer.sub));
  await trx
    .updateTable('auth_embedded.mfa_challenges')
    .set({ verified_at: new Date(now) })
    .where('id', '=', shown.challengeId)
    .execute();
  await trx
    .updateTable('auth_embedded.mfa_factors')
    .set({ status: 'verified', last_step: shown.step })
    .where('id', '=', factor.id)
    .execute();
  const method = 'totp' as const;
  const { ended, session } = await raiseSession(trx, bearer, { id: factor.id, method }, now);
  await trx
    .deleteFrom('auth_embedded.mfa_factors')
    .where('user_id', '=', bearer.sub)
    .where('status', '=', 'unverified')
    .execute();
  await auditFactor(trx, isNew ? 'factor.enrolled' : 'factor.verified', factor, origin);
  if (isNew) {
    await endOpenLinks(trx, bearer.sub, now);
    await notify(trx, bearer.sub, 'factor_added');
    // From now on tokens of one factor are worth nothing.
    await publish(trx, { type: 'session_revoked', sub: bearer.sub });
  }
  return { bearer, session, forget: [...ended, bearer.sessionId] };
}

/** Recovery codes stand in for a factor: they go with the last one. */
async function remove(trx: Trx, factor: FactorRow, origin: Origin): Promise<void> {
  const others = (await factorsOf(trx, factor.user_id)).filter(({ id }) => id !== factor.id);
  const stays = others.some((f) => f.factor_type === 'totp' && f.status === 'verified');
  const recovery = others.filter((f) => f.factor_type === 'recovery_code').map(({ id }) => id);
  await deleteFactors(trx, [factor.id, ...(stays ? [] : recovery)]);
  if (factor.status === 'unverified') return;
  await auditFactor(trx, 'factor.removed', factor, origin);
  await notify(trx, factor.user_id, 'factor_removed');
  await publish(trx, { type: 'session_revoked', sub: factor.user_id });
}

async function ownTotp(trx: Trx, userId: string, factorId: string): Promise<FactorRow> {
  const factor = await ownFactor(trx, userId, factorId);
  if (factor.factor_type === 'totp') return factor;
  throw new AuthApiError('validation_failed', {
    status: 422,
    msg: 'Recovery codes have endpoints of their own: /factors/recovery-codes',
  });
}

export function auditFactor(
  trx: Trx,
  action: AuditAction,
  factor: { id: string; user_id: string },
  origin: Origin,
  outcome: 'ok' | 'failed' = 'ok',
  changes: Record<string, number> = {},
): Promise<void> {
  const entry = { action, outcome, userId: factor.user_id, recordId: factor.id };
  return auditAccount(trx, { ...entry, tableName: 'auth_embedded.mfa_factors' }, origin, changes);
}
