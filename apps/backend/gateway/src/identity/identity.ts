import { hashPassword, publish, type Trx, verifyPassword } from '@medcall/service-kit';
import { AuthApiError } from './auth-api-error.ts';
import { auditAccount } from './identity-audit.ts';
import type { IdentityDeps, Origin } from './identity-deps.ts';
import { endOpenLinks, sendToken } from './one-time-tokens.ts';
import { createPasswordSignIn, type PasswordSignIn } from './password-sign-in.ts';
import { mustProveAgain } from './prove-again.ts';
import { type SessionAnswer, sessionAnswer } from './session-answer.ts';
import { endSession, endSessionsOf, spendRefreshToken } from './sessions.ts';
import { type Bearer, bearerOf, sessionFactor, signedIn } from './signed-in.ts';
import { mustBeStrong } from './strong-password.ts';
import { hasSecondFactor, type IdentityUser, userView } from './user-view.ts';
import { isBanned, passwordHashOf, userById } from './users.ts';

export type SignOutScope = 'global' | 'local' | 'others';

export interface UserChanges {
  /** Counts once the link that goes to the new address was opened. */
  email?: string | undefined;
  password?: string | undefined;
  /** The present one; not asked of whoever has just signed in. */
  current_password?: string | undefined;
  data?: Record<string, unknown> | undefined;
}

/** The embedded identity: the part of Supabase Auth that the product uses. @throws AuthApiError */
export interface Identity {
  signIn: PasswordSignIn;
  refresh(refreshToken: string, origin: Origin): Promise<SessionAnswer>;
  user(accessToken: string): Promise<Record<string, unknown>>;
  updateUser(
    accessToken: string,
    changes: UserChanges,
    origin: Origin,
  ): Promise<Record<string, unknown>>;
  signOut(accessToken: string, scope: SignOutScope, origin: Origin): Promise<void>;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { db, clock } = deps;
  return {
    signIn: createPasswordSignIn(deps),
    refresh: (refreshToken, origin) => refresh(deps, refreshToken, origin),

    async user(accessToken) {
      const bearer = await bearerOf(deps, accessToken);
      const user = await db.asSystem('show a person their account', (trx) =>
        signedIn(trx, bearer, clock.now()),
      );
      return userView(user);
    },

    async updateUser(accessToken, changes, origin) {
      const bearer = await bearerOf(deps, accessToken);
      const { hash, user } = await db.asSystem(
        'look a person up to change their account',
        async (trx) => {
          const found = await signedIn(trx, bearer, clock.now());
          await mayChangeLogIn(trx, bearer, found, changes);
          return { user: found, hash: await passwordHashOf(trx, bearer.sub) };
        },
      );
      if (changes.password !== undefined || changes.email !== undefined) {
        const { sessionId } = bearer;
        const currentPassword = changes.current_password;
        await mustProveAgain(deps, user, { currentPassword, sessionId }, origin);
      }
      const password_hash = await newPasswordHash(user, hash, changes.password);
      const { ended, view } = await db.asSystem('change an account', async (trx) => {
        await changeUser(trx, user, { password_hash, data: changes.data }, clock.now());
        if (changes.email !== undefined) await askNewAddress(deps, trx, user, changes.email);
        return {
          ended:
            password_hash === undefined ? [] : await endOtherSessions(deps, trx, bearer, origin),
          view: userView(await signedIn(trx, bearer, clock.now())),
        };
      });
      await deps.forgetSessions(ended);
      return view;
    },

    async signOut(accessToken, scope, origin) {
      const bearer = await bearerOf(deps, accessToken);
      const ended = await db.asSystem('sign a person out', async (trx) => {
        const now = clock.now();
        await signedIn(trx, bearer, now);
        const sessionIds = await endByScope(trx, bearer, scope, now);
        const whose = { userId: bearer.sub, recordId: bearer.sessionId };
        await auditAccount(trx, { action: 'auth.sign_out', ...whose }, origin, { scope });
        await publish(trx, { type: 'session_revoked', sub: bearer.sub });
        return sessionIds;
      });
      await deps.forgetSessions(ended);
    },
  };
}

