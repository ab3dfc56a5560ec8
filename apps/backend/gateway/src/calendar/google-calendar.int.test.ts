import { calendarStatus, freeSlots } from '@medcall/shared-types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AtGoogle,
  type FakeGoogle,
  startFakeGoogle,
} from '../../../../../tests/fakes/google/fake-google.ts';
import type { VendorFault } from '../../../../../tests/fakes/vendor-fault.ts';
import { sweepLate } from '../jobs/sweep.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import type { Api } from '../testing/world.ts';
import { outsideEventId } from './calendar-deps.ts';
import { refreshBusy } from './pull-busy.ts';

const account = 'medica@gmail.test';
const dayMs = 86_400_000;
let world: TwoClinics;
let google: FakeGoogle;

beforeAll(async () => {
  google = await startFakeGoogle();
  world = await twoClinics({ ...google.env, MESSAGE_TIMEOUT_MS: '3000' });
});
afterAll(async () => {
  await world?.gateway.stop();
  await google?.close();
});
beforeEach(async () => {
  // Nothing is booked and nobody is connected.
  await world.gateway.database.database.asSystem('test', (trx) =>
    trx
      .updateTable('consultations')
      .set({ status: 'CANCELLED', cancelled_at: new Date() })
      .where('status', '=', 'WAITING')
      .execute(),
  );
  await drain();
  for (const api of [world.doctor, world.otherDoctor]) await api('DELETE', '/api/calendar/google');
  google.events.clear();
  google.busy.clear();
  google.log.length = 0;
});

const drain = () => drainJobs(world.gateway, { only: ['calendar.push', 'calendar.pull'] });
/** Moves the clock past every pause and does what waits, until nothing does. */
async function settleAll(): Promise<void> {
  for (let n = 0; n < 6; n += 1) {
    world.gateway.clock.advance(60_000);
    await drain();
  }
}

async function connect(api: Api = world.doctor, person: AtGoogle = {}): Promise<string> {
  const asked = await api('POST', '/api/calendar/google/connect');
  expect(asked.status, asked.text).toBe(200);
  return comeBack(google.visit(asked.body.url, person));
}
async function comeBack(back: URL): Promise<string> {
  const answer = await fetch(`${world.gateway.url}${back.pathname}${back.search}`, {
    redirect: 'manual',
  });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '').searchParams.get('calendario') ?? '';
}
const statusOf = async (api: Api = world.doctor) =>
  calendarStatus.parse((await api('GET', '/api/calendar')).body).google;

/** Noon in São Paulo, some days from now, each booking on another day. */
let days = 2;
function aTime(): Date {
  days += 1;
  const at = new Date(world.gateway.clock.now() + days * dayMs);
  at.setUTCHours(15, 0, 0, 0);
  return at;
}
const aBooking = (at = aTime(), more: object = {}) =>
  world.aConsultation({ scheduled_at: at.toISOString(), duration_minutes: 30, ...more });
const eventsOf = (email = account) =>
  [...(google.events.get(email)?.values() ?? [])].filter(({ status }) => status === 'confirmed');
const eventOf = (id: string, email = account) => google.events.get(email)?.get(outsideEventId(id));

describe('connecting', () => {
  it('goes to Google and back with state and PKCE, and keeps the permission sealed', async () => {
    expect(await statusOf()).toMatchObject({ available: true, status: 'disconnected' });
    expect(await connect()).toBe('conectado');
    expect(await statusOf()).toMatchObject({ status: 'active', account_email: account });
    const { rows } = await world.gateway.database.database.asSystem('test', async (trx) => ({
      rows: await trx.selectFrom('calendar_connections').selectAll().execute(),
    }));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.token_sealed?.toString('latin1')).not.toContain('1//');
  });

  it('takes a state once, from who asked for it, and not for ever', async () => {
    const ask = async () =>
      google.visit((await world.doctor('POST', '/api/calendar/google/connect')).body.url);
    const back = await ask();
    expect(await comeBack(back)).toBe('conectado');
    expect(await comeBack(back)).toBe('falhou');
    const forged = await ask();
    forged.searchParams.set('state', 'of-nobody');
    expect(await comeBack(forged)).toBe('falhou');
    // A code that was asked for with another verifier: Google refuses it, and so do we.
    const [mine, theirs] = [await ask(), await ask()];
    mine.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    expect(await comeBack(mine)).toBe('recusado');
    const late = await ask();
    world.gateway.clock.advance(11 * 60_000);
    expect(await comeBack(late)).toBe('falhou');
  });

  it('says so when the doctor refuses, unticks a permission, or Google is out of order', async () => {
    expect(await connect(world.doctor, { denies: true })).toBe('recusado');
    const without = ['https://www.googleapis.com/auth/calendar.freebusy'];
    expect(await connect(world.doctor, { without })).toBe('recusado');
    google.tokenFaults.next({ kind: 'server_error_before' });
    expect(await connect()).toBe('falhou');
    expect((await statusOf()).status).toBe('disconnected');
  });

  it('is a doctor’s own: neither a colleague’s nor the administration’s', async () => {
    await connect();
    expect((await statusOf(world.otherDoctor)).status).toBe('disconnected');
    expect(code(await world.admin('POST', '/api/calendar/google/connect'))).toEqual([
      403,
      'forbidden',
    ]);
  });
});

