import { freeSlots } from '@medcall/shared-types';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  aBooking,
  account,
  appoint,
  aTime,
  connect,
  dayMs,
  drain,
  google,
  readAgain,
  readNow,
  rowsOf,
  statusOf,
  useGoogleWorld,
  world,
} from '../testing/google-world.ts';
import { refreshBusy } from './read-calendar.ts';

useGoogleWorld();

/** Requests that read the calendar. */
const readings = () =>
  google.log
    .filter(({ method, path }) => method === 'GET' && path.endsWith('/events'))
    .map(({ query }) => new URLSearchParams(query));

const spans = async () =>
  (await rowsOf('calendar_busy'))
    .map(({ ends_at, starts_at }) => [starts_at?.toISOString(), ends_at?.toISOString()])
    .sort();

const later = (at: Date, ms: number) => new Date(at.getTime() + ms).toISOString();

describe('busy times', () => {
  const slotsOn = async (at: Date) => {
    const from = at.toISOString().slice(0, 10);
    const doctorId = world.clinic.doctor.medicoId;
    const answer = await world.doctor(
      'GET',
      `/api/availability/slots?doctor_id=${doctorId}&from=${from}&days=1`,
    );
    return freeSlots.parse(answer.body).days[0]?.slots.map(({ starts_at }) => starts_at) ?? [];
  };

  beforeAll(async () => {
    const { body } = await world.doctor('GET', '/api/availability');
    const hours = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({
      weekday,
      start: '08:00',
      end: '18:00',
      slot_minutes: 30,
    }));
    const put = await world.doctor('PUT', '/api/availability', { version: body.version, hours });
    expect(put.status, put.text).toBe(200);
  });

  it('are left out of the free slots, and come back when they are over there', async () => {
    const at = aTime();
    const iso = at.toISOString();
    expect(await slotsOn(at)).toContain(iso);
    const id = appoint(at);
    await connect();
    await drain();
    expect(await slotsOn(at)).not.toContain(iso);
    google.calendars.remove(account, id);
    await readAgain();
    expect(await slotsOn(at)).toContain(iso);
  });

  it('stay as they were read while Google does not answer, and the doctor sees why', async () => {
    const at = aTime();
    appoint(at);
    await connect();
    await drain();
    const before = await statusOf();
    expect(before).toMatchObject({ problem: null });
    world.gateway.clock.advance(61 * 60_000);
    google.faults.next({ kind: 'server_error_before' });
    await refreshBusy(world.gateway.jobs.outsideCalendar);
    expect(await drain()).toMatchObject([{ kind: 'calendar.pull' }]);
    expect(await slotsOn(at)).not.toContain(at.toISOString());
    expect(await statusOf()).toMatchObject({
      status: 'active',
      problem: 'unreachable',
      synced_at: before.synced_at,
    });
    await readAgain();
    expect(await statusOf()).toMatchObject({ problem: null });
  });

  it('free the slot of a booking that was cancelled, whose event is no appointment of his', async () => {
    await connect();
    const at = aTime();
    const { id } = await aBooking(at);
    await drain();
    await readAgain();
    expect(await spans()).toEqual([]);
    expect(await slotsOn(at)).not.toContain(at.toISOString());
    await world.doctor('POST', `/api/consultations/${id}/cancel`, {});
    expect(await slotsOn(at)).toContain(at.toISOString());
  });
});

