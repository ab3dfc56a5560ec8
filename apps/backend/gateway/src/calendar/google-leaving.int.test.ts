import { type Consultation, consultation } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import { sweepLate } from '../jobs/sweep.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import {
  aTime,
  connect,
  dayMs,
  drain,
  eventsOf,
  google,
  useGoogleWorld,
  world,
} from '../testing/google-world.ts';
import { aDoctorOf, apiOf, signIn } from '../testing/world.ts';
import { outsideEventId } from './calendar-deps.ts';
import { refreshBusy } from './read-calendar.ts';

useGoogleWorld();

describe('a doctor who leaves the clinic', () => {
  it('is forgotten with his permission, here and at Google, however often it takes', async () => {
    await connect(world.otherDoctor, { email: 'sai@gmail.test' });
    await drain();
    const { database, jobs } = world.gateway;
    const connections = () =>
      database.database.asSystem('test', (trx) =>
        trx.selectFrom('calendar_connections').select('busy_due_at').execute(),
      );
    const path = `/api/clinic/doctors/${world.clinic.otherDoctor.medicoId}/deactivate`;
    // A reading that waits finds nothing to read, and is not due any more.
    world.gateway.clock.advance(61 * 60_000);
    await refreshBusy(jobs.outsideCalendar);
    expect((await world.admin('POST', path)).status).toBe(200);
    expect(await connections()).toMatchObject([{ busy_due_at: expect.any(Date) }]);
    google.log.length = 0;
    await drain();
    expect(await connections()).toEqual([{ busy_due_at: null }]);
    world.gateway.clock.advance(61 * 60_000);
    await refreshBusy(jobs.outsideCalendar);
    expect(await drain()).toEqual([]);
    expect(google.log).toEqual([]);

    const permissions = google.permissions();
    google.revokeFaults.next({ kind: 'server_error_before' });
    const leave = () => drainJobs(world.gateway, { only: ['member.removed'] });
    expect(await leave()).toMatchObject([{ failed: { code: 'unavailable' } }]);
    expect(google.permissions()).toBe(permissions);
    // What was put aside is asked for again.
    await sweepLate(jobs.db, Date.now() + dayMs);
    expect((await leave()).map(({ failed }) => failed)).toEqual([undefined]);
    expect(google.permissions()).toBe(permissions - 1);
    expect(google.channels.open.size).toBe(0);
    expect(await connections()).toEqual([]);
  });

  it('has no booking of the clinic in his private calendar any more, and keeps what is his', async () => {
    const { clinic, gateway } = world;
    const person = await aDoctorOf(gateway, clinic.id);
    const api = apiOf(gateway, await signIn(gateway, person));
    const email = 'parte@gmail.test';
    expect(await connect(api, { email })).toBe('connected');
    const booked: Consultation[] = [];
    for (let n = 0; n < 3; n += 1) {
      const made = await world.admin('POST', '/api/consultations', {
        patient_id: world.joao.id,
        doctor_id: person.medicoId,
        type: 'ONLINE',
        scheduled_at: aTime().toISOString(),
      });
      expect(made.status, made.text).toBe(201);
      booked.push(consultation.parse(made.body));
    }
    await drain();
    expect(eventsOf(email)).toHaveLength(3);
    const past = booked[0]?.id ?? '';
    await world.gateway.database.database.asSystem('test', (trx) =>
      trx
        .updateTable('consultations')
        .set({ scheduled_at: new Date(gateway.clock.now() - dayMs) })
        .where('id', '=', past)
        .execute(),
    );
    const path = `/api/clinic/doctors/${person.medicoId}/deactivate`;
    expect((await world.admin('POST', path)).status).toBe(200);
    const leave = () => drainJobs(gateway, { only: ['member.removed'] });
    const permissions = google.permissions();
    // Google is away after the first: the job is asked for again and does what is left.
    google.faults.next({ kind: 'server_error_before' });
    expect(await leave()).toMatchObject([{ failed: { code: 'unavailable' } }]);
    expect([eventsOf(email).length, google.permissions()]).toEqual([3, permissions]);
    gateway.clock.advance(2 * 60 * 60_000);
    await sweepLate(gateway.jobs.db, gateway.clock.now() + dayMs);
    expect((await leave()).map(({ failed }) => failed)).toEqual([undefined]);
    expect(eventsOf(email).map(({ id }) => id)).toEqual([outsideEventId(past)]);
    expect(google.permissions()).toBe(permissions - 1);
  });
});
