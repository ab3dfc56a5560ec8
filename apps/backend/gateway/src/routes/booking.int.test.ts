import { testCpf } from '@medcall/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../services/booking/booking-deps.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;
let slug: string;
let doctorId: string;
let people = 0;

beforeAll(async () => {
  world = await twoClinics({ INVITATION_RATE_LIMIT_PER_MINUTE: '10000' });
  slug = `aurora-${world.clinic.id.slice(0, 8)}`;
  doctorId = world.clinic.doctor.medicoId ?? '';
  const changed = await world.admin('PATCH', '/api/clinic', {
    slug,
    booking_rules: { enabled: true, min_lead_minutes: 60, horizon_days: 30 },
  });
  expect(changed.status, changed.text).toBe(200);
  const hours = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({
    weekday,
    start: '00:00',
    end: '24:00',
    slot_minutes: 30,
  }));
  const put = await world.doctor('PUT', '/api/availability', {
    version: 1,
    hours,
    accepts_online_booking: true,
  });
  expect(put.status, put.text).toBe(200);
});
afterAll(() => world?.gateway.stop());

const path = (rest = '') => `/api/booking/${slug}${rest}`;

async function offered(): Promise<string[]> {
  const from = new Date(world.gateway.clock.now() + 864e5).toISOString().slice(0, 10);
  const answer = await world.nobody(
    'GET',
    path(`/slots?doctor_id=${doctorId}&from=${from}&days=5`),
  );
  expect(answer.status, answer.text).toBe(200);
  return answer.body.days.flatMap(({ slots }: { slots: { starts_at: string }[] }) =>
    slots.map(({ starts_at }) => starts_at),
  );
}

function aPerson(values: Record<string, unknown> = {}) {
  people += 1;
  return {
    doctor_id: doctorId,
    type: 'ONLINE',
    name: 'Marina Exemplo',
    cpf: testCpf(200_000_000 + people),
    birth_date: '1990-05-17',
    email: `marina${people}@example.com`,
    ...values,
  };
}

/** The code as it stands in the mail: read from where messages are kept. */
async function mailedCode(email: string): Promise<string> {
  await drainJobs(world.gateway, { only: ['booking.code'] });
  const text = await lastMailTo(email);
  return /código na página de agendamento: (\d{6})/.exec(text)?.[1] ?? 'none';
}

async function lastMailTo(email: string): Promise<string> {
  const mails = (await world.gateway.container.outbox?.list(500)) ?? [];
  return mails.find(({ to }) => to === email)?.text ?? '';
}

function codeFor(requestId: string): string {
  return codeOf(world.gateway.container.booking.keyed, requestId);
}

async function booked(person: Record<string, unknown>, startsAt: string) {
  const asked = await world.nobody('POST', path(), { ...person, starts_at: startsAt });
  expect(asked.status, asked.text).toBe(202);
  return world.nobody('POST', path('/confirm'), {
    request_id: asked.body.request_id,
    code: codeFor(asked.body.request_id),
  });
}

function tokenOf(url: string): string {
  return new URLSearchParams(new URL(url).hash.slice(1)).get('reserva') ?? '';
}