describe('a reading', () => {
  it('asks for times and nothing else: no title, no word and no guest leaves Google', async () => {
    appoint(aTime(), { attendees: [{ email: 'a@x.test' }, { email: 'b@x.test', self: true }] });
    await connect();
    await drain();
    const [first] = readings();
    expect(first?.get('fields')).not.toMatch(/summary|description|location|email|displayName/);
    expect(first?.get('maxAttendees')).toBe('1');
    const kept = JSON.stringify(await rowsOf('calendar_busy'));
    expect(kept).not.toMatch(/Dentista|exames|x\.test/);
  });

  it('begins with the whole and goes on from where it ended', async () => {
    appoint(aTime());
    await connect();
    await drain();
    const at = aTime();
    appoint(at);
    await readAgain();
    const [whole, since] = [readings()[0], readings().at(-1)];
    expect([whole?.has('timeMin'), whole?.has('timeMax'), whole?.has('syncToken')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([since?.has('timeMin'), since?.has('timeMax'), since?.has('syncToken')]).toEqual([
      false,
      false,
      true,
    ]);
    expect(await spans()).toContainEqual([at.toISOString(), later(at, 1_800_000)]);
    expect(await spans()).toHaveLength(2);
  });

  it('turns every page, also of what changed', async () => {
    google.calendars.mostPerPage = 2;
    try {
      for (let n = 0; n < 5; n += 1) appoint(aTime());
      await connect();
      await drain();
      expect(await spans()).toHaveLength(5);
      for (let n = 0; n < 3; n += 1) appoint(aTime());
      await readAgain();
      expect(await spans()).toHaveLength(8);
      expect(readings().filter((query) => query.has('pageToken')).length).toBeGreaterThan(2);
    } finally {
      google.calendars.mostPerPage = 2_500;
    }
  });

  it('ends at a calendar with more pages than anybody reads, and the doctor sees it', async () => {
    google.calendars.mostPerPage = 1;
    try {
      const at = aTime();
      for (let n = 0; n < 51; n += 1) appoint(at);
      await connect();
      await drain();
      expect(await statusOf()).toMatchObject({ status: 'active', problem: 'too_large' });
      expect(readings()).toHaveLength(50);
      expect(await spans()).toEqual([]);
    } finally {
      google.calendars.mostPerPage = 2_500;
    }
  });

  it('begins anew when Google has forgotten where it ended, and forgets what is gone', async () => {
    const gone = appoint(aTime());
    await connect();
    await drain();
    google.calendars.remove(account, gone);
    const at = aTime();
    appoint(at);
    google.calendars.forgetSyncTokens();
    google.log.length = 0;
    await readAgain();
    expect(google.log.map(({ status }) => status)).toContain(410);
    expect(await spans()).toEqual([[at.toISOString(), later(at, 1_800_000)]]);
    expect(await statusOf()).toMatchObject({ status: 'active', problem: null });
    google.log.length = 0;
    await readAgain();
    expect(google.log.map(({ status }) => status)).not.toContain(410);
  });

  it('begins anew once a week, as the time that a token knows does not move on', async () => {
    await connect();
    await drain();
    world.gateway.clock.advance(8 * dayMs);
    google.log.length = 0;
    await refreshBusy(world.gateway.jobs.outsideCalendar);
    await drain();
    expect(readings().some((query) => query.has('timeMin'))).toBe(true);
  });

  it('replaces what the version before had read, which marked no events', async () => {
    const at = aTime();
    await connect();
    await drain();
    const [connection] = await rowsOf('calendar_connections');
    await world.gateway.database.database.asSystem('test', (trx) =>
      trx
        .insertInto('calendar_busy')
        .values({
          connection_id: connection?.id ?? '',
          doctor_id: connection?.doctor_id ?? '',
          starts_at: at,
          ends_at: new Date(at.getTime() + 1_800_000),
        })
        .execute(),
    );
    await readNow();
    expect(await spans()).toEqual([]);
  });

  it('knows repeated events one by one, whole days by the calendar’s zone, and what takes no time', async () => {
    const at = aTime();
    appoint(at, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
    const day = aTime().toISOString().slice(0, 10);
    const after = new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
    appoint(at, { start: { date: day }, end: { date: after } });
    appoint(aTime(), { transparency: 'transparent' });
    appoint(aTime(), { attendees: [{ self: true, responseStatus: 'declined' }] });
    await connect();
    await drain();
    const weekly = [0, 7, 14].map((n) => [later(at, n * dayMs), later(at, n * dayMs + 1_800_000)]);
    // Midnight in São Paulo.
    expect(await spans()).toEqual(
      [...weekly, [`${day}T03:00:00.000Z`, `${after}T03:00:00.000Z`]].sort(),
    );
    // Declined later: no longer busy.
    const [repeated] = [...(google.events.get(account)?.keys() ?? [])];
    google.calendars.edit(account, repeated ?? '', {
      attendees: [{ self: true, responseStatus: 'declined' }],
    });
    await readAgain();
    expect(await spans()).toHaveLength(1);
  });

  it('waits as long as Google asks for, with 403 and with 429', async () => {
    await connect();
    await drain();
    for (const [status, reason] of [
      [403, 'rateLimitExceeded'],
      [429, 'rateLimitExceeded'],
    ] as const) {
      const at = aTime();
      appoint(at);
      google.refuse.push({ status, reason, retryAfterSeconds: 7_200 });
      await readAgain();
      expect(await statusOf()).toMatchObject({ problem: 'limited' });
      google.log.length = 0;
      await readAgain();
      expect(google.log).toEqual([]);
      await readAgain();
      expect(await statusOf()).toMatchObject({ problem: null });
      expect(await spans()).toContainEqual([at.toISOString(), later(at, 1_800_000)]);
    }
  });

  it('renews an access token that Google no longer takes, and ends with a permission taken back', async () => {
    appoint(aTime());
    await connect();
    await drain();
    google.expireAccess();
    google.log.length = 0;
    await readNow();
    expect(google.log.map(({ status }) => status)).toEqual([401, 200]);
    expect(await statusOf()).toMatchObject({ status: 'active', problem: null });
    google.revokeAll();
    google.expireAccess();
    await readAgain();
    expect(await statusOf()).toMatchObject({ status: 'failed', synced_at: null });
    expect(await rowsOf('calendar_busy')).toEqual([]);
    expect(await rowsOf('calendar_channels')).toEqual([]);
    expect((await rowsOf('calendar_connections'))[0]?.sync_token).toBeNull();
  });

  it('of garbage keeps what was read before', async () => {
    appoint(aTime());
    await connect();
    await drain();
    google.faults.next({ kind: 'garbage_after' });
    await readAgain();
    expect(await spans()).toHaveLength(1);
    expect(await statusOf()).toMatchObject({ problem: 'unreachable' });
  });
});
