import { describe, expect, it } from 'vitest';
import type { VendorFault } from '../../../../../tests/fakes/vendor-fault.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import {
  aBooking,
  account,
  appoint,
  aTime,
  connect,
  drain,
  eventOf,
  eventsOf,
  google,
  readAgain,
  settleAll,
  statusOf,
  useGoogleWorld,
  world,
} from '../testing/google-world.ts';
import { outsideEventId } from './calendar-deps.ts';

useGoogleWorld();

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
    google.calendars.remove(account, outsideEventId(id));
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
    appoint(aTime());
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
    expect(await connect()).toBe('connected');
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
    await readAgain();
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