describe('booking by the link of the clinic', () => {
  it('shows the clinic and the doctors who accept it, and nothing of a clinic that does not', async () => {
    const page = await world.nobody('GET', path());
    expect(page.body.doctors.map(({ id }: { id: string }) => id)).toEqual([doctorId]);
    expect(page.text).not.toContain('webhook');
    const { slug: closed } = (await world.strangerAdmin('GET', '/api/clinic')).body;
    expect(code(await world.nobody('GET', `/api/booking/${closed}`))).toEqual([404, 'not_found']);
    const other = { ...aPerson({ doctor_id: world.clinic.otherDoctor.medicoId }) };
    const refused = await world.nobody('POST', path(), {
      ...other,
      starts_at: new Date(world.gateway.clock.now() + 864e5).toISOString(),
    });
    expect(code(refused)).toEqual([404, 'not_found']);
  });

  it('becomes a consultation with the code of the mail, seen and cancelled by the link', async () => {
    const [startsAt = ''] = await offered();
    const person = aPerson();
    const asked = await world.nobody('POST', path(), { ...person, starts_at: startsAt });
    expect(asked.status, asked.text).toBe(202);
    const confirm = (given: string) =>
      world.nobody('POST', path('/confirm'), { request_id: asked.body.request_id, code: given });
    const right = await mailedCode(person.email as string);
    expect(right).toBe(codeFor(asked.body.request_id));
    const wrong = right === '000000' ? '000001' : '000000';
    expect(code(await confirm(wrong))).toEqual([400, 'validation_failed']);
    const made = await confirm(right);
    expect(made.status, made.text).toBe(201);
    expect(made.body).toMatchObject({
      status: 'WAITING',
      scheduled_at: startsAt,
      can_cancel: true,
    });
    // Asked again, as after a lost answer: the same booking.
    expect((await confirm(right)).body.manage_url).toBe(made.body.manage_url);
    expect(await offered()).not.toContain(startsAt);
    const { items } = (await world.admin('GET', `/api/consultations?from=${startsAt.slice(0, 10)}`))
      .body;
    expect(items).toMatchObject([{ booked_by: 'patient', patient: { name: person.name } }]);

    await drainJobs(world.gateway, { only: ['booking.confirmed'] });
    expect(await lastMailTo(person.email as string)).toContain('reserva=');
    const token = tokenOf(made.body.manage_url);
    const ics = await world.nobody('POST', path('/reservation/event.ics'), { token });
    expect(ics.text).toContain('BEGIN:VEVENT');
    const cancelled = await world.nobody('POST', path('/reservation/cancel'), { token });
    expect(cancelled.body).toMatchObject({ status: 'CANCELLED', can_cancel: false });
    expect(await offered()).toContain(startsAt);
    const events = await drainJobs(world.gateway, { only: ['consultation.cancelled'] });
    expect(events).toMatchObject([{ subjectId: items[0].id }]);
  });

  it('takes a code five times at most, and for fifteen minutes', async () => {
    const [startsAt = ''] = await offered();
    const asked = await world.nobody('POST', path(), { ...aPerson(), starts_at: startsAt });
    const right = codeFor(asked.body.request_id);
    const wrong = right === '000000' ? '000001' : '000000';
    const confirm = (given: string) =>
      world.nobody('POST', path('/confirm'), { request_id: asked.body.request_id, code: given });
    for (let i = 0; i < 5; i += 1) expect((await confirm(wrong)).status).toBe(400);
    expect(code(await confirm(right))).toEqual([404, 'not_found']);
  });

  it('answers a known and an unknown CPF alike, and leaves the card as the clinic wrote it', async () => {
    const slots = await offered();
    const known = aPerson({ name: 'Quem A Clínica Conhece', email: 'antes@example.com' });
    const { doctor_id: _doctor, type: _type, ...card } = known;
    const there = await world.admin('POST', '/api/patients', card);
    const answers = [];
    for (const [index, person] of [
      aPerson({ cpf: known.cpf, email: 'outro@example.com' }),
      aPerson({ cpf: known.cpf, birth_date: '1971-01-01' }),
      aPerson(),
    ].entries()) {
      answers.push(await booked(person, slots[index] ?? ''));
    }
    const shape = (body: object) => Object.keys(body).toSorted();
    for (const { body, status } of answers) {
      expect(status).toBe(201);
      expect(shape(body)).toEqual(shape(answers[0]?.body));
      expect(JSON.stringify(body)).not.toContain(there.body.id);
    }
    const after = (await world.admin('GET', `/api/patients/${there.body.id}`)).body;
    expect(after.email).toBe('antes@example.com');
    const own = (await world.admin('GET', `/api/consultations?patient_id=${there.body.id}`)).body;
    // Only who also knew the birth date came onto the card.
    expect(own.items).toHaveLength(1);
    // Who gave another birth date is a card of its own, and the front desk is told.
    const { items } = (await world.admin('GET', '/api/patients/duplicates')).body;
    const [first, second] = items.find(
      ({ reason }: { reason: string }) => reason === 'cpf',
    ).patients;
    expect([first.id, second.birth_date, second.cpf]).toEqual([there.body.id, '1971-01-01', null]);
  });

  it('keeps to the bookings of one person, also when they are confirmed at once', async () => {
    const slots = await offered();
    const person = aPerson();
    const answers = await Promise.all(
      slots
        .slice(0, 4)
        .map((startsAt, index) =>
          booked({ ...person, email: `a${index}-${person.email}` }, startsAt),
        ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer.body.error.details).toEqual({ reason: 'too_many_open' });
    }
  });

  it('gives a slot to one of many, and tells the others', async () => {
    const [startsAt = ''] = await offered();
    const requests = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.nobody('POST', path(), { ...aPerson(), starts_at: startsAt }),
      ),
    );
    const answers = await Promise.all(
      requests.map(({ body: { request_id } }) =>
        world.nobody('POST', path('/confirm'), { request_id, code: codeFor(request_id) }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer.status).toBe(409);
      expect(['slot_taken', 'not_offered']).toContain(answer.body.error.details.reason);
    }
  });

  it('offers nothing too soon, too late or off the grid, and mails one address five times an hour', async () => {
    const now = world.gateway.clock.now();
    const [startsAt = ''] = await offered();
    for (const at of [
      new Date(now + 60_000).toISOString(),
      new Date(now + 40 * 864e5).toISOString(),
      new Date(Date.parse(startsAt) + 60_000).toISOString(),
    ]) {
      const answer = await world.nobody('POST', path(), { ...aPerson(), starts_at: at });
      expect(answer.body.error.details, at).toEqual({ reason: 'not_offered' });
    }
    const email = 'muitas@example.com';
    for (let i = 0; i < 5; i += 1) {
      const asked = await world.nobody('POST', path(), {
        ...aPerson({ email }),
        starts_at: startsAt,
      });
      expect(asked.status).toBe(202);
    }
    const more = await world.nobody('POST', path(), { ...aPerson({ email }), starts_at: startsAt });
    expect(code(more)).toEqual([429, 'rate_limited']);
  });
});