async function refresh(
  deps: IdentityDeps,
  refreshToken: string,
  origin: Origin,
): Promise<SessionAnswer> {
  const { db, clock, logger } = deps;
  // The outcome is returned, not thrown: the end of a stolen session must be committed.
  const { spent, user } = await db.asSystem('refresh a session', async (trx) => {
    const result = await spendRefreshToken(trx, deps.seal, refreshToken, clock.now());
    if (result.kind === 'reused') {
      const entry = { action: 'auth.refresh_token_reused', outcome: 'denied' } as const;
      await auditAccount(
        trx,
        { ...entry, userId: result.userId, recordId: result.sessionId },
        origin,
      );
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
      await deps.forgetSessions([spent.sessionId]);
      throw new AuthApiError('refresh_token_already_used');
    case 'ok':
      if (!user) throw new AuthApiError('refresh_token_not_found');
      if (isBanned(user, clock.now())) throw new AuthApiError('user_banned');
      return sessionAnswer(deps, user, spent);
  }
}

/** E-mail and password open the account: whoever has a second factor changes them with it alone. */
async function mayChangeLogIn(
  trx: Trx,
  bearer: Bearer,
  user: IdentityUser,
  { email, password }: UserChanges,
): Promise<void> {
  const touches =
    password !== undefined || (email !== undefined && email.trim().toLowerCase() !== user.email);
  if (!touches || !hasSecondFactor(user) || (await sessionFactor(trx, bearer))) return;
  throw new AuthApiError('insufficient_aal', {
    status: 401,
    msg: 'AAL2 session is required to update email or password when MFA is enabled.',
  });
}

async function newPasswordHash(
  user: IdentityUser,
  hash: string | null,
  password: string | undefined,
): Promise<string | undefined> {
  if (password === undefined) return undefined;
  await mustBeStrong(password, user.email);
  if (await verifyPassword(password, hash)) throw new AuthApiError('same_password');
  return hashPassword(password);
}

async function changeUser(
  trx: Trx,
  user: IdentityUser,
  changes: { password_hash: string | undefined; data: Record<string, unknown> | undefined },
  now: number,
): Promise<void> {
  const { password_hash, data } = changes;
  const own = typeof user.user_metadata === 'object' ? user.user_metadata : {};
  const set = {
    ...(password_hash === undefined ? {} : { password_hash, password_changed_at: new Date(now) }),
    ...(data === undefined ? {} : { user_metadata: JSON.stringify({ ...own, ...data }) }),
  };
  if (Object.keys(set).length === 0) return;
  await trx.updateTable('auth_embedded.users').set(set).where('id', '=', user.id).execute();
}

/** Says nothing of whether the address belongs to somebody else: the link then opens nothing. */
async function askNewAddress(
  { clock, seal }: IdentityDeps,
  trx: Trx,
  user: IdentityUser,
  given: string,
): Promise<void> {
  const newEmail = given.trim().toLowerCase();
  if (newEmail === user.email) return;
  await sendToken(trx, seal, {
    userId: user.id,
    kind: 'email_change',
    redirectTo: null,
    newEmail,
    now: clock.now(),
  });
}

/** A new password ends every other session; the one that changed it goes on. */
async function endOtherSessions(
  { clock }: IdentityDeps,
  trx: Trx,
  bearer: Bearer,
  origin: Origin,
): Promise<string[]> {
  const now = clock.now();
  const ended = await endSessionsOf(trx, bearer.sub, 'password_changed', now, bearer.sessionId);
  await endOpenLinks(trx, bearer.sub, now);
  const whose = { userId: bearer.sub, recordId: bearer.sessionId };
  await auditAccount(trx, { action: 'auth.password_changed', ...whose }, origin);
  await publish(trx, { type: 'session_revoked', sub: bearer.sub });
  return ended;
}

async function endByScope(
  trx: Trx,
  bearer: Bearer,
  scope: SignOutScope,
  now: number,
): Promise<string[]> {
  switch (scope) {
    case 'local':
      await endSession(trx, bearer.sessionId, 'signed_out', now);
      return [bearer.sessionId];
    case 'others':
      return endSessionsOf(trx, bearer.sub, 'signed_out', now, bearer.sessionId);
    case 'global':
      return endSessionsOf(trx, bearer.sub, 'signed_out', now);
  }
}