describe('bookings in the calendar', () => {
  it('are those of before, those of after, moved and taken out with the agenda', async () => {
    const before = await aBooking();
    await connect();
    const after = await aBooking();
    const noTime = await world.aConsultation();
    await drain();
    expect(
      eventsOf()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([before, after].map(({ id }) => outsideEventId(id)).sort());
    const event = eventOf(after.id);
    expect(event).toMatchObject({ summary: 'Consulta online', visibility: 'private' });
    // A foreign company learns when, never who.
    expect(JSON.stringify(event)).not.toContain(world.joao.name);
    expect(eventOf(noTime.id)).toBeUndefined();

    const to = aTime().toISOString();
    const moved = await world.doctor('POST', `/api/consultations/${after.id}/move`, {
      scheduled_at: to,
      version: after.version,
    });
    expect(moved.status, moved.text).toBe(200);
    await world.doctor('POST', `/api/consultations/${before.id}/cancel`, { reason: 'férias' });
    await drain();
    expect(eventsOf().map(({ id, start }) => [id, start.dateTime])).toEqual([
      [outsideEventId(after.id), to],
    ]);
  });

  it('leave a former doctor’s calendar for the new one’s', async () => {
    const colleague = 'colega@gmail.test';
    await connect();
    await connect(world.otherDoctor, { email: colleague });
    const { id, version } = await aBooking();
    await drain();
    expect(eventOf(id)?.status).toBe('confirmed');
    const moved = await world.admin('POST', `/api/consultations/${id}/move`, {
      scheduled_at: aTime().toISOString(),
      doctor_id: world.clinic.otherDoctor.medicoId,
      version,
    });
    expect(moved.status, moved.text).toBe(200);
    await drain();
    expect(eventOf(id)?.status).toBe('cancelled');
    expect(eventOf(id, colleague)?.status).toBe('confirmed');
  });

  const faults: VendorFault['kind'][] = [
    'server_error_before',
    'server_error_after',
    'cut_off_before',
    'cut_off_after',
    'hang_after',
    'garbage_after',
  ];
  it.each(faults)('stand there once after %s', async (kind) => {
    await connect();
    await drain();
    google.faults.next({ kind } as VendorFault);
    const { id } = await aBooking();
    await drain();
    await settleAll();
    expect(eventOf(id)).toMatchObject({ status: 'confirmed', inserts: 1 });
    expect(eventsOf()).toHaveLength(1);
    // And the same for taking it out.
    google.faults.next({ kind } as VendorFault);
    await world.doctor('POST', `/api/consultations/${id}/cancel`, {});
    await drain();
    await settleAll();
    expect(eventOf(id)?.status).toBe('cancelled');
  });

  it('wait as long as Google asks for under its limits', async () => {
    await connect();
    await drain();
    google.refuse.push({ status: 403, reason: 'rateLimitExceeded', retryAfterSeconds: 120 });
    const { id } = await aBooking();
    await drain();
    world.gateway.clock.advance(60_000);
    await drain();
    expect(eventOf(id)).toBeUndefined();
    world.gateway.clock.advance(61_000);
    await drain();
    expect(eventOf(id)?.status).toBe('confirmed');
  });

  it('come back when somebody deleted them there and the agenda moves them', async () => {
    await connect();
    const { id, version } = await aBooking();
    await drain();
    const event = eventOf(id);
    if (event) event.status = 'cancelled';
    const scheduled_at = aTime().toISOString();
    await world.doctor('POST', `/api/consultations/${id}/move`, { scheduled_at, version });
    await drain();
    expect(eventOf(id)).toMatchObject({ status: 'confirmed', start: { dateTime: scheduled_at } });
  });

  it('end as the agenda says when it changes while a try is under way', async () => {
    await connect();
    await drain();
    const { id, version } = await aBooking();
    const to = aTime().toISOString();
    // The first try arrives, but nobody hears of it: a second one comes with the newer time.
    google.faults.next({ kind: 'hang_after' });
    await drainJobs(world.gateway, { only: ['calendar.push'], most: 1 });
    await world.doctor('POST', `/api/consultations/${id}/move`, { scheduled_at: to, version });
    await settleAll();
    expect(eventOf(id)).toMatchObject({ inserts: 1, start: { dateTime: to } });
  });

  it('renew an access token that ended, without a word to anybody', async () => {
    await connect();
    await drain();
    google.expireAccess();
    const { id } = await aBooking();
    await drain();
    expect(eventOf(id)?.status).toBe('confirmed');
  });

  it('stop when the permission was taken back, which the doctor sees', async () => {
    google.busy.set(account, [{ start: aTime().toISOString(), end: aTime().toISOString() }]);
    await connect();
    await drain();
    google.revokeAll();
    google.expireAccess();
    await aBooking();
    await drain();
    expect((await statusOf()).status).toBe('failed');
    const busy = await world.gateway.database.database.asSystem('test', (trx) =>
      trx.selectFrom('calendar_busy').select('id').execute(),
    );
    expect(busy).toEqual([]);
    expect(await connect()).toBe('conectado');
    await drain();
    expect(eventsOf().length).toBeGreaterThan(0);
  });
});

describe('a permission that ended and came back', () => {
  /** A booking that stands in the calendar, and Google then takes the connection no more. */
  async function aLostConnection() {
    await connect();
    const made = await aBooking();
    await drain();
    expect(eventOf(made.id)?.status).toBe('confirmed');
    google.revokeAll();
    google.expireAccess();
    world.gateway.clock.advance(6 * 60_000);
    await refreshBusy(world.gateway.container.outsideCalendar);
    await drain();
    expect((await statusOf()).status).toBe('failed');
    return made;
  }

  it('takes out what was cancelled in between', async () => {
    const { id } = await aLostConnection();
    await world.doctor('POST', `/api/consultations/${id}/cancel`, {});
    await drain();
    expect(eventOf(id)?.status).toBe('confirmed');
    await connect();
    await drain();
    expect(eventOf(id)?.status).toBe('cancelled');
  });

  it('takes out what another doctor has now', async () => {
    const { id, version } = await aLostConnection();
    const moved = await world.admin('POST', `/api/consultations/${id}/move`, {
      scheduled_at: aTime().toISOString(),
      doctor_id: world.clinic.otherDoctor.medicoId,
      version,
    });
    expect(moved.status, moved.text).toBe(200);
    await connect();
    await drain();
    expect(eventOf(id)?.status).toBe('cancelled');
  });

  it('is another account’s: nothing of the first is asked of it', async () => {
    const { id } = await aLostConnection();
    await world.doctor('POST', `/api/consultations/${id}/cancel`, {});
    google.log.length = 0;
    await connect(world.doctor, { email: 'outra@gmail.test' });
    await drain();
    expect(google.log.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });
});

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
    google.busy.set(account, [
      { start: iso, end: new Date(at.getTime() + 1_800_000).toISOString() },
    ]);
    await connect();
    await drain();
    expect(await slotsOn(at)).not.toContain(iso);
    google.busy.clear();
    world.gateway.clock.advance(6 * 60_000);
    await refreshBusy(world.gateway.container.outsideCalendar);
    await drain();
    expect(await slotsOn(at)).toContain(iso);
  });

  it('stay as they were read while Google does not answer', async () => {
    const at = aTime();
    const iso = at.toISOString();
    google.busy.set(account, [
      { start: iso, end: new Date(at.getTime() + 1_800_000).toISOString() },
    ]);
    await connect();
    await drain();
    world.gateway.clock.advance(6 * 60_000);
    google.faults.next({ kind: 'server_error_before' });
    await refreshBusy(world.gateway.container.outsideCalendar);
    expect(await drain()).toMatchObject([{ kind: 'calendar.pull' }]);
    expect(await slotsOn(at)).not.toContain(iso);
  });

  it('free the slot of a booking that was cancelled, though its event was busy too', async () => {
    await connect();
    const at = aTime();
    const { id } = await aBooking(at);
    await drain();
    expect(await slotsOn(at)).not.toContain(at.toISOString());
    await world.doctor('POST', `/api/consultations/${id}/cancel`, {});
    await drain();
    expect(await slotsOn(at)).toContain(at.toISOString());
  });
});

