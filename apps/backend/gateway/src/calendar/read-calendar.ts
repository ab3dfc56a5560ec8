import { enqueue, type JobHandler, type Trx } from '@medcall/service-kit';
import type { SyncProblem } from '@medcall/shared-types';
import { applyReading } from './apply-reading.ts';
import type { CalendarDeps } from './calendar-deps.ts';
import type { CalendarOutcome, OutsideChanges, ReadFrom } from './calendar-provider.ts';
import {
  type Connection,
  connectionFailed,
  longAgo,
  openConnection,
  readBusySoon,
} from './connection-store.ts';

const dayMs = 86_400_000;
/** A clinic may offer a year. */
const aheadMs = 400 * dayMs;
const backMs = dayMs;
/** A token remembers the time it was asked for: once a week that time begins anew. */
const wholeEveryMs = 7 * dayMs;

/**
 * The job `calendar.pull`: reads what changed in the doctor's calendar since the last reading. Busy times are
 * kept for `app.free_slots`; what he did there to a booking of ours becomes a proposal to him (decision 108).
 */
export function readCalendar(deps: CalendarDeps): JobHandler {
  const { clock, db, provider } = deps;
  return async ({ signal, subjectId }) => {
    if (!provider) return;
    const open = await db.asSystem('calendar: a connection to read', async (trx) => {
      if (!(await begin(trx, subjectId, clock.now()))) return undefined;
      const connection = await openConnection(deps, trx, subjectId);
      return connection && { connection, ...(await syncState(trx, subjectId)) };
    });
    if (!open) return;
    const { connection, readWholeAt, syncToken } = open;
    const began = clock.now();
    const all: ReadFrom = {
      kind: 'whole',
      startsAt: new Date(began - backMs),
      endsAt: new Date(began + aheadMs),
    };
    const isOld = readWholeAt === null || readWholeAt.getTime() < began - wholeEveryMs;
    let from: ReadFrom = syncToken === null || isOld ? all : { kind: 'since', syncToken };
    let outcome = await provider.changes(connection.refreshToken, from, signal);
    if (outcome.kind === 'done' && outcome.value.kind === 'expired' && from.kind === 'since') {
      from = all;
      outcome = await provider.changes(connection.refreshToken, from, signal);
    }
    if (outcome.kind === 'disconnected') {
      const { why } = outcome;
      return db.asSystem('calendar: a connection ended', (trx) =>
        connectionFailed(deps, trx, connection, why),
      );
    }
    if (outcome.kind === 'done' && outcome.value.kind === 'changes') {
      const { changes, syncToken: next } = outcome.value;
      const isWhole = from.kind === 'whole';
      const read = { changes, isWhole, began, startsAt: all.startsAt, endsAt: all.endsAt };
      return db.asSystem('calendar: what changed there', async (trx) => {
        const values = {
          sync_token: next,
          sync_problem: null,
          busy_read_at: new Date(began),
          ...(isWhole ? { read_whole_at: new Date(began) } : {}),
        };
        if (await advance(trx, connection, syncToken, values)) {
          return applyReading(trx, connection, read);
        }
        // Another reading came first. It may have begun before the change that this one was asked for.
        await readBusySoon(trx, connection.id, new Date(clock.now()));
      });
    }
    return failed(deps, connection, outcome);
  };
}

/** Jobs start by the database's clock, which may be a little ahead. */
const clockSlackMs = 5_000;

/**
 * Whoever hears of a change from here on asks for another reading; one that cannot be read is not due.
 * @returns false while Google wants to be left alone: the job for afterwards is there already
 */
async function begin(trx: Trx, id: string, now: number): Promise<boolean> {
  const begun = await trx
    .updateTable('calendar_connections')
    .set({ busy_due_at: null })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([eb('busy_due_at', 'is', null), eb('busy_due_at', '<=', new Date(now + clockSlackMs))]),
    )
    .returning('id')
    .executeTakeFirst();
  return begun !== undefined;
}

/**
 * Where the last reading ended. Rows without an event's mark are of the version before, which knew no tokens:
 * they go with a reading of the whole.
 */
async function syncState(trx: Trx, id: string) {
  const row = await trx
    .selectFrom('calendar_connections as k')
    .select(['k.sync_token', 'k.read_whole_at'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('calendar_busy as b')
            .select('b.id')
            .whereRef('b.connection_id', '=', 'k.id')
            .where('b.event_hash', 'is', null),
        )
        .as('has_unmarked'),
    )
    .where('k.id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    syncToken: row.sync_token,
    readWholeAt: row.has_unmarked === true ? null : row.read_whole_at,
  };
}

