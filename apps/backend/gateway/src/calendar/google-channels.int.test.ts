import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { notificationHeaders } from '../../../../../tests/fakes/google/google-channels.ts';
import {
  account,
  appoint,
  aTime,
  connect,
  dayMs,
  drain,
  google,
  rowsOf,
  statusOf,
  useGoogleWorld,
  world,
} from '../testing/google-world.ts';
import type { CalendarProvider } from './calendar-provider.ts';
import { refreshBusy } from './read-calendar.ts';
import { renewChannels, watchCalendar } from './watch-calendar.ts';

useGoogleWorld();

/** Google's messages reach the gateway, as through an entrance. */
async function connectWithEntrance(): Promise<void> {
  google.channels.entrance = world.gateway.url;
  await connect();
  await drain();
  await google.channels.told();
}

const theChannel = () => {
  const [channel, ...others] = [...google.channels.open.values()];
  if (!channel || others.length > 0) throw new Error('not one channel');
  return channel;
};

function post(headers: Record<string, string>): Promise<Response> {
  return fetch(`${world.gateway.url}/api/calendar/google/push`, { method: 'POST', headers });
}

const waiting = () =>
  world.gateway.database.database.asSystem('test', (trx) =>
    trx.selectFrom('app.job_outbox').select('kind').where('kind', '=', 'calendar.pull').execute(),
  );