describe('disconnecting', () => {
  it('forgets token, account and busy times, here and at Google', async () => {
    const at = aTime();
    google.busy.set(account, [
      { start: at.toISOString(), end: new Date(at.getTime() + 1_800_000).toISOString() },
    ]);
    await connect();
    await aBooking();
    await drain();
    const permissions = google.permissions();
    expect((await world.doctor('DELETE', '/api/calendar/google')).status).toBe(204);
    expect(google.permissions()).toBe(permissions - 1);
    expect(await statusOf()).toMatchObject({ status: 'disconnected', account_email: null });
    const left = await world.gateway.database.database.asSystem('test', async (trx) => [
      ...(await trx.selectFrom('calendar_connections').select('id').execute()),
      ...(await trx.selectFrom('calendar_busy').select('id').execute()),
      ...(await trx.selectFrom('calendar_events').select('state').execute()),
    ]);
    expect(left).toEqual([]);
    google.log.length = 0;
    await aBooking();
    await drain();
    expect(google.log).toEqual([]);
    // Connected again with the same account: the events are the same ones, not second ones.
    await connect();
    await drain();
    expect(
      [...(google.events.get(account)?.values() ?? [])].every(({ inserts }) => inserts === 1),
    ).toBe(true);
    expect((await world.doctor('DELETE', '/api/calendar/google')).status).toBe(204);
    expect((await world.doctor('DELETE', '/api/calendar/google')).status).toBe(204);
  });
});

