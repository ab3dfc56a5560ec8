import { enqueue, type Trx } from '@medcall/service-kit';
import { type CalendarDeps, calendarTokenContext } from './calendar-deps.ts';

export interface Connection {
  id: string;
  doctorId: string;
  refreshToken: string;
  /** As it is kept: sealed anew at each connecting, so that it names the very connection that was opened. */
  tokenSealed: Buffer;
}

/** A connection that works, with its opened token; undefined when it ended. */
export async function openConnection(
  { seal }: CalendarDeps,
  trx: Trx,
  id: string,
): Promise<Connection | undefined> {
  const row = await trx
    .selectFrom('calendar_connections as k')
    .innerJoin('medicos as d', 'd.id', 'k.doctor_id')
    .select(['k.id', 'k.doctor_id', 'k.token_sealed'])
    .where('k.id', '=', id)
    .where('k.provider', '=', 'google')
    .where('k.status', '=', 'active')
    .where('d.active', '=', true)
    .executeTakeFirst();
  if (!row?.token_sealed) return undefined;
  const refreshToken = seal.open(row.token_sealed, calendarTokenContext(row.doctor_id));
  return {
    id: row.id,
    doctorId: row.doctor_id,
    refreshToken,
    tokenSealed: row.token_sealed,
  };
}

/**
 * Before anything else of a connection is written in a transaction: whoever writes its rows waits here, and
 * nobody meets another who took them in the other order.
 * @returns whether the doctor connected anew since it was opened
 */
export async function lockConnection(
  trx: Trx,
  { id, tokenSealed }: Connection,
): Promise<{ isAnew: boolean }> {
  const row = await trx
    .selectFrom('calendar_connections')
    .select('token_sealed')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return { isAnew: row?.token_sealed ? !row.token_sealed.equals(tokenSealed) : false };
}

/** Google takes this connection no more: the doctor sees it and connects again; what was busy is free. */
export async function connectionFailed(
  { logger, seal }: CalendarDeps,
  trx: Trx,
  connection: Connection,
  why: string,
): Promise<void> {
  const row = await trx
    .selectFrom('calendar_connections')
    .select('token_sealed')
    .where('id', '=', connection.id)
    .where('status', '=', 'active')
    .forUpdate()
    .executeTakeFirst();
  // Connected anew in the meantime: it was the old permission that ended.
  if (!row?.token_sealed) return;
  const now = seal.open(row.token_sealed, calendarTokenContext(connection.doctorId));
  if (now !== connection.refreshToken) return;
  logger.warn({ connectionId: connection.id, why }, 'a calendar connection ended');
  await trx
    .updateTable('calendar_connections')
    .set({ status: 'failed', token_sealed: null, ...nothingRead })
    .where('id', '=', connection.id)
    .execute();
  await forgetRead(trx, connection.id);
}

/** Of a connection from which nothing was read yet, or of which nothing is known any more. */
export const nothingRead = {
  busy_read_at: null,
  busy_due_at: null,
  sync_token: null,
  read_whole_at: null,
  sync_problem: null,
  watch_due_at: null,
} as const;

/** What was learnt of a calendar. @returns its channels, for Google to end */
export async function forgetRead(trx: Trx, connectionId: string): Promise<ClosingChannel[]> {
  await trx.deleteFrom('calendar_busy').where('connection_id', '=', connectionId).execute();
  await trx.deleteFrom('calendar_changes').where('connection_id', '=', connectionId).execute();
  return trx
    .deleteFrom('calendar_channels')
    .where('connection_id', '=', connectionId)
    .returning(['id', 'resource_id'])
    .execute();
}

export interface ClosingChannel {
  id: string;
  resource_id: string | null;
}

/** Ends channels at Google. One that it does not end now ends by itself, and is not listened to until then. */
export async function closeChannels(
  { logger, provider }: Pick<CalendarDeps, 'logger' | 'provider'>,
  refreshToken: string,
  channels: readonly ClosingChannel[],
  signal?: AbortSignal,
): Promise<void> {
  for (const { id, resource_id: resourceId } of channels) {
    // Google never said its name: nothing can be said to Google about it either.
    if (resourceId === null || !provider) continue;
    const closed = await provider.unwatch(refreshToken, { id, resourceId }, signal);
    if (closed.kind !== 'done') logger.warn({ why: closed.why }, 'a channel was not ended');
  }
}

/** Asks for one reading of what is busy, however many ask. */
export async function readBusySoon(trx: Trx, connectionId: string, at: Date): Promise<void> {
  const asked = await trx
    .updateTable('calendar_connections')
    .set({ busy_due_at: at })
    .where('id', '=', connectionId)
    .where('provider', '=', 'google')
    .where('status', '=', 'active')
    .where((eb) => eb.or([eb('busy_due_at', 'is', null), eb('busy_due_at', '<', longAgo(at))]))
    .returning('id')
    .executeTakeFirst();
  if (asked) await enqueue(trx, 'calendar.pull', connectionId, at);
}

/** A reading that should have begun so long ago got lost. */
export function longAgo(at: Date): Date {
  return new Date(at.getTime() - 10 * 60_000);
}
