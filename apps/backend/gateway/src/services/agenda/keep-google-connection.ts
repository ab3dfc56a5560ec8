import { enqueue, type Trx } from '@medcall/service-kit';
import { type CalendarDeps, calendarTokenContext } from '../../calendar/calendar-deps.ts';
import type { CalendarGrant } from '../../calendar/calendar-provider.ts';
import {
  type ClosingChannel,
  forgetRead,
  nothingRead,
  readBusySoon,
} from '../../calendar/connection-store.ts';

/** What was connected, for Google to end; the token is null where it was none any more. */
export interface Before {
  tokenSealed: Buffer | null;
  channels: ClosingChannel[];
}

/**
 * What is booked already goes there too, and what is busy there is read.
 * @returns what was connected before, and whether it surely was another account's
 */
export async function keepConnection(
  { clock, pushAddress, seal }: CalendarDeps,
  trx: Trx,
  doctorId: string,
  grant: CalendarGrant,
): Promise<Before & { isOtherAccount: boolean }> {
  const now = new Date(clock.now());
  const row = {
    account_email: grant.accountEmail,
    token_sealed: seal.seal(grant.refreshToken, calendarTokenContext(doctorId)),
    status: 'active' as const,
    created_at: now,
    ...nothingRead,
    watch_due_at: now,
  };
  const before = await trx
    .selectFrom('calendar_connections')
    .select(['account_email', 'status', 'token_sealed'])
    .where('doctor_id', '=', doctorId)
    .where('provider', '=', 'google')
    .forUpdate()
    .executeTakeFirst();
  const { id } = await trx
    .insertInto('calendar_connections')
    .values({ doctor_id: doctorId, provider: 'google', ...row })
    .onConflict((conflict) => conflict.columns(['doctor_id', 'provider']).doUpdateSet(row))
    .returning('id')
    .executeTakeFirstOrThrow();
  // What stood in another account's calendar says nothing of this one. After a disconnection nobody knows
  // which account it was: taking out what is not there does no harm.
  const accounts = [before?.account_email ?? null, grant.accountEmail];
  const areKnown = accounts.every((email) => email !== null);
  const sameAccount = areKnown && accounts[0] === accounts[1];
  if (before?.status !== 'revoked' && !sameAccount) {
    await trx.deleteFrom('calendar_events').where('connection_id', '=', id).execute();
  }
  const channels = await forgetRead(trx, id);
  const booked = await trx
    .selectFrom('consultations')
    .select('id')
    .where('doctor_id', '=', doctorId)
    .where('status', '=', 'WAITING')
    .where('scheduled_at', '>', now)
    .execute();
  const stale = await pushAgain(trx, id, now);
  for (const consultationId of new Set([...booked.map((one) => one.id), ...stale])) {
    await enqueue(trx, 'calendar.push', consultationId);
  }
  await readBusySoon(trx, id, now);
  if (pushAddress !== null) await enqueue(trx, 'calendar.watch', id);
  const tokenSealed = before?.token_sealed ?? null;
  return { tokenSealed, channels, isOtherAccount: areKnown && !sameAccount };
}

/**
 * What changed while the connection was down, was under way when it ended, or may have been deleted there:
 * also a booking that is no longer wanted, whose event would block its slot for good.
 */
async function pushAgain(trx: Trx, connectionId: string, now: Date): Promise<string[]> {
  const rows = await trx
    .updateTable('calendar_events as e')
    .from('consultations as c')
    .set({ state: 'pushing', failures: 0, try_until: null })
    .whereRef('c.id', '=', 'e.consultation_id')
    .where('e.connection_id', '=', connectionId)
    .where((eb) =>
      eb.or([
        eb('e.state', 'in', ['pushing', 'failed']),
        eb('e.version', 'is distinct from', eb.ref('c.version')),
        eb.and([eb('e.state', '=', 'there'), eb('c.scheduled_at', '>', now)]),
      ]),
    )
    .returning('e.consultation_id')
    .execute();
  return rows.map((row) => row.consultation_id);
}
