import {
  AppError,
  audit,
  type Clock,
  type Database,
  type Logger,
  publish,
  type TokenVerifier,
  type Trx,
  verifyPassword,
} from '@medcall/service-kit';
import type { Seal } from '../keys/seal.ts';
import type { SigningKeys } from '../keys/signing-keys.ts';
import { accessTokenSeconds, signAccessToken } from './access-tokens.ts';
import { AuthApiError } from './auth-api-error.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import {
  endSession,
  endSessionsOf,
  isSessionOpen,
  type OpenedSession,
  openSession,
  spendRefreshToken,
} from './sessions.ts';
import { type Attempt, clearFailures, countFailure, remainingWait } from './throttle.ts';
import { type IdentityUser, userView } from './user-view.ts';
import { isBanned, userByEmail, userById } from './users.ts';

/** Guesses of one pair that may wait for each other; more are told to come back. */
const maxWaitingAttempts = 64;

/** Where a request came from, for the audit and the session list. */
export interface Origin {
  address: string;
  userAgent: string | null;
  requestId: string;
}

export interface SessionAnswer {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  expires_at: number;
  refresh_token: string;
  user: Record<string, unknown>;
}

export type SignOutScope = 'global' | 'local' | 'others';

/** The embedded identity: the part of Supabase Auth that the product uses. */
export interface Identity {
  signIn(credentials: { email: string; password: string }, origin: Origin): Promise<SessionAnswer>;
  refresh(refreshToken: string, origin: Origin): Promise<SessionAnswer>;
  user(accessToken: string): Promise<Record<string, unknown>>;
  signOut(accessToken: string, scope: SignOutScope, origin: Origin): Promise<void>;
}

export interface IdentityDeps {
  db: Database;
  keys: SigningKeys;
  verifier: TokenVerifier;
  seal: Seal;
  issuer: string;
  clock: Clock;
  logger: Logger;
  /** Takes an ended session out of the cache; other processes hear of it by event. */
  forgetSession: (sessionId: string) => Promise<void>;
}

interface Bearer {
  sub: string;
  sessionId: string;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { db, clock, logger } = deps;
  const lanes = createOneAtATime(maxWaitingAttempts);

  const answer = async (user: IdentityUser, session: OpenedSession): Promise<SessionAnswer> => {
    const now = clock.now();
    return {
      access_token: await signAccessToken(deps.keys, {
        issuer: deps.issuer,
        user,
        sessionId: session.sessionId,
        authenticatedAt: session.authenticatedAt,
        now,
      }),
      token_type: 'bearer',
      expires_in: accessTokenSeconds,
      expires_at: Math.floor(now / 1000) + accessTokenSeconds,
      refresh_token: session.refreshToken,
      user: userView(user),
    };
  };

