import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type DB, enqueue, type JobHandler, type Trx } from '@medcall/service-kit';
import type { ExpressionBuilder } from 'kysely';
import type { CalendarDeps } from './calendar-deps.ts';
import type { CalendarOutcome, OpenChannel } from './calendar-provider.ts';
import {
  type ClosingChannel,
  type Connection,
  closeChannels,
  connectionFailed,
  lockConnection,
  openConnection,
  readBusySoon,
} from './connection-store.ts';

const dayMs = 86_400_000;
/** As long as Google allows for a channel of events. */
const ttlSeconds = 7 * 86_400;
/** The next channel is asked for so long before this one ends: a day of failures loses nothing. */
const leadMs = dayMs;
/** Nobody else asks for the same meanwhile. */
const claimMs = 10 * 60_000;

/**
 * The job `calendar.watch`: asks for a channel by which Google says that the calendar changed. Channels are
 * not prolonged: the next one is open before the one before is closed, so that no change falls between them.
 */
export function watchCalendar(deps: CalendarDeps): JobHandler {
  const { clock, db, provider, pushAddress } = deps;
  return async ({ signal, subjectId }) => {
    if (!provider || pushAddress === null) return;
    const id = randomUUID();
    const token = randomBytes(32).toString('base64url');
    const connection = await db.asSystem('calendar: a channel is asked for', (trx) =>
      begin(deps, trx, subjectId, { id, token }),
    );
    if (!connection) return;
    const { refreshToken } = connection;
    const wish = { id, token, address: pushAddress, ttlSeconds };
    const outcome = await provider.watch(refreshToken, wish, signal);
    const closing = await db.asSystem('calendar: note the channel', (trx) =>
      settle(deps, trx, connection, id, outcome, clock.now()),
    );
    await closeChannels(deps, refreshToken, closing, signal);
  };
}

/** Known before Google is asked: its first message may come before its answer. */
async function begin(
  deps: CalendarDeps,
  trx: Trx,
  connectionId: string,
  { id, token }: { id: string; token: string },
): Promise<Connection | undefined> {
  const now = deps.clock.now();
  const claimed = await trx
    .updateTable('calendar_connections')
    .set({ watch_due_at: new Date(now + claimMs) })
    .where('id', '=', connectionId)
    .where((eb) => isDue(eb, new Date(now)))
    .returning('id')
    .executeTakeFirst();
  const connection = claimed && (await openConnection(deps, trx, connectionId));
  if (!connection) return undefined;
  await trx
    .insertInto('calendar_channels')
    .values({
      id,
      connection_id: connectionId,
      token_hash: createHash('sha256').update(token).digest(),
      expires_at: new Date(now + ttlSeconds * 1000),
    })
    .execute();
  return connection;
}

/** @returns channels to close: those before, or this one where nobody wants it any more */
async function settle(
  deps: CalendarDeps,
  trx: Trx,
  connection: Connection,
  channelId: string,
  outcome: CalendarOutcome<OpenChannel>,
  now: number,
): Promise<ClosingChannel[]> {
  const { isAnew } = await lockConnection(trx, connection);
  if (outcome.kind === 'done') {
    const { expiresAt, resourceId } = outcome.value;
    const kept = await trx
      .updateTable('calendar_channels')
      .set({ resource_id: resourceId, expires_at: expiresAt })
      .where('id', '=', channelId)
      .returning('id')
      .executeTakeFirst();
    // The doctor disconnected meanwhile.
    if (!kept) return [{ id: channelId, resource_id: resourceId }];
    const lifeMs = expiresAt.getTime() - now;
    await askAgain(trx, connection.id, new Date(now + lifeMs - Math.min(leadMs, lifeMs / 2)));
    await readBusySoon(trx, connection.id, new Date(now));
    return trx
      .deleteFrom('calendar_channels')
      .where('connection_id', '=', connection.id)
      .where('id', '<>', channelId)
      .returning(['id', 'resource_id'])
      .execute();
  }
  await trx.deleteFrom('calendar_channels').where('id', '=', channelId).execute();
  if (outcome.kind === 'disconnected') {
    await connectionFailed(deps, trx, connection, outcome.why);
    return [];
  }
  // The new connection has asked for a channel of its own.
  if (isAnew) return [];
  deps.logger.warn({ connectionId: connection.id, why: outcome.why }, 'no channel was opened');
  // An address that Google does not take is an operator's matter; until then the calendar is read by the clock.
  const askedMs = outcome.kind === 'later' ? (outcome.retryAfterMs ?? 0) : dayMs;
  const pause = Math.min(Math.max(askedMs, 6 * deps.backOff.firstMs), dayMs);
  await askAgain(trx, connection.id, new Date(now + pause));
  return [];
}

async function askAgain(trx: Trx, connectionId: string, at: Date): Promise<void> {
  await trx
    .updateTable('calendar_connections')
    .set({ watch_due_at: at })
    .where('id', '=', connectionId)
    .where('status', '=', 'active')
    .execute();
}

const atOnce = 200;

/** Asks for the channels that are due: a connection without one, and those that end within a day. */
export function renewChannels({ clock, db, provider, pushAddress }: CalendarDeps): Promise<void> {
  if (!provider || pushAddress === null) return Promise.resolve();
  return db.asSystem('calendar: which channels to ask for', async (trx) => {
    const due = await trx
      .selectFrom('calendar_connections')
      .select('id')
      .where((eb) => isDue(eb, new Date(clock.now())))
      .orderBy('watch_due_at', (order) => order.asc().nullsFirst())
      .limit(atOnce)
      .execute();
    for (const { id } of due) await enqueue(trx, 'calendar.watch', id);
  });
}

type OfConnections = ExpressionBuilder<DB, 'calendar_connections'>;

function isDue(eb: OfConnections, now: Date) {
  return eb.and([
    eb('provider', '=', 'google'),
    eb('status', '=', 'active'),
    eb.or([eb('watch_due_at', 'is', null), eb('watch_due_at', '<=', now)]),
  ]);
}