describe('a channel', () => {
  it('is opened with a secret of its own, and Google’s first message asks for nothing', async () => {
    await connectWithEntrance();
    const channel = theChannel();
    expect(channel.address.href).toBe('https://gateway.test/api/calendar/google/push');
    expect(Buffer.from(channel.token, 'base64url')).toHaveLength(32);
    expect(google.channels.sent).toEqual([{ channelId: channel.id, state: 'sync', status: 204 }]);
    const [row] = await rowsOf('calendar_channels');
    expect(row).toMatchObject({ id: channel.id, resource_id: channel.resourceId });
    expect(row?.expires_at.getTime()).toBe(channel.expiresAt);
    expect(row?.token_hash.toString('latin1')).not.toContain(channel.token);
    expect((await post(notificationHeaders(channel, 'sync'))).status).toBe(204);
    expect(await waiting()).toEqual([]);
  });

  it('has a change read at once, once for however many messages', async () => {
    await connectWithEntrance();
    const at = aTime();
    for (let n = 0; n < 5; n += 1) appoint(at);
    await google.channels.told();
    const statuses = google.channels.sent.map(({ status }) => status);
    expect(statuses).toEqual([204, 204, 204, 204, 204, 204]);
    expect(await waiting()).toHaveLength(1);
    await drain();
    expect(await rowsOf('calendar_busy')).toHaveLength(5);
  });

  it('lets a calendar be read rarely by the clock, and one without a channel often', async () => {
    await connectWithEntrance();
    world.gateway.clock.advance(6 * 60_000);
    await refreshBusy(world.gateway.jobs.outsideCalendar);
    expect(await waiting()).toEqual([]);
    await world.gateway.database.database.asSystem('test', (trx) =>
      trx.deleteFrom('calendar_channels').execute(),
    );
    await refreshBusy(world.gateway.jobs.outsideCalendar);
    expect(await waiting()).toHaveLength(1);
  });

  it('where there is none, has the calendar read at every look of the worker', async () => {
    await connect();
    await drain();
    await world.gateway.database.database.asSystem('test', (trx) =>
      trx.deleteFrom('calendar_channels').execute(),
    );
    // The worker looks every five minutes, and a reading ends a moment after the look that asked for it.
    world.gateway.clock.advance(5 * 60_000 - 2_000);
    await refreshBusy(world.gateway.jobs.outsideCalendar);
    expect(await waiting()).toHaveLength(1);
  });

  it('is followed by the next before it ends, and only then closed', async () => {
    await connectWithEntrance();
    const first = theChannel();
    world.gateway.clock.advance(5 * dayMs);
    await renewChannels(world.gateway.jobs.outsideCalendar);
    await drain();
    expect(theChannel().id).toBe(first.id);
    world.gateway.clock.advance(1.5 * dayMs);
    google.log.length = 0;
    await renewChannels(world.gateway.jobs.outsideCalendar);
    await renewChannels(world.gateway.jobs.outsideCalendar);
    await drain();
    await google.channels.told();
    const next = theChannel();
    expect(next.id).not.toBe(first.id);
    expect(next.expiresAt).toBeGreaterThan(first.expiresAt);
    expect(
      google.log.map(({ path }) => path.split('/').at(-1)).filter((one) => one !== 'events'),
    ).toEqual(['watch', 'stop']);
    expect((await rowsOf('calendar_channels')).map(({ id }) => id)).toEqual([next.id]);
    // What is told by the old one is told by nobody.
    expect((await post(notificationHeaders(first, 'exists'))).status).toBe(403);
  });

  it('that Google gives a shorter life is followed the sooner', async () => {
    google.channels.longestSeconds = 3_600;
    try {
      await connectWithEntrance();
      const first = theChannel();
      world.gateway.clock.advance(40 * 60_000);
      await renewChannels(world.gateway.jobs.outsideCalendar);
      await drain();
      expect(theChannel().id).not.toBe(first.id);
    } finally {
      google.channels.longestSeconds = 604_800;
    }
  });

  it('that Google does not open is asked for again, and the calendar is read all the same', async () => {
    google.channels.refusesAddress = true;
    try {
      await connectWithEntrance();
    } finally {
      google.channels.refusesAddress = false;
    }
    // 401 for the address is no 401 for the permission.
    expect(await statusOf()).toMatchObject({ status: 'active', problem: null });
    expect(await rowsOf('calendar_channels')).toEqual([]);
    await renewChannels(world.gateway.jobs.outsideCalendar);
    await drain();
    expect(google.channels.open.size).toBe(0);
    world.gateway.clock.advance(1.1 * dayMs);
    await renewChannels(world.gateway.jobs.outsideCalendar);
    await drain();
    expect(google.channels.open.size).toBe(1);
  });

  it('that a failure of Google’s kept from opening is opened a little later', async () => {
    // The first reading and the channel.
    google.faults.next({ kind: 'server_error_before' }, { kind: 'server_error_before' });
    await connectWithEntrance();
    expect([google.channels.open.size, await rowsOf('calendar_channels')]).toEqual([0, []]);
    await renewChannels(world.gateway.jobs.outsideCalendar);
    await drain();
    expect(google.channels.open.size).toBe(0);
    world.gateway.clock.advance(2 * 60_000);
    await renewChannels(world.gateway.jobs.outsideCalendar);
    await drain();
    expect(theChannel().email).toBe(account);
  });

  it('that opens after the doctor has disconnected is listened to by nobody', async () => {
    await connectWithEntrance();
    const { outsideCalendar } = world.gateway.jobs;
    const { provider } = outsideCalendar;
    if (!provider) throw new Error('no provider');
    const slow: CalendarProvider = {
      ...provider,
      async watch(...wish) {
        const opened = await provider.watch(...wish);
        expect((await world.doctor('DELETE', '/api/calendar/google')).status).toBe(204);
        return opened;
      },
    };
    world.gateway.clock.advance(6.5 * dayMs);
    const [connection] = await rowsOf('calendar_connections');
    const before = new Set(google.channels.open.keys());
    await watchCalendar({ ...outsideCalendar, provider: slow })({
      subjectId: connection?.id ?? '',
      causedBy: null,
      signal: new AbortController().signal,
    });
    const opened = [...google.channels.open.values()].find(({ id }) => !before.has(id));
    expect(await rowsOf('calendar_channels')).toEqual([]);
    if (!opened) throw new Error('no channel was opened');
    expect((await post(notificationHeaders(opened, 'exists'))).status).toBe(403);
    expect((await statusOf()).status).toBe('disconnected');
  });

  it('is closed with the connection, and what still comes by it is refused', async () => {
    await connectWithEntrance();
    const channel = theChannel();
    expect((await world.doctor('DELETE', '/api/calendar/google')).status).toBe(204);
    expect(google.channels.open.size).toBe(0);
    expect(await rowsOf('calendar_channels')).toEqual([]);
    expect((await post(notificationHeaders(channel, 'exists'))).status).toBe(403);
    expect(await waiting()).toEqual([]);
  });

  it('that Google does not close does not keep a doctor from ending his connection', async () => {
    await connectWithEntrance();
    google.faults.next({ kind: 'server_error_before' });
    const permissions = google.permissions();
    expect((await world.doctor('DELETE', '/api/calendar/google')).status).toBe(204);
    expect(google.permissions()).toBe(permissions - 1);
    appoint(aTime());
    await google.channels.told();
    expect(google.channels.sent.at(-1)).toMatchObject({ state: 'exists', status: 403 });
  });
});

describe('whoever is not Google', () => {
  it('is told the same of a channel that is there and of one that is not, and starts nothing', async () => {
    await connectWithEntrance();
    const channel = theChannel();
    const right = notificationHeaders(channel, 'exists');
    const { 'X-Goog-Channel-Token': _, ...without } = right;
    const tries = [
      { ...right, 'X-Goog-Channel-Token': 'x'.repeat(43) },
      { ...right, 'X-Goog-Channel-Token': `${channel.token}x` },
      without,
      { ...right, 'X-Goog-Channel-ID': randomUUID() },
      { ...right, 'X-Goog-Channel-ID': "' or true" },
      { ...right, 'X-Goog-Resource-ID': 'of-another-calendar' },
      { ...right, 'X-Goog-Resource-State': 'whatever' },
      {},
    ];
    const answers = await Promise.all(
      tries.map(async (headers) => {
        const answer = await post(headers as Record<string, string>);
        const { error } = (await answer.json()) as { error: { code: string; message: string } };
        return [answer.status, error.code, error.message];
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveProperty('size', 1);
    expect(answers[0]?.[0]).toBe(403);
    expect(await waiting()).toEqual([]);
    expect((await post(right)).status).toBe(204);
    expect(await waiting()).toHaveLength(1);
    expect(account).toBe(channel.email);
  });
});
