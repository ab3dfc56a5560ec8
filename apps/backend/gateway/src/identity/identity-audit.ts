import { audit, type Trx } from '@medcall/service-kit';
import type { AuditAction } from '@medcall/shared-types';
import type { Origin } from './identity-deps.ts';
import type { IdentityUser } from './user-view.ts';

/** Sign-ins, failures and closed accounts; of an unknown account there is no actor, and never an e-mail. */
export async function auditSignIn(
  trx: Trx,
  user: IdentityUser | undefined,
  origin: Origin,
  outcome: 'ok' | 'failed' | 'denied',
): Promise<void> {
  await audit(trx, {
    action: 'auth.sign_in',
    outcome,
    changes: { method: 'password' },
    ip: origin.address,
    requestId: origin.requestId,
    actorKind: actorKind(user?.member_role),
    ...(user ? { userId: user.id } : {}),
  });
}

/** What a signed-in person did to their own account or sessions. */
export async function auditAccount(
  trx: Trx,
  entry: {
    action: AuditAction;
    userId: string;
    recordId?: string;
    tableName?: string;
    outcome?: 'ok' | 'denied' | 'failed';
  },
  origin: Origin,
  changes: Record<string, string | number> = {},
): Promise<void> {
  const member = await trx
    .selectFrom('members')
    .select('role')
    .where('user_auth', '=', entry.userId)
    .where('active', '=', true)
    .executeTakeFirst();
  await audit(trx, {
    tableName: 'auth_embedded.sessions',
    ...entry,
    actorKind: actorKind(member?.role),
    ip: origin.address,
    requestId: origin.requestId,
    changes,
  });
}

function actorKind(role: string | null | undefined): 'medico' | 'admin' | 'anonymous' {
  return role === 'medico' || role === 'admin' ? role : 'anonymous';
}
