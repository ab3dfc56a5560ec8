import { calendarConflicts, consultation } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import {
  aBooking,
  account,
  appoint,
  aTime,
  connect,
  drain,
  eventOf,
  google,
  readAgain,
  rowsOf,
  settleAll,
  useGoogleWorld,
  world,
} from '../testing/google-world.ts';
import { code } from '../testing/two-clinics.ts';
import type { Api } from '../testing/world.ts';
import { outsideEventId } from './calendar-deps.ts';

useGoogleWorld();

const conflicts = async (api: Api = world.doctor) => {
  const answer = await api('GET', '/api/calendar/google/conflicts');
  expect(answer.status, answer.text).toBe(200);
  return calendarConflicts.parse(answer.body).items;
};
const keep = (id: string, api: Api = world.doctor) =>
  api('POST', `/api/calendar/google/conflicts/${id}/keep`);
const bookingOf = async (id: string) =>
  consultation.parse((await world.doctor('GET', `/api/consultations/${id}`)).body);
const end = (at: Date) => new Date(at.getTime() + 1_800_000);
const times = (at: Date) => ({
  start: { dateTime: at.toISOString() },
  end: { dateTime: end(at).toISOString() },
});
const moveThere = (id: string, at: Date) =>
  google.calendars.edit(account, outsideEventId(id), times(at));
const deleteThere = (id: string) => google.calendars.remove(account, outsideEventId(id));
const moveHere = (id: string, at: Date, version: number) =>
  world.doctor('POST', `/api/consultations/${id}/move`, {
    scheduled_at: at.toISOString(),
    version,
  });

/** A booking that stands in Google, and was read there. */
async function aBookingThere() {
  await connect();
  const made = await aBooking();
  await drain();
  await readAgain();
  expect(await conflicts()).toEqual([]);
  return made;
}

describe('a booking that the doctor moves in Google', () => {
  it('stays where it is in the agenda, and is shown with the time that he gave it there', async () => {
    const { id, scheduled_at, version } = await aBookingThere();
    const to = aTime();
    moveThere(id, to);
    await readAgain();
    expect(await conflicts()).toEqual([
      {
        consultation_id: id,
        scheduled_at,
        duration_minutes: 30,
        kind: 'moved',
        starts_at: to.toISOString(),
        ends_at: end(to).toISOString(),
      },
    ]);
    expect(await bookingOf(id)).toMatchObject({ scheduled_at, version, status: 'WAITING' });
    // Nothing is booked over either of the two times.
    expect(await rowsOf('calendar_busy')).toMatchObject([{ starts_at: to, consultation_id: id }]);
  });

  it('moves in the agenda when he says so, by the rules of every move', async () => {
    const { id, version } = await aBookingThere();
    const to = aTime();
    moveThere(id, to);
    await readAgain();
    const moved = await moveHere(id, to, version);
    expect(moved.status, moved.text).toBe(200);
    expect(await conflicts()).toEqual([]);
    await drain();
    await readAgain();
    expect(eventOf(id)?.start.dateTime).toBe(to.toISOString());
    expect(await rowsOf('calendar_changes')).toEqual([]);
    expect(await rowsOf('calendar_busy')).toEqual([]);
  });

  it('made longer there, is so long in the agenda too when he says so', async () => {
    const { id, scheduled_at, version } = await aBookingThere();
    const from = Date.parse(scheduled_at ?? '');
    const until = new Date(from + 50 * 60_000).toISOString();
    google.calendars.edit(account, outsideEventId(id), { end: { dateTime: until } });
    await readAgain();
    expect(await conflicts()).toMatchObject([
      { kind: 'moved', duration_minutes: 30, starts_at: scheduled_at, ends_at: until },
    ]);
    const longer = { scheduled_at, duration_minutes: 50, version };
    expect((await world.doctor('POST', `/api/consultations/${id}/move`, longer)).status).toBe(200);
    expect(await conflicts()).toEqual([]);
    await drain();
    await readAgain();
    expect(eventOf(id)?.end.dateTime).toBe(until);
    expect(await conflicts()).toEqual([]);
  });

  it('goes back there when he says that the agenda is right', async () => {
    const { id, scheduled_at } = await aBookingThere();
    moveThere(id, aTime());
    await readAgain();
    expect((await keep(id)).status).toBe(204);
    expect(await conflicts()).toEqual([]);
    await drain();
    await readAgain();
    expect(eventOf(id)?.start.dateTime).toBe(scheduled_at);
    expect([await conflicts(), await rowsOf('calendar_busy')]).toEqual([[], []]);
    expect(code(await keep(id))).toEqual([404, 'not_found']);
  });

  it('is no matter any more when he moves it back there himself', async () => {
    const { id, scheduled_at } = await aBookingThere();
    moveThere(id, aTime());
    await readAgain();
    expect(await conflicts()).toHaveLength(1);
    moveThere(id, new Date(scheduled_at ?? ''));
    await readAgain();
    expect(await conflicts()).toEqual([]);
  });

  it('takes nobody’s place: where another patient is, moving there is refused', async () => {
    const { id, version } = await aBookingThere();
    const to = aTime();
    await aBooking(to);
    await drain();
    moveThere(id, to);
    await readAgain();
    expect((await conflicts()).filter(({ kind }) => kind === 'moved')).toHaveLength(1);
    expect(code(await moveHere(id, to, version))).toEqual([409, 'conflict']);
    expect(await bookingOf(id)).toMatchObject({ version });
  });
});