describe('a doctor who leaves the clinic', () => {
  it('is forgotten with his permission, here and at Google, however often it takes', async () => {
    await connect(world.otherDoctor, { email: 'sai@gmail.test' });
    await drain();
    const { container, database } = world.gateway;
    const connections = () =>
      database.database.asSystem('test', (trx) =>
        trx.selectFrom('calendar_connections').select('busy_due_at').execute(),
      );
    const path = `/api/clinic/doctors/${world.clinic.otherDoctor.medicoId}/deactivate`;
    // A reading that waits finds nothing to read, and is not due any more.
    world.gateway.clock.advance(6 * 60_000);
    await refreshBusy(container.outsideCalendar);
    expect((await world.admin('POST', path)).status).toBe(200);
    google.log.length = 0;
    await drain();
    expect(await connections()).toEqual([{ busy_due_at: null }]);
    world.gateway.clock.advance(6 * 60_000);
    await refreshBusy(container.outsideCalendar);
    expect(await drain()).toEqual([]);
    expect(google.log).toEqual([]);

    const permissions = google.permissions();
    google.revokeFaults.next({ kind: 'server_error_before' });
    const leave = () => drainJobs(world.gateway, { only: ['member.removed'] });
    expect(await leave()).toMatchObject([{ failed: { code: 'unavailable' } }]);
    expect(google.permissions()).toBe(permissions);
    // What was put aside is asked for again.
    await sweepLate(container.db, Date.now() + dayMs);
    expect((await leave()).map(({ failed }) => failed)).toEqual([undefined]);
    expect(google.permissions()).toBe(permissions - 1);
    expect(await connections()).toEqual([]);
  });
});

describe('without a client at Google', () => {
  it('there is nothing to connect', async () => {
    const other = await twoClinics();
    try {
      const { body } = await other.doctor('GET', '/api/calendar');
      expect(body.google.available).toBe(false);
      const asked = await other.doctor('POST', '/api/calendar/google/connect');
      expect(code(asked)).toEqual([503, 'unavailable']);
    } finally {
      await other.gateway.stop();
    }
  });
});
