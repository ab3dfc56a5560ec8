import { createLogger } from '@medcall/service-kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeGoogle, startFakeGoogle } from '../../../../tests/fakes/google/fake-google.ts';
import { codeOf } from './services/booking/booking-deps.ts';
import { drainJobs } from './testing/drain-jobs.ts';
import { type Api, aClinic, aGateway, apiOf, signIn, type TestGateway } from './testing/world.ts';

/** Marks that stand for what must stay out of every log. */
const canary = {
  name: 'Andorinha Bem-te-vi Curió',
  cpf: '52998224725',
  email: 'curio@pacientes.test',
  phone: '11987651234',
  birthDate: '1971-03-29',
  reason: 'motivo-curio-sigiloso',
  guardian: 'parentesco-curio',
  account: 'medica-curio@gmail.test',
};

let gateway: TestGateway;
let google: FakeGoogle;
let written = '';

beforeAll(async () => {
  google = await startFakeGoogle();
  const destination = {
    write(line: string) {
      written += line;
    },
  };
  gateway = await aGateway(
    { ...google.env, MESSAGE_TIMEOUT_MS: '3000' },
    createLogger({ service: 'gateway', level: 'trace', destination }),
  );
});
afterAll(async () => {
  await gateway?.stop();
  await google?.close();
});

async function open(doctor: Api, admin: Api): Promise<string> {
  const slug = 'canario-da-agenda';
  await admin('PATCH', '/api/clinic', {
    slug,
    booking_rules: { enabled: true, min_lead_minutes: 60, horizon_days: 30 },
  });
  const hours = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({
    weekday,
    start: '00:00',
    end: '24:00',
    slot_minutes: 30,
  }));
  const put = await doctor('PUT', '/api/availability', {
    version: 1,
    hours,
    accepts_online_booking: true,
  });
  expect(put.status, put.text).toBe(200);
  return slug;
}

it('agenda, booking by the link and calendars write no person, no reason and no secret into a log', async () => {
  const clinic = await aClinic(gateway);
  const doctor = apiOf(gateway, await signIn(gateway, clinic.doctor));
  const admin = apiOf(gateway, await signIn(gateway, clinic.admin));
  const nobody = apiOf(gateway);
  const slug = await open(doctor, admin);
  const link = (rest = '') => `/api/booking/${slug}${rest}`;
  const in2days = new Date(gateway.clock.now() + 2 * 864e5).toISOString();
  const doctorId = clinic.doctor.medicoId ?? '';
  const secrets: string[] = [];

  // Google, with an answer that goes wrong on the way.
  const { url } = (await doctor('POST', '/api/calendar/google/connect')).body;
  const back = google.visit(url, { email: canary.account });
  secrets.push(back.searchParams.get('code') ?? '', back.searchParams.get('state') ?? '');
  const sent = await fetch(`${gateway.url}${back.pathname}${back.search}`, { redirect: 'manual' });
  const page = new URL(sent.headers.get('location') ?? '');
  const said = Object.fromEntries(new URLSearchParams(page.hash.slice(1)));
  for (const outcome of ['connected', 'failed']) {
    const finished = await doctor('POST', '/api/calendar/google/callback', said);
    expect(finished.body).toEqual({ outcome });
  }

  // The patient books by the link, cancels by it, and is known twice.
  const slots = (
    await nobody('GET', link(`/slots?doctor_id=${doctorId}&from=${in2days.slice(0, 10)}&days=2`))
  ).body.days.flatMap((day: { slots: { starts_at: string }[] }) =>
    day.slots.map(({ starts_at }) => starts_at),
  );
  const { birthDate: birth_date, cpf, email, name, phone } = canary;
  const person = { doctor_id: doctorId, type: 'ONLINE', name, cpf, birth_date, email, phone };
  const asked = await nobody('POST', link(), { ...person, starts_at: slots[0] });
  expect(asked.status, asked.text).toBe(202);
  const code = codeOf(gateway.container.booking.keyed, asked.body.request_id);
  await nobody('POST', link('/confirm'), { request_id: asked.body.request_id, code: '000000' });
  const made = await nobody('POST', link('/confirm'), { request_id: asked.body.request_id, code });
  expect(made.status, made.text).toBe(201);
  await nobody('POST', link(), { ...person, starts_at: 'never' });
  const token = new URLSearchParams(new URL(made.body.manage_url).hash.slice(1)).get('reserva');
  secrets.push(token ?? '');
  await nobody('POST', link('/reservation'), { token });
  await nobody('POST', link('/reservation/event.ics'), { token });
  await drainJobs(gateway);
  await nobody('POST', link('/reservation/cancel'), { token, reason: canary.reason });

  // The clinic's own agenda.
  const { body: found } = await admin('POST', '/api/patients/search', { search: cpf });
  const patient_id = found.items[0].id;
  const booking = { patient_id, doctor_id: doctorId, type: 'PRESENCIAL', scheduled_at: slots[4] };
  const booked = await admin('POST', '/api/consultations', booking);
  expect(booked.status, booked.text).toBe(201);
  await admin('POST', '/api/consultations', booking);
  const one = `/api/consultations/${booked.body.id}`;
  await admin('POST', `${one}/move`, { scheduled_at: slots[6], version: 1 });
  await admin('POST', `${one}/move`, { scheduled_at: slots[6], version: 1 });
  await doctor('GET', `${one}/event.ics`);
  await doctor('GET', `/api/consultations?from=${in2days.slice(0, 10)}&patient_id=${patient_id}`);
  const block = { kind: 'blocked', start: '2030-12-24T12:00', end: '2030-12-27T00:00' };
  await doctor('POST', '/api/availability/exceptions', { ...block, reason: canary.reason });
  await admin('POST', `${one}/cancel`, { reason: canary.reason });
  const mother = await admin('POST', '/api/patients', { name: `${name} Mãe` });
  await admin('PUT', `/api/patients/${patient_id}/guardians/${mother.body.id}`, {
    relation: canary.guardian,
  });
  await admin('GET', '/api/patients/duplicates');
  const twin = await admin('POST', '/api/patients', { name, birth_date });
  const group = { patient_ids: [patient_id, twin.body.id] };
  await admin('POST', '/api/patients/duplicates/dismiss', group);
  const merged = { merged_id: twin.body.id };
  expect((await admin('POST', `/api/patients/${patient_id}/merge`, merged)).status).toBe(200);
  await admin('POST', `/api/patients/${twin.body.id}/merge`, { merged_id: patient_id });
  await admin('POST', `/api/patients/${twin.body.id}/part`);

  const feed = await doctor('POST', '/api/calendar/feed');
  secrets.push(new URL(feed.body.url).searchParams.get('token') ?? '');
  const { pathname, search } = new URL(feed.body.url);
  expect((await nobody('GET', `${pathname}${search}`)).text).toContain('BEGIN:VCALENDAR');
  google.faults.next({ kind: 'garbage_after' }, { kind: 'cut_off_after' });
  google.refuse.push({ status: 403, reason: 'rateLimitExceeded' });
  await drainJobs(gateway);
  google.revokeAll();
  google.expireAccess();
  await admin('POST', '/api/consultations', { ...booking, scheduled_at: slots[8] });
  await drainJobs(gateway);
  await doctor('DELETE', '/api/calendar/google');

  expect(written).toContain('/api/calendar/google/callback');
  expect(written).toContain('a calendar connection ended');
  for (const mark of [...Object.values(canary), ...secrets]) {
    expect(mark.length).toBeGreaterThan(5);
    expect(written, mark).not.toContain(mark);
  }
});