/** One reading after the other, and none for a connection that ended or began anew meanwhile. */
async function advance(
  trx: Trx,
  { id, tokenSealed }: Connection,
  syncToken: string | null,
  values: object,
): Promise<boolean> {
  const still = await trx
    .updateTable('calendar_connections')
    .set(values)
    .where('id', '=', id)
    .where('status', '=', 'active')
    .where('token_sealed', '=', tokenSealed)
    .where('sync_token', 'is not distinct from', syncToken)
    .returning('id')
    .executeTakeFirst();
  return still !== undefined;
}

/** What was read before stays: rather an old span too many than a double booking. */
function failed(
  { backOff, clock, db, logger }: CalendarDeps,
  { id, tokenSealed }: Connection,
  outcome: Exclude<CalendarOutcome<OutsideChanges>, { kind: 'disconnected' }>,
): Promise<void> {
  const { askedMs, problem, why } = problemOf(outcome);
  logger.warn({ connectionId: id, problem, why }, 'a calendar was not read');
  const usual = problem === 'unreachable' || problem === 'limited' ? 6 * backOff.firstMs : Infinity;
  const pause = Math.min(Math.max(askedMs, usual), backOff.longestMs);
  const at = new Date(clock.now() + pause);
  return db.asSystem('calendar: read later', async (trx) => {
    // Also over a reading that was asked for meanwhile: that one would come too early.
    const still = await trx
      .updateTable('calendar_connections')
      .set({ sync_problem: problem, busy_due_at: at })
      .where('id', '=', id)
      .where('status', '=', 'active')
      .where('token_sealed', '=', tokenSealed)
      .returning('id')
      .executeTakeFirst();
    if (still) await enqueue(trx, 'calendar.pull', id, at);
  });
}

function problemOf(outcome: Exclude<CalendarOutcome<OutsideChanges>, { kind: 'disconnected' }>): {
  problem: SyncProblem;
  why: string;
  askedMs: number;
} {
  switch (outcome.kind) {
    case 'done':
      // A reading of the whole that is called too old is an answer that makes no sense.
      return outcome.value.kind === 'too_large'
        ? { problem: 'too_large', why: 'too many events', askedMs: 0 }
        : { problem: 'refused', why: 'no reading of the whole', askedMs: 0 };
    case 'later': {
      const { isLimit = false, retryAfterMs: askedMs = 0, why } = outcome;
      return { problem: isLimit ? 'limited' : 'unreachable', why, askedMs };
    }
    case 'refused':
      return { problem: 'refused', why: outcome.why, askedMs: 0 };
  }
}

/**
 * Without a channel, and with one that may have lost a message. Less than the pause between two looks
 * (jobs/start-jobs.ts), which else would find every other time that it is not old enough yet.
 */
const staleMs = { alone: 4 * 60_000, withChannel: 60 * 60_000 };
const atOnce = 200;

/** Asks for readings of what was not read for a while: messages of change may get lost, or never come. */
export function refreshBusy({ clock, db, provider }: CalendarDeps): Promise<void> {
  if (!provider) return Promise.resolve();
  return db.asSystem('calendar: which connections to read again', async (trx) => {
    const now = new Date(clock.now());
    const before = (ms: number) => new Date(now.getTime() - ms);
    const stale = await trx
      .selectFrom('calendar_connections as k')
      .innerJoin('medicos as d', 'd.id', 'k.doctor_id')
      .select('k.id')
      .where('d.active', '=', true)
      .where('k.provider', '=', 'google')
      .where('k.status', '=', 'active')
      // Who waits for Google does not stand in the way of the others.
      .where((eb) =>
        eb.or([eb('k.busy_due_at', 'is', null), eb('k.busy_due_at', '<', longAgo(now))]),
      )
      .where((eb) => {
        const channel = eb
          .selectFrom('calendar_channels as h')
          .select('h.id')
          .whereRef('h.connection_id', '=', 'k.id')
          .where('h.resource_id', 'is not', null)
          .where('h.expires_at', '>', now);
        return eb.or([
          eb('busy_read_at', 'is', null),
          eb('busy_read_at', '<', before(staleMs.withChannel)),
          eb.and([eb('busy_read_at', '<', before(staleMs.alone)), eb.not(eb.exists(channel))]),
        ]);
      })
      .orderBy('busy_read_at', (order) => order.asc().nullsFirst())
      .limit(atOnce)
      .execute();
    for (const { id } of stale) await readBusySoon(trx, id, now);
  });
}
