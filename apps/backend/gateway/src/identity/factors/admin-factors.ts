import { publish } from '@medcall/service-kit';
import { AuthApiError } from '../auth-api-error.ts';
import type { IdentityDeps, Origin } from '../identity-deps.ts';
import { endSessionsOf } from '../sessions.ts';
import { factorView } from '../user-view.ts';
import { userById } from '../users.ts';
import { deleteFactors, factorsOf, notify, ownFactor } from './factor-store.ts';
import { lockAccount } from './factor-throttle.ts';
import { auditFactor } from './factors.ts';

/** `auth.admin.mfa` of supabase-js, for bearers of the service-role key. @throws AuthApiError */
export interface AdminFactors {
  list(userId: string): Promise<Record<string, unknown>[]>;
  /** Takes one factor away; with the last one of an app its recovery codes go. */
  remove(userId: string, factorId: string, origin: Origin): Promise<{ id: string }>;
  /** A lost device: every factor of the person goes, and the sessions with them. */
  reset(userId: string): Promise<void>;
}

export function createAdminFactors({ clock, db, forgetSessions }: IdentityDeps): AdminFactors {
  return {
    list: (userId) =>
      db.asSystem("list a person's second factors", async (trx) => {
        const user = await userById(trx, userId);
        if (!user) throw new AuthApiError('user_not_found', { status: 404 });
        return user.factors.map(factorView);
      }),

    async remove(userId, factorId, origin) {
      const ended = await db.asSystem('remove a second factor for somebody', async (trx) => {
        await lockAccount(trx, userId);
        const factor = await ownFactor(trx, userId, factorId);
        const others = (await factorsOf(trx, userId)).filter(({ id }) => id !== factorId);
        const stays = others.some((f) => f.factor_type === 'totp' && f.status === 'verified');
        await deleteFactors(trx, [factorId, ...(stays ? [] : others.map(({ id }) => id))]);
        await auditFactor(trx, 'factor.removed_by_admin', factor, origin);
        await notify(trx, userId, 'factor_reset');
        await publish(trx, { type: 'session_revoked', sub: userId });
        return endSessionsOf(trx, userId, 'admin', clock.now());
      });
      await forgetSessions(ended);
      return { id: factorId };
    },

    async reset(userId) {
      const ended = await db.asSystem('reset the second factor of a person', async (trx) => {
        await lockAccount(trx, userId);
        const factors = await factorsOf(trx, userId);
        if (factors.length === 0) return [];
        await deleteFactors(
          trx,
          factors.map(({ id }) => id),
        );
        await notify(trx, userId, 'factor_reset');
        await publish(trx, { type: 'session_revoked', sub: userId });
        return endSessionsOf(trx, userId, 'admin', clock.now());
      });
      await forgetSessions(ended);
    },
  };
}
