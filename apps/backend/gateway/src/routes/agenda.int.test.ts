import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainJobs } from '../testing/drain-jobs.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { aPatient, apiOf } from '../testing/world.ts';

let world: TwoClinics;
beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

/** Every weekday, so that no test depends on the day on which it runs. */
const everyDay = (start: string, end: string, slot = 30) =>
  [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start, end, slot_minutes: slot }));

async function withHours(hours: unknown[], more: object = {}) {
  const { body: before } = await world.doctor('GET', '/api/availability');
  const answer = await world.doctor('PUT', '/api/availability', {
    version: before.version,
    hours,
    ...more,
  });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

async function slotsOn(date: string, more = ''): Promise<string[]> {
  const answer = await world.doctor('GET', `/api/availability/slots?from=${date}&days=1${more}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.days[0].slots.map(({ local }: { local: string }) => local);
}

async function setClinic(values: { timezone?: string; opening_hours?: unknown }): Promise<void> {
  await world.gateway.database.database.asSystem('arrange a test', (trx) =>
    trx
      .updateTable('clinicas')
      .set({
        ...(values.timezone ? { timezone: values.timezone } : {}),
        ...(values.opening_hours ? { opening_hours: JSON.stringify(values.opening_hours) } : {}),
      })
      .where('id', '=', world.clinic.id)
      .execute(),
  );
}

describe('the hours of a doctor', () => {
  it('are replaced by who saw the current version', async () => {
    const before = (await world.doctor('GET', '/api/availability')).body;
    const body = { version: before.version, hours: everyDay('08:00', '12:00') };
    const [first, second] = await Promise.all([
      world.doctor('PUT', '/api/availability', body),
      world.admin('PUT', '/api/availability', {
        ...body,
        doctor_id: world.clinic.doctor.medicoId,
      }),
    ]);
    const [won, lost] = first.status === 200 ? [first, second] : [second, first];
    expect(won.body).toMatchObject({ version: before.version + 1, hours: body.hours });
    expect(code(lost)).toEqual([409, 'version_conflict']);
    expect(lost.body.error.details).toEqual({ version: before.version + 1 });
  });

  it('may not overlap, and end after they begin', async () => {
    const day = { weekday: 2, slot_minutes: 20 };
    for (const hours of [
      [
        { ...day, start: '08:00', end: '12:00' },
        { ...day, start: '11:30', end: '13:00' },
      ],
      [{ ...day, start: '12:00', end: '08:00' }],
    ]) {
      const answer = await world.doctor('PUT', '/api/availability', { version: 1, hours });
      expect(code(answer)).toEqual([400, 'validation_failed']);
    }
  });

  it("are the doctor's own and the administration's to change, and the clinic's to read", async () => {
    const doctor_id = world.clinic.doctor.medicoId;
    const body = { doctor_id, version: 1, hours: [] };
    const path = `/api/availability?doctor_id=${doctor_id}`;
    expect((await world.otherDoctor('GET', path)).status).toBe(200);
    expect(code(await world.otherDoctor('PUT', '/api/availability', body))).toEqual([
      404,
      'not_found',
    ]);
    expect(code(await world.stranger('GET', path))).toEqual([404, 'not_found']);
    expect(code(await world.strangerAdmin('PUT', '/api/availability', body))).toEqual([
      404,
      'not_found',
    ]);
  });
});

describe('free slots', () => {
  it('follow the weekly hours, without what is booked, blocked or closed, and with extra hours', async () => {
    await withHours(everyDay('08:00', '10:00'));
    expect(await slotsOn('2031-03-04')).toEqual(['08:00', '08:30', '09:00', '09:30']);
    await world.aConsultation({ scheduled_at: '2031-03-04T08:45:00-03:00', duration_minutes: 20 });
    expect(await slotsOn('2031-03-04')).toEqual(['08:00', '09:30']);
    expect(await slotsOn('2031-03-04', '&duration_minutes=45')).toEqual(['08:00']);

    const block = await world.doctor('POST', '/api/availability/exceptions', {
      kind: 'blocked',
      start: '2031-03-04T08:50',
      end: '2031-03-04T12:00',
      reason: 'congresso',
    });
    expect(block.status, block.text).toBe(201);
    expect(block.body.exception).toMatchObject({ starts_at: '2031-03-04T11:50:00.000Z' });
    expect(block.body.conflicts).toHaveLength(1);
    expect(await slotsOn('2031-03-04')).toEqual(['08:00']);
    const extra = await world.doctor('POST', '/api/availability/exceptions', {
      kind: 'extra',
      start: '2031-03-04T19:00',
      end: '2031-03-04T20:00',
    });
    expect(await slotsOn('2031-03-04')).toEqual(['08:00', '19:00', '19:30']);

    await setClinic({ opening_hours: [{ weekday: 2, start: '08:30', end: '18:00' }] });
    expect(await slotsOn('2031-03-04')).toEqual(['19:00', '19:30']);
    expect(await slotsOn('2031-03-05')).toEqual([]);
    await setClinic({ opening_hours: [] });
    for (const { id } of [block.body.exception, extra.body.exception]) {
      expect((await world.doctor('DELETE', `/api/availability/exceptions/${id}`)).status).toBe(204);
    }
    expect(await slotsOn('2031-03-04')).toEqual(['08:00', '09:30']);
  });

  it('begin in the future', async () => {
    await withHours(everyDay('00:00', '24:00', 60));
    const now = world.gateway.clock.now();
    const days = (
      await world.doctor(
        'GET',
        `/api/availability/slots?from=${new Date(now - 864e5).toISOString().slice(0, 10)}&days=3`,
      )
    ).body.days;
    const first = days.flatMap((one: { slots: { starts_at: string }[] }) => one.slots)[0];
    expect(Date.parse(first.starts_at)).toBeGreaterThan(now);
    expect(Date.parse(first.starts_at)).toBeLessThanOrEqual(now + 2 * 3_600_000);
  });

  it('count the hours that a change of clocks leaves, in the time zone of the clinic', async () => {
    await setClinic({ timezone: 'America/New_York' });
    try {
      await withHours(everyDay('01:00', '04:00', 30));
      // 2031-03-09: 02:00 becomes 03:00. 2031-11-02: 02:00 becomes 01:00 again.
      expect(await slotsOn('2031-03-08')).toHaveLength(6);
      expect(await slotsOn('2031-03-09')).toEqual(['01:00', '01:30', '03:00', '03:30']);
      const { body } = await world.doctor('GET', '/api/availability/slots?from=2031-11-02&days=1');
      const starts = body.days[0].slots.map(({ starts_at }: { starts_at: string }) => starts_at);
      expect(new Set(starts).size).toBe(starts.length);
      // Swallowed whole: from 02:10 to 02:50 there is no time on that day.
      await withHours(everyDay('02:10', '02:50', 30));
      const all = await slotsOn('2031-03-09');
      expect(all.length).toBeLessThanOrEqual(1);
    } finally {
      await setClinic({ timezone: 'America/Sao_Paulo' });
    }
  });
});

describe('bookings', () => {
  it('of a hundred for one slot one wins, ninety-nine are told that it is taken', async () => {
    const patient = await aPatient(world.gateway, world.clinic);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        world.doctor('POST', '/api/consultations', {
          patient_id: patient.id,
          type: 'ONLINE',
          scheduled_at: '2031-05-05T13:00:00Z',
        }),
      ),
    );
    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status !== 201);
    expect(won).toHaveLength(1);
    for (const answer of lost) {
      expect(code(answer)).toEqual([409, 'conflict']);
      expect(answer.body.error.details).toEqual({ reason: 'slot_taken' });
    }
  }, 120_000);

  it('move for who saw them as they are, and to a free slot only', async () => {
    const one = await world.aConsultation({ scheduled_at: '2031-06-02T12:00:00Z' });
    const other = await world.aConsultation({ scheduled_at: '2031-06-02T13:00:00Z' });
    const move = (body: object) => world.doctor('POST', `/api/consultations/${one.id}/move`, body);
    const taken = await move({ scheduled_at: other.scheduled_at, version: one.version });
    expect([...code(taken), taken.body.error.details.reason]).toEqual([
      409,
      'conflict',
      'slot_taken',
    ]);
    const moved = await move({ scheduled_at: '2031-06-02T15:00:00Z', version: one.version });
    expect(moved.body).toMatchObject({
      scheduled_at: '2031-06-02T15:00:00.000Z',
      version: one.version + 1,
    });
    const late = await move({ scheduled_at: '2031-06-02T16:00:00Z', version: one.version });
    expect(code(late)).toEqual([409, 'version_conflict']);
    expect(late.body.error.details).toEqual({ version: one.version + 1 });
    // What the agenda does not show makes no new version.
    const patched = await world.doctor('PATCH', `/api/consultations/${one.id}`, {
      ai_enabled: false,
    });
    expect(patched.body.version).toBe(one.version + 1);
  });

  it('go to another doctor by the administration alone', async () => {
    const one = await world.aConsultation({ scheduled_at: '2031-06-03T12:00:00Z' });
    const body = {
      scheduled_at: one.scheduled_at,
      doctor_id: world.clinic.otherDoctor.medicoId,
      version: one.version,
    };
    const path = `/api/consultations/${one.id}/move`;
    expect(code(await world.doctor('POST', path, body))).toEqual([403, 'forbidden']);
    const foreign = { ...body, doctor_id: world.foreign.doctor.medicoId };
    expect(code(await world.admin('POST', path, foreign))).toEqual([404, 'not_found']);
    expect((await world.admin('POST', path, body)).body.doctor_id).toBe(body.doctor_id);
    expect((await world.otherDoctor('GET', `/api/consultations/${one.id}`)).status).toBe(200);
  });

  it('return to a consultation of the same patient that took place', async () => {
    const earlier = await world.aConsultation();
    const body = { patient_id: world.joao.id, type: 'ONLINE', return_of: earlier.id };
    expect(code(await world.doctor('POST', '/api/consultations', body))).toEqual([409, 'conflict']);
    await world.gateway.database.database.asSystem('arrange a test', (trx) =>
      trx
        .updateTable('consultations')
        .set({ status: 'COMPLETED' })
        .where('id', '=', earlier.id)
        .execute(),
    );
    const made = await world.doctor('POST', '/api/consultations', body);
    expect(made.body).toMatchObject({ return_of: earlier.id, booked_by: 'clinic' });
    const somebody = await aPatient(world.gateway, world.clinic);
    const wrong = { ...body, patient_id: somebody.id };
    expect(code(await world.doctor('POST', '/api/consultations', wrong))).toEqual([
      404,
      'not_found',
    ]);
  });

  it('are listed by days of the clinic, in order', async () => {
    const late = await world.aConsultation({ scheduled_at: '2031-07-02T02:30:00Z' });
    const early = await world.aConsultation({ scheduled_at: '2031-07-01T10:00:00Z' });
    const list = await world.doctor('GET', '/api/consultations?from=2031-07-01&to=2031-07-01');
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([early.id, late.id]);
  });

  it('leave no reminder behind at a time that is no longer theirs', async () => {
    const patient = await aPatient(world.gateway, world.clinic);
    await world.doctor('PATCH', `/api/patients/${patient.id}`, { email: 'joao@example.com' });
    const soon = new Date(world.gateway.clock.now() + 50 * 3_600_000).toISOString();
    const one = await world.aConsultation({ patient_id: patient.id, scheduled_at: soon });
    const planned = async () => {
      await drainJobs(world.gateway, { only: ['consultation.reminders'] });
      const rows = await world.gateway.database.database.asSystem('look', (trx) =>
        trx
          .selectFrom('notifications')
          .select(['status', 'scheduled_for'])
          .where('consultation_id', '=', one.id)
          .where('kind', 'like', 'consultation.reminder%')
          .orderBy('scheduled_for')
          .execute(),
      );
      return rows
        .filter(({ status }) => status === 'queued')
        .map(({ scheduled_for }) => scheduled_for.getTime());
    };
    const hour = 3_600_000;
    const at = Date.parse(soon);
    expect(await planned()).toEqual([at - 24 * hour, at - hour]);
    const moved = await world.doctor('POST', `/api/consultations/${one.id}/move`, {
      scheduled_at: new Date(at + 10 * hour).toISOString(),
      version: one.version,
    });
    expect(await planned()).toEqual([at - 14 * hour, at + 9 * hour]);
    await world.doctor('POST', `/api/consultations/${one.id}/cancel`, {
      reason: 'paciente pediu',
      version: moved.body.version,
    });
    expect(await planned()).toEqual([]);
    const seen = await world.doctor('GET', `/api/consultations/${one.id}`);
    expect(seen.body).toMatchObject({ status: 'CANCELLED', cancel_reason: 'paciente pediu' });
  });
});

describe('calendars outside', () => {
  it('get one booking as a file, told apart for doctor and patient', async () => {
    const one = await world.aConsultation({ scheduled_at: '2031-08-04T12:00:00Z' });
    const path = `/api/consultations/${one.id}/event.ics`;
    const forDoctor = await world.doctor('GET', path);
    expect(forDoctor.headers.get('content-type')).toContain('text/calendar');
    expect(forDoctor.text).toContain('DTSTART:20310804T120000Z');
    expect(forDoctor.text).not.toContain('Conceição');
    const invited = await world.anInvitation(one.id);
    expect((await invited.api('GET', path)).text).toContain('Consulta com');
    expect(code(await world.stranger('GET', path))).toEqual([404, 'not_found']);
    const instant = await world.aConsultation();
    expect(code(await world.doctor('GET', `/api/consultations/${instant.id}/event.ics`))).toEqual([
      409,
      'conflict',
    ]);
  });

  it('read the agenda at an address that the doctor can end, without the name of a patient', async () => {
    const soon = new Date(world.gateway.clock.now() + 864e5).toISOString();
    const one = await world.aConsultation({ scheduled_at: soon });
    const made = await world.doctor('POST', '/api/calendar/feed');
    expect(made.status, made.text).toBe(201);
    const anybody = apiOf(world.gateway);
    const pathOf = (url: string) => new URL(url).pathname + new URL(url).search;
    const feed = await anybody('GET', pathOf(made.body.url));
    expect(feed.text).toContain(one.id);
    expect(feed.text).not.toContain(world.joao.name);
    expect((await world.doctor('GET', '/api/calendar')).body.feed).toEqual({ active: true });
    const next = await world.doctor('POST', '/api/calendar/feed');
    expect(code(await anybody('GET', pathOf(made.body.url)))).toEqual([404, 'not_found']);
    expect((await world.doctor('DELETE', '/api/calendar/feed')).status).toBe(204);
    expect(code(await anybody('GET', pathOf(next.body.url)))).toEqual([404, 'not_found']);
  });
});