describe('a booking that the doctor deletes in Google', () => {
  it('is not cancelled: it is shown, and put back when he keeps it', async () => {
    const { id, scheduled_at } = await aBookingThere();
    deleteThere(id);
    await readAgain();
    expect(await conflicts()).toEqual([
      {
        consultation_id: id,
        scheduled_at,
        duration_minutes: 30,
        kind: 'deleted',
        starts_at: null,
        ends_at: null,
      },
    ]);
    expect(await bookingOf(id)).toMatchObject({ status: 'WAITING', scheduled_at });
    expect((await keep(id)).status).toBe(204);
    await drain();
    expect(eventOf(id)).toMatchObject({ status: 'confirmed', inserts: 1 });
    await readAgain();
    expect(await conflicts()).toEqual([]);
  });

  it('is seen also when Google has forgotten where the last reading ended', async () => {
    const { id } = await aBookingThere();
    deleteThere(id);
    google.calendars.forgetSyncTokens();
    await readAgain();
    expect(await conflicts()).toMatchObject([{ consultation_id: id, kind: 'deleted' }]);
  });

  it('is over with its time, decided or not', async () => {
    const { id, scheduled_at } = await aBookingThere();
    deleteThere(id);
    await readAgain();
    world.gateway.clock.advance(Date.parse(scheduled_at ?? '') - world.gateway.clock.now());
    google.calendars.forgetSyncTokens();
    await readAgain();
    expect(await rowsOf('calendar_changes')).toEqual([]);
  });

  it('is over when the agenda cancels it', async () => {
    const { id } = await aBookingThere();
    deleteThere(id);
    await readAgain();
    await world.doctor('POST', `/api/consultations/${id}/cancel`, {});
    expect(await conflicts()).toEqual([]);
    await drain();
    expect(await rowsOf('calendar_changes')).toEqual([]);
  });
});

