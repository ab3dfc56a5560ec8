import { type Clock, type Database, notFound, publish, type Trx } from '@medcall/service-kit';
import type { AuditAction, Device } from '@medcall/shared-types';
import { type EndReason, endSession, endSessionsOf, sessionIdleMs } from '../identity/sessions.ts';
import { auditCall, type Calling } from './calling.ts';

/** Where a person is signed in. The hosted identity keeps its sessions to itself: there the list is empty. */
export interface Devices {
  /** Open sessions, the last used first. */
  list(calling: Calling): Promise<Device[]>;
  /** Ends one session of the caller's own. @throws AppError not_found */
  end(calling: Calling, sessionId: string): Promise<void>;
  /**
   * Ends every session, the caller's too: each access token made until now is worth nothing, whichever
   * identity made it.
   */
  endAll(calling: Calling): Promise<void>;
}

export interface DevicesDeps {
  db: Database;
  clock: Clock;
  forgetSessions: (sessionIds: readonly string[]) => Promise<void>;
}

export function createDevices({ clock, db, forgetSessions }: DevicesDeps): Devices {
  const reason: EndReason = 'signed_out';
  return {
    list: (calling) =>
      db.asSystem('show a person where they are signed in', (trx) =>
        openSessions(trx, calling, clock.now()),
      ),
    async end(calling, sessionId) {
      await db.asSystem('sign one device out', async (trx) => {
        const now = clock.now();
        const open = await openSessions(trx, calling, now);
        if (!open.some(({ id }) => id === sessionId)) throw notFound();
        await endSession(trx, sessionId, reason, now);
        await publish(trx, { type: 'session_revoked', sub: calling.caller.sub });
      });
      await audit(calling, 'auth.device_signed_out', sessionId);
      await forgetSessions([sessionId]);
    },
    async endAll(calling) {
      const { sub } = calling.caller;
      // On the record first: afterwards the caller is nobody.
      await audit(calling, 'auth.signed_out_everywhere', sub);
      const ended = await db.asSystem('sign a person out everywhere', async (trx) => {
        const now = clock.now();
        // For tokens of the hosted identity; ours end with their session rows.
        await trx
          .updateTable('members')
          .set({ sessions_valid_after: new Date(now) })
          .where('user_auth', '=', sub)
          .execute();
        const ids = await endSessionsOf(trx, sub, reason, now);
        await publish(trx, { type: 'session_revoked', sub });
        return ids;
      });
      await forgetSessions(ended);
    },
  };

  async function audit(calling: Calling, action: AuditAction, recordId: string): Promise<void> {
    await db.asUser(calling.caller, (trx) =>
      auditCall(trx, calling, { action, tableName: 'auth_embedded.sessions', recordId }),
    );
  }
}

async function openSessions(trx: Trx, { caller }: Calling, now: number): Promise<Device[]> {
  const rows = await trx
    .selectFrom('auth_embedded.sessions')
    .select(['id', 'user_agent', 'ip', 'created_at', 'refreshed_at'])
    .where('user_id', '=', caller.sub)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', new Date(now))
    .where('refreshed_at', '>', new Date(now - sessionIdleMs))
    .orderBy('refreshed_at', 'desc')
    .execute();
  const own = caller.kind === 'member' ? caller.sessionId : null;
  return rows.map((row) => ({
    id: row.id,
    user_agent: row.user_agent,
    ip: row.ip,
    created_at: row.created_at.toISOString(),
    last_used_at: row.refreshed_at.toISOString(),
    current: row.id === own,
  }));
}
