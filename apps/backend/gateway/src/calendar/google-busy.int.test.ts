import { freeSlots } from '@medcall/shared-types';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  aBooking,
  account,
  aTime,
  connect,
  drain,
  google,
  useGoogleWorld,
  world,
} from '../testing/google-world.ts';
import { refreshBusy } from './pull-busy.ts';

useGoogleWorld();

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
    await refreshBusy(world.gateway.jobs.outsideCalendar);
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
    await refreshBusy(world.gateway.jobs.outsideCalendar);
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