  const refuseSignIn = async (attempt: Attempt, user: IdentityUser | undefined, origin: Origin) => {
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

  const tryPassword = async (
    attempt: Attempt,
    password: string,
    origin: Origin,
  ): Promise<SessionAnswer> => {
    const { wait, user } = await db.asSystem('look an account up to sign in', async (trx) => ({
      wait: await remainingWait(trx, attempt, clock.now()),
      user: await userByEmail(trx, attempt.email),
    }));
    if (wait > 0) throw new AuthApiError('over_request_rate_limit', { retryAfterMs: wait });
    // Takes the same time when there is no such account.
    const right = await verifyPassword(password, user?.password_hash);
    if (!user || !right) throw await refuseSignIn(attempt, user, origin);
    if (isBanned(user, clock.now())) throw new AuthApiError('user_banned');
    if (user.email_confirmed_at === null) throw new AuthApiError('email_not_confirmed');
    return answer(...(await admit(user, attempt, origin)));
  };

  const admit = (
    user: IdentityUser,
    attempt: Attempt,
    origin: Origin,
  ): Promise<[IdentityUser, OpenedSession]> =>
    db.asSystem('sign a person in', async (trx) => {
      const now = clock.now();
      await clearFailures(trx, attempt);
      await trx
        .updateTable('auth_embedded.users')
        .set({ last_sign_in_at: new Date(now) })
        .where('id', '=', user.id)
        .execute();
      const session = await openSession(trx, { ...origin, userId: user.id, now });
      await auditSignIn(trx, user, origin, 'ok');
      return [{ ...user, last_sign_in_at: new Date(now) }, session];
    });

  const bearer = async (accessToken: string): Promise<Bearer> => {
    try {
      const caller = await deps.verifier.verify(accessToken);
      if (caller.kind === 'member' && caller.sessionId !== null) {
        return { sub: caller.sub, sessionId: caller.sessionId };
      }
    } catch (cause) {
      if (cause instanceof AppError && cause.status === 503) throw cause;
      throw new AuthApiError('bad_jwt', { cause });
    }
    throw new AuthApiError('bad_jwt');
  };

  return {
    async signIn({ email, password }, origin) {
      const attempt = { email: email.trim().toLowerCase(), address: origin.address };
      const lane = `${attempt.email} ${attempt.address}`;
      const session = await lanes.run(lane, () => tryPassword(attempt, password, origin));
      if (session) return session;
      throw new AuthApiError('over_request_rate_limit', { retryAfterMs: 5_000 });
    },

    async refresh(refreshToken, origin) {
      const { spent, user } = await db.asSystem('refresh a session', async (trx) => {
        const result = await spendRefreshToken(trx, deps.seal, refreshToken, clock.now());
        if (result.kind === 'reused') {
          await auditReuse(trx, result, origin);
          await publish(trx, { type: 'session_revoked', sub: result.userId });
        }
        const owner = result.kind === 'ok' ? await userById(trx, result.userId) : undefined;
        return { spent: result, user: owner };
      });
      switch (spent.kind) {
        case 'not_found':
          throw new AuthApiError('refresh_token_not_found');
        case 'expired':
          throw new AuthApiError('session_expired');
        case 'reused':
          logger.warn({ sessionId: spent.sessionId }, 'a spent refresh token came back');
          await deps.forgetSession(spent.sessionId);
          throw new AuthApiError('refresh_token_already_used');
        case 'ok':
          if (!user) throw new AuthApiError('refresh_token_not_found');
          if (isBanned(user, clock.now())) throw new AuthApiError('user_banned');
          return answer(user, spent);
      }
    },

    async user(accessToken) {
      const { sub, sessionId } = await bearer(accessToken);
      const user = await db.asSystem('show a person their account', async (trx) => {
        if (!(await isSessionOpen(trx, sessionId, clock.now()))) {
          throw new AuthApiError('session_not_found');
        }
        return userById(trx, sub);
      });
      if (!user) throw new AuthApiError('user_not_found');
      return userView(user);
    },

    async signOut(accessToken, scope, origin) {
      const { sub, sessionId } = await bearer(accessToken);
      await db.asSystem('sign a person out', async (trx) => {
        const now = clock.now();
        if (!(await isSessionOpen(trx, sessionId, now))) {
          throw new AuthApiError('session_not_found');
        }
        if (scope === 'local') await endSession(trx, sessionId, 'signed_out', now);
        else {
          const kept = scope === 'others' ? sessionId : undefined;
          await endSessionsOf(trx, sub, 'signed_out', now, kept);
        }
        await audit(trx, {
          action: 'auth.sign_out',
          userId: sub,
          ip: origin.address,
          requestId: origin.requestId,
          changes: { scope },
        });
        await publish(trx, { type: 'session_revoked', sub });
      });
      await deps.forgetSession(sessionId);
    },
  };
}

async function auditSignIn(
  trx: Trx,
  user: IdentityUser | undefined,
  origin: Origin,
  outcome: 'ok' | 'failed',
): Promise<void> {
  await audit(trx, {
    action: 'auth.sign_in',
    outcome,
    ip: origin.address,
    requestId: origin.requestId,
    actorKind: actorKind(user),
    ...(user ? { userId: user.id } : {}),
  });
}

function actorKind(user: IdentityUser | undefined): 'medico' | 'admin' | 'anonymous' {
  const role = user?.member_role;
  return role === 'medico' || role === 'admin' ? role : 'anonymous';
}

async function auditReuse(
  trx: Trx,
  reused: { sessionId: string; userId: string },
  origin: Origin,
): Promise<void> {
  await audit(trx, {
    action: 'auth.refresh_token_reused',
    outcome: 'denied',
    tableName: 'auth_embedded.sessions',
    recordId: reused.sessionId,
    userId: reused.userId,
    ip: origin.address,
    requestId: origin.requestId,
  });
}
