import type { JobHandler, Trx } from '@medcall/service-kit';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { drainJobs } from '../testing/drain-jobs.ts';
import {
  aBooking,
  account,
  appoint,
  aTime,
  connect,
  dayMs,
  drain,
  eventOf,
  google,
  readAgain,
  readNow,
  rowsOf,
  settleAll,
  statusOf,
  useGoogleWorld,
  world,
} from '../testing/google-world.ts';
import { outsideEventId } from './calendar-deps.ts';
import type { CalendarProvider } from './calendar-provider.ts';
import { forgetRead, readBusySoon } from './connection-store.ts';
import { pushBooking } from './push-booking.ts';
import { readCalendar } from './read-calendar.ts';
import { watchCalendar } from './watch-calendar.ts';

useGoogleWorld();

const database = () => world.gateway.database.database;

const theConnection = async () => {
  const [connection, ...others] = await rowsOf('calendar_connections');
  if (!connection || others.length > 0) throw new Error('not one connection');
  return connection;
};

const job = async (): Promise<Parameters<JobHandler>[0]> => ({
  subjectId: (await theConnection()).id,
  causedBy: null,
  signal: new AbortController().signal,
});

/** @param changed what is done otherwise, with what Google itself would do */
function depsWith(changed: (real: CalendarProvider) => Partial<CalendarProvider>) {
  const { outsideCalendar } = world.gateway.jobs;
  const { provider } = outsideCalendar;
  if (!provider) throw new Error('no provider');
  return { ...outsideCalendar, provider: { ...provider, ...changed(provider) } };
}

/** One reading; `then` is done after Google has answered, and before anybody knows what. */
async function readAnd(then: () => Promise<void>): Promise<void> {
  const deps = depsWith((real) => ({
    async changes(...asked) {
      const found = await real.changes(...asked);
      await then();
      return found;
    },
  }));
  await readCalendar(deps)(await job());
}

const askForReading = async () => {
  const { id } = await theConnection();
  const now = new Date(world.gateway.clock.now());
  await database().asSystem('test', (trx) => readBusySoon(trx, id, now));
};

const readings = () =>
  google.log.filter(({ method, path }) => method === 'GET' && path.endsWith('/events'));

describe('two readings at a time', () => {
  it('lose nothing: what the second had learnt and may not keep is read once more', async () => {
    await connect();
    await drain();
    appoint(aTime());
    const [asked, first] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let second: Promise<void> = Promise.resolve();
    try {
      await readAnd(async () => {
        appoint(aTime());
        second = readAnd(() => {
          asked.resolve();
          return first.promise;
        });
        await asked.promise;
      });
    } finally {
      first.resolve();
      await second;
    }
    expect(await rowsOf('calendar_busy')).toHaveLength(1);
    await drain();
    expect(await rowsOf('calendar_busy')).toHaveLength(2);
  });

  it('ask nothing of Google before it wants to be asked, though the second was asked for first', async () => {
    await connect();
    await drain();
    google.refuse.push({ status: 403, reason: 'rateLimitExceeded', retryAfterSeconds: 300 });
    await readAnd(askForReading);
    expect(await statusOf()).toMatchObject({ problem: 'limited' });
    google.log.length = 0;
    await drain();
    await askForReading();
    world.gateway.clock.advance(290_000);
    await drain();
    expect(google.log).toEqual([]);
    world.gateway.clock.advance(11_000);
    await drain();
    expect(readings()).toHaveLength(1);
    expect(await statusOf()).toMatchObject({ problem: null });
  });
});

describe('a reading of an account that is no longer connected', () => {
  it('leaves nothing behind, however late it ends', async () => {
    const other = 'outra@gmail.test';
    appoint(aTime());
    await connect();
    await readAnd(async () => {
      expect(await connect(world.doctor, { email: other })).toBe('connected');
    });
    expect(await rowsOf('calendar_busy')).toEqual([]);
    expect(await theConnection()).toMatchObject({ sync_token: null, busy_read_at: null });
    await drain();
    expect(await rowsOf('calendar_busy')).toEqual([]);
    expect(await statusOf()).toMatchObject({ account_email: other, problem: null });
  });

  it('and fails, is no failure of the one that is', async () => {
    await connect();
    google.refuse.push({ status: 403, reason: 'rateLimitExceeded', retryAfterSeconds: 7_200 });
    await readAnd(async () => {
      await connect(world.doctor, { email: 'outra@gmail.test' });
    });
    expect(await statusOf()).toMatchObject({ problem: null, synced_at: null });
    await drain();
    expect(await statusOf()).toMatchObject({ synced_at: expect.any(String) });
  });

  it('whose token Google does not know is followed by a reading of the whole', async () => {
    appoint(aTime());
    await connect();
    await drain();
    await database().asSystem('test', (trx) =>
      trx.updateTable('calendar_connections').set({ sync_token: 'of-another' }).execute(),
    );
    google.log.length = 0;
    await readNow();
    expect(readings().map(({ status }) => status)).toEqual([400, 200]);
    expect(await statusOf()).toMatchObject({ problem: null });
    expect(await rowsOf('calendar_busy')).toHaveLength(1);
  });
});