describe('a booking that both change', () => {
  it('stands where the agenda put it, and the doctor is told where he had put it', async () => {
    const { id, version } = await aBookingThere();
    const [there, here] = [aTime(), aTime()];
    moveThere(id, there);
    await moveHere(id, here, version);
    google.log.length = 0;
    await drain();
    // Google refuses the first write: the event is another than the one that we wrote.
    expect(google.log.map(({ method, status }) => [method, status]).slice(0, 3)).toEqual([
      ['PUT', 412],
      ['GET', 200],
      ['PUT', 200],
    ]);
    expect(eventOf(id)?.start.dateTime).toBe(here.toISOString());
    const told = {
      consultation_id: id,
      scheduled_at: here.toISOString(),
      duration_minutes: 30,
      kind: 'overruled',
      starts_at: there.toISOString(),
      ends_at: end(there).toISOString(),
    };
    expect(await conflicts()).toEqual([told]);
    await readAgain();
    expect(await conflicts()).toEqual([told]);
    google.log.length = 0;
    expect((await keep(id)).status).toBe(204);
    await drain();
    expect(google.log.filter(({ method }) => method === 'PUT')).toEqual([]);
    expect(await conflicts()).toEqual([]);
  });

  it('is looked at before it is written over, also where nobody knows how it was written', async () => {
    const { id, version } = await aBookingThere();
    await world.gateway.database.database.asSystem('test', (trx) =>
      trx.updateTable('calendar_events').set({ etag: null }).execute(),
    );
    const [there, here] = [aTime(), aTime()];
    moveThere(id, there);
    await moveHere(id, here, version);
    google.log.length = 0;
    await drain();
    expect(google.log.map(({ method, status }) => [method, status]).slice(0, 3)).toEqual([
      ['POST', 409],
      ['GET', 200],
      ['PUT', 200],
    ]);
    expect(eventOf(id)?.start.dateTime).toBe(here.toISOString());
    expect(await conflicts()).toMatchObject([
      { kind: 'overruled', starts_at: there.toISOString(), ends_at: end(there).toISOString() },
    ]);
  });

  it('was deleted by nobody where we took it out ourselves, for another doctor who gave it back', async () => {
    const { id, version } = await aBookingThere();
    const moveTo = async (doctorId: string | null, seen: number) => {
      const moved = await world.admin('POST', `/api/consultations/${id}/move`, {
        scheduled_at: aTime().toISOString(),
        doctor_id: doctorId,
        version: seen,
      });
      expect(moved.status, moved.text).toBe(200);
      await drain();
    };
    await moveTo(world.clinic.otherDoctor.medicoId, version);
    expect(eventOf(id)?.status).toBe('cancelled');
    await moveTo(world.clinic.doctor.medicoId, version + 1);
    expect(eventOf(id)?.status).toBe('confirmed');
    expect(await conflicts()).toEqual([]);
  });

  it('and made a whole day there, is a day of the clinic’s own zone', async () => {
    const { id, version } = await aBookingThere();
    const at = aTime();
    const day = at.toISOString().slice(0, 10);
    const after = new Date(at.getTime() + 86_400_000).toISOString().slice(0, 10);
    google.calendars.edit(account, outsideEventId(id), {
      start: { date: day },
      end: { date: after },
    });
    await moveHere(id, aTime(), version);
    await drain();
    expect(await conflicts()).toMatchObject([
      {
        kind: 'overruled',
        starts_at: `${day}T03:00:00.000Z`,
        ends_at: `${after}T03:00:00.000Z`,
      },
    ]);
  });

  it('comes back there, deleted in Google and moved in the agenda', async () => {
    const { id, version } = await aBookingThere();
    const here = aTime();
    deleteThere(id);
    await moveHere(id, here, version);
    await drain();
    expect(eventOf(id)).toMatchObject({
      status: 'confirmed',
      start: { dateTime: here.toISOString() },
    });
    expect(await conflicts()).toMatchObject([{ kind: 'overruled', starts_at: null }]);
  });

  it('was changed by nobody where he gave it another colour, or our own answer was lost', async () => {
    const { id, version } = await aBookingThere();
    google.calendars.edit(account, outsideEventId(id), { summary: 'Consulta (azul)' });
    await moveHere(id, aTime(), version);
    await drain();
    expect(await conflicts()).toEqual([]);
    // Written, and nobody heard of it; then the agenda moves on.
    google.faults.next({ kind: 'server_error_after' });
    await moveHere(id, aTime(), version + 1);
    await drain();
    const to = aTime();
    await moveHere(id, to, version + 2);
    await settleAll();
    expect(eventOf(id)?.start.dateTime).toBe(to.toISOString());
    expect(await conflicts()).toEqual([]);
  });
});

describe('another appointment at the time of a booking', () => {
  it('is shown by its time alone, to the doctor alone', async () => {
    const { id, scheduled_at } = await aBookingThere();
    const at = new Date(scheduled_at ?? '');
    appoint(at);
    await readAgain();
    expect(await conflicts()).toEqual([
      {
        consultation_id: id,
        scheduled_at,
        duration_minutes: 30,
        kind: 'busy',
        starts_at: at.toISOString(),
        ends_at: end(at).toISOString(),
      },
    ]);
    expect(await conflicts(world.otherDoctor)).toEqual([]);
    expect(await conflicts(world.stranger)).toEqual([]);
    expect(code(await world.admin('GET', '/api/calendar/google/conflicts'))).toEqual([
      403,
      'forbidden',
    ]);
  });
});

describe('what a colleague does with it', () => {
  it('is nothing: a change in a private calendar is its doctor’s', async () => {
    const { id } = await aBookingThere();
    deleteThere(id);
    await readAgain();
    expect(code(await keep(id, world.otherDoctor))).toEqual([404, 'not_found']);
    expect(code(await keep(id, world.stranger))).toEqual([404, 'not_found']);
    expect(await conflicts()).toHaveLength(1);
  });
});
