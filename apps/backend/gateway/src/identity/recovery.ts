import { publish, type Trx } from '@medcall/service-kit';
import { AuthApiError } from './auth-api-error.ts';
import { notify } from './factors/factor-store.ts';
import { auditAccount } from './identity-audit.ts';
import type { IdentityDeps, Origin } from './identity-deps.ts';
import { type OneTimeKind, sendToken, spendToken } from './one-time-tokens.ts';
import { type SessionAnswer, sessionAnswer } from './session-answer.ts';
import { openSession } from './sessions.ts';
import { isBanned, userByEmail, userById } from './users.ts';

/** Every answer takes so long, so that its time tells nobody who has an account. */
const answerAfterMs = 250;

/** What `verifyOtp` calls the links of our mails. `email` is its newer name for a confirmation. */
export type VerifyType = OneTimeKind | 'email';

export interface Recovery {
  /** Mails a link for a new password, when there is such an account. */
  recover(email: string, redirectTo: string | null, origin: Origin): Promise<void>;
  /** Mails the confirmation of an unconfirmed address again. */
  resend(email: string, redirectTo: string | null, origin: Origin): Promise<void>;
  /** Opens the account for the bearer of a mailed link, once. @throws AuthApiError otp_expired */
  verify(token: string, type: VerifyType, origin: Origin): Promise<SessionAnswer>;
}

export function createRecovery(deps: IdentityDeps): Recovery {
  const { clock, db, seal } = deps;
  const mail = (email: string, kind: OneTimeKind, redirectTo: string | null, origin: Origin) =>
    inEqualTime(
      db.asSystem('mail a link to an account', async (trx) => {
        const now = clock.now();
        const user = await userByEmail(trx, email.trim().toLowerCase());
        if (!user || isBanned(user, now)) return;
        if (kind === 'signup' && user.email_confirmed_at !== null) return;
        if (!(await sendToken(trx, seal, { userId: user.id, kind, redirectTo, now }))) return;
        const action = kind === 'signup' ? 'auth.confirmation_asked' : 'auth.recovery_asked';
        await auditAccount(trx, { action, userId: user.id }, origin);
      }),
    );
  return {
    recover: (email, redirectTo, origin) => mail(email, 'recovery', redirectTo, origin),
    resend: (email, redirectTo, origin) => mail(email, 'signup', redirectTo, origin),
    async verify(token, type, origin) {
      const opened = await db.asSystem('open an account by a mailed link', (trx) =>
        openByLink(trx, token, type === 'email' ? 'signup' : type, origin, clock.now()),
      );
      if (!opened) throw new AuthApiError('otp_expired');
      return sessionAnswer(deps, opened.user, opened.session);
    },
  };
}

async function openByLink(trx: Trx, token: string, kind: OneTimeKind, origin: Origin, now: number) {
  const spent = await spendToken(trx, token, kind, now);
  if (!spent) return undefined;
  const before = await userById(trx, spent.userId);
  if (!before || isBanned(before, now)) return undefined;
  const newEmail = kind === 'email_change' ? spent.newEmail : null;
  if (newEmail !== null && (await userByEmail(trx, newEmail))) return undefined;
  const at = new Date(now);
  await trx
    .updateTable('auth_embedded.users')
    .set({
      last_sign_in_at: at,
      // Whoever reads the mail has the address.
      email_confirmed_at: before.email_confirmed_at ?? at,
      ...(newEmail === null ? {} : { email: newEmail, email_confirmed_at: at }),
    })
    .where('id', '=', spent.userId)
    .execute();
  await auditAccount(trx, { action: `auth.${kind}`, userId: spent.userId }, origin);
  const user = await userById(trx, spent.userId);
  if (!user) return undefined;
  const session = await openSession(trx, {
    userId: user.id,
    userAgent: origin.userAgent,
    address: origin.address,
    method: 'otp',
    now,
  });
  if (newEmail !== null) {
    await notify(trx, user.id, 'email_changed', before.email);
    await publish(trx, { type: 'session_revoked', sub: user.id });
  }
  return { user, session };
}

async function inEqualTime<T>(work: Promise<T>): Promise<void> {
  await Promise.all([work, new Promise((resolve) => setTimeout(resolve, answerAfterMs))]);
}