describe('what was asked for an account that is no longer connected', () => {
  const other = 'outra@gmail.test';

  it('a booking that was written there is written into the one that is', async () => {
    await connect();
    await drain();
    const { id } = await aBooking();
    const deps = depsWith((real) => ({
      async put(...asked) {
        const written = await real.put(...asked);
        await connect(world.doctor, { email: other });
        // The first try there fails, and numbers begin anew with the account.
        google.faults.next({ kind: 'server_error_before' });
        await drainJobs(world.gateway, { only: ['calendar.push'], most: 1 });
        return written;
      },
    }));
    await pushBooking(deps)({ ...(await job()), subjectId: id });
    await settleAll();
    expect(eventOf(id, other)?.status).toBe('confirmed');
  });

  it('a channel that Google refused there keeps none from opening', async () => {
    await connect();
    const deps = depsWith(() => ({
      async watch() {
        await connect(world.doctor, { email: other });
        return { kind: 'refused', why: '400 invalid' };
      },
    }));
    await watchCalendar(deps)(await job());
    await drain();
    expect([...google.channels.open.values()]).toMatchObject([{ email: other }]);
  });
});

/** Somebody has the connection and takes its rows, as disconnecting does, after `work` had to wait for him. */
async function meetWith<T>(
  work: () => Promise<T>,
  more: (trx: Trx) => Promise<unknown> = () => Promise.resolve(),
): Promise<T> {
  const { id } = await theConnection();
  let working: Promise<T> | undefined;
  try {
    await database().asSystem('test', async (trx) => {
      const ofIt = trx.selectFrom('calendar_connections').where('id', '=', id);
      await ofIt.select('id').forUpdate().execute();
      working = work();
      // Looked at below; until then its failure is nobody's.
      working.catch(() => undefined);
      await expect.poll(() => isWaitedFor(trx), { timeout: 20_000 }).toBe(true);
      await forgetRead(trx, id);
      await trx
        .updateTable('calendar_events')
        .set({ failures: 0 })
        .where('connection_id', '=', id)
        .execute();
      await more(trx);
    });
  } finally {
    await working?.catch(() => undefined);
  }
  if (!working) throw new Error('nothing was done');
  return working;
}

async function isWaitedFor(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (
      select from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))
    ) as waits`.execute(trx);
  return rows[0]?.waits === true;
}

describe('whoever writes of a connection waits for who ends it, and neither dies of it', () => {
  it('as a booking that was written does', async () => {
    await connect();
    const { id, version } = await aBooking();
    await drain();
    const to = aTime().toISOString();
    const path = `/api/consultations/${id}/move`;
    expect((await world.doctor('POST', path, { scheduled_at: to, version })).status).toBe(200);
    const done = await meetWith(() => drainJobs(world.gateway, { only: ['calendar.push'] }));
    expect(done.map(({ failed }) => failed)).toEqual([undefined]);
    expect(eventOf(id)?.start.dateTime).toBe(to);
  });

  it('as keeping the agenda does', async () => {
    await connect();
    const { id } = await aBooking();
    await drain();
    google.calendars.remove(account, outsideEventId(id));
    await readAgain();
    expect(await rowsOf('calendar_changes')).toHaveLength(1);
    const kept = await meetWith(() =>
      world.doctor('POST', `/api/calendar/google/conflicts/${id}/keep`),
    );
    expect(kept.status).toBe(404);
  });

  it('as a channel that was opened does', async () => {
    await connect();
    await drain();
    world.gateway.clock.advance(6.5 * dayMs);
    const [opened, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const deps = depsWith((real) => ({
      async watch(...wish) {
        const channel = await real.watch(...wish);
        opened.resolve();
        await goOn.promise;
        return channel;
      },
    }));
    const watching = watchCalendar(deps)(await job());
    watching.catch(() => undefined);
    try {
      await opened.promise;
      await meetWith(() => {
        goOn.resolve();
        return watching;
      });
    } finally {
      goOn.resolve();
      await watching.catch(() => undefined);
    }
    expect(await rowsOf('calendar_channels')).toEqual([]);
  });
});
