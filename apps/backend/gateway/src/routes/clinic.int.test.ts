import { auditEntry, clinic, clinicDoctor, listOf } from '@medcall/shared-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Api,
  aClinic,
  aGateway,
  aPatient,
  apiOf,
  password,
  signIn,
  supabaseFor,
  type TestClinic,
  type TestGateway,
  type TestPatient,
} from '../testing/world.ts';

let gateway: TestGateway;
let own: TestClinic;
let foreign: TestClinic;
let patient: TestPatient;
let doctor: Api;
let otherDoctor: Api;
let admin: Api;
let strangerAdmin: Api;

beforeAll(async () => {
  gateway = await aGateway();
  own = await aClinic(gateway);
  foreign = await aClinic(gateway);
  patient = await aPatient(gateway, own);
  doctor = apiOf(gateway, await signIn(gateway, own.doctor));
  otherDoctor = apiOf(gateway, await signIn(gateway, own.otherDoctor));
  admin = apiOf(gateway, await signIn(gateway, own.admin));
  strangerAdmin = apiOf(gateway, await signIn(gateway, foreign.admin));
});
afterAll(() => gateway?.stop());

describe('/api/clinic', () => {
  it('is read by its members and changed by its administrator', async () => {
    expect(clinic.parse((await doctor('GET', '/api/clinic')).body).id).toBe(own.id);
    const changes = { nome: 'Clínica Renomeada', cnpj: '11.222.333/0001-81' };
    expect((await doctor('PATCH', '/api/clinic', changes)).status).toBe(403);
    const changed = await admin('PATCH', '/api/clinic', { ...changes, ai_cap_brl_month: '150.5' });
    expect(changed).toMatchObject({
      status: 200,
      body: { nome: 'Clínica Renomeada', cnpj: '11222333000181', ai_cap_brl_month: '150.50' },
    });
    const wrong = await admin('PATCH', '/api/clinic', { cnpj: '11.222.333/0001-80' });
    expect(wrong.body.error).toMatchObject({
      code: 'validation_failed',
      details: [{ path: 'cnpj' }],
    });
    expect((await strangerAdmin('GET', '/api/clinic')).body.nome).not.toBe('Clínica Renomeada');
  });

  it('takes the CNPJ of 2026 with letters, and a link that no other clinic has', async () => {
    // The example of the Receita Federal (IN RFB 2.229/2024).
    const cnpj = await admin('PATCH', '/api/clinic', { cnpj: '12.ABC.345/01DE-35' });
    expect(cnpj.body.cnpj).toBe('12ABC34501DE35');
    const taken = await strangerAdmin('PATCH', '/api/clinic', { cnpj: '12ABC34501DE35' });
    expect(taken.body.error).toMatchObject({ code: 'conflict', details: { reason: 'cnpj_taken' } });
    const slug = `nossa-${own.id.slice(0, 8)}`;
    expect((await admin('PATCH', '/api/clinic', { slug })).body.slug).toBe(slug);
    const same = await strangerAdmin('PATCH', '/api/clinic', { slug });
    expect(same.body.error).toMatchObject({ code: 'conflict', details: { reason: 'slug_taken' } });
    for (const wrong of [{ slug: 'Com Espaço' }, { timezone: 'America/Lugar_Nenhum' }]) {
      expect((await admin('PATCH', '/api/clinic', wrong)).status).toBe(400);
    }
    const hours = [{ weekday: 1, start: '08:00', end: '18:00' }];
    const opened = await admin('PATCH', '/api/clinic', { opening_hours: hours });
    expect(clinic.parse(opened.body).opening_hours).toEqual(hours);
  });

  it('lists its own doctors only', async () => {
    const { items } = listOf(clinicDoctor).parse((await admin('GET', '/api/clinic/doctors')).body);
    expect(items.map(({ id }) => id).sort()).toEqual(
      [own.doctor.medicoId, own.otherDoctor.medicoId].sort(),
    );
  });

  it('changes a doctor’s name and registration, and refuses a colleague’s CRM', async () => {
    const path = `/api/clinic/doctors/${own.otherDoctor.medicoId}`;
    const changes = { nome: 'Dra. Outra', crm: 'CRM/RJ 765431', rqe: '12345', especialidade: '' };
    expect((await strangerAdmin('PATCH', path, changes)).status).toBe(404);
    expect((await otherDoctor('PATCH', path, changes)).status).toBe(403);
    expect(await admin('PATCH', path, changes)).toMatchObject({
      status: 200,
      body: { nome: 'Dra. Outra', crm: '765431/RJ', rqe: '12345', especialidade: null },
    });
    const member = await gateway.database.database.asSystem('assert', (trx) =>
      trx
        .selectFrom('members')
        .select('name')
        .where('medico_id', '=', own.otherDoctor.medicoId)
        .executeTakeFirst(),
    );
    expect(member).toEqual({ name: 'Dra. Outra' });
    expect((await admin('PATCH', path, { rqe: null })).body.rqe).toBeNull();
    for (const wrong of [{ crm: '1/XX' }, { rqe: 'abc' }, {}]) {
      expect((await admin('PATCH', path, wrong)).body.error.code).toBe('validation_failed');
    }
    const taken = await admin('PATCH', `/api/clinic/doctors/${own.doctor.medicoId}`, {
      crm: '765431/RJ',
    });
    expect(taken.body.error).toMatchObject({ code: 'conflict', details: { reason: 'crm_taken' } });
    const audit = listOf(auditEntry).parse(
      (await admin('GET', '/api/audit?action=doctor.update')).body,
    );
    expect(audit.items).toHaveLength(2);
  });

  it('lets a doctor go: open sessions end at once, what he wrote stays', async () => {
    const world = await aClinic(gateway);
    const leaving = supabaseFor(gateway);
    await leaving.auth.signInWithPassword({ email: world.doctor.email, password });
    const session = (await leaving.auth.getSession()).data.session;
    const leavingApi = apiOf(gateway, session?.access_token);
    expect((await leavingApi('GET', '/api/patients')).status).toBe(200);
    const path = `/api/clinic/doctors/${world.doctor.medicoId}/deactivate`;
    expect((await strangerAdmin('POST', path)).status).toBe(404);
    expect((await leavingApi('POST', path)).status).toBe(403);
    const office = apiOf(gateway, await signIn(gateway, world.admin));
    expect(await office('POST', path)).toMatchObject({ status: 200, body: { active: false } });
    await expect
      .poll(async () => (await leavingApi('GET', '/api/patients')).status, { timeout: 5_000 })
      .toBe(403);
    expect((await leaving.auth.refreshSession()).error).not.toBeNull();
    const { items } = (await office('GET', '/api/clinic/doctors')).body;
    expect(items).toHaveLength(2);
  });
});

describe('/api/audit', () => {
  it('shows the administrator the whole clinic, page by page, and nobody else’s', async () => {
    // One reading for each person and chart, however often the page asks.
    const others = await Promise.all(Array.from({ length: 4 }, () => aPatient(gateway, own)));
    for (const { id } of [patient, patient, ...others]) await doctor('GET', `/api/patients/${id}`);
    const seen: string[] = [];
    let cursor = '';
    do {
      const path = `/api/audit?action=patient.read&limit=2${cursor && `&cursor=${cursor}`}`;
      const page = listOf(auditEntry).parse((await admin('GET', path)).body);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(5);
    const theirs = await strangerAdmin('GET', `/api/audit?patient_id=${patient.id}`);
    expect(theirs.body.items).toEqual([]);
  });

  it('shows a doctor who opened the charts of the patients in his care only', async () => {
    const path = `/api/audit?patient_id=${patient.id}`;
    expect((await otherDoctor('GET', path)).body.items).toEqual([]);
    await otherDoctor('POST', `/api/patients/${patient.id}/care-relations`, {
      reason: 'Segunda opinião',
    });
    const { items } = (await otherDoctor('GET', path)).body;
    expect(items.every((item: { patient_id: string }) => item.patient_id === patient.id)).toBe(
      true,
    );
    expect(items.map((item: { action: string }) => item.action)).toEqual(
      expect.arrayContaining(['patient.read', 'care_relation.stated']),
    );
  });

  it('gives a copy as CSV, and puts that on the record', async () => {
    const csv = await admin('GET', '/api/audit?format=csv&limit=1000');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.text.split('\r\n')[0]).toContain('"created_at","action","outcome"');
    const exported = await admin('GET', '/api/audit?action=audit.export');
    expect(exported.body.items).toHaveLength(1);
  });

  it('finds refusals and failed sign-ins', async () => {
    await admin('GET', `/api/consultations/${patient.id}/transcript`);
    await supabaseFor(gateway).auth.signInWithPassword({ email: own.doctor.email, password: 'x' });
    const of = async (outcome: string) =>
      (await admin('GET', `/api/audit?outcome=${outcome}`)).body.items;
    expect((await of('denied'))[0]).toMatchObject({ action: 'permission.denied' });
    expect((await of('failed'))[0]).toMatchObject({ action: 'auth.sign_in' });
  });
});

describe('an invitation of a doctor', () => {
  it('gives a doctor whose invitation broke off half-way a way in, when he is invited again', async () => {
    const email = `metade-${own.id.slice(0, 8)}@clinica.test`;
    const crm = '765432/SP';
    const { id } = await gateway.database.database.asSystem('arrange a test', (trx) =>
      trx
        .insertInto('medicos')
        .values({ nome: 'Dr. Metade', crm, clinica_id: own.id, email })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const wanted = { nome: 'Dr. Metade', email, crm };
    const invited = await admin('POST', '/api/clinic/doctors', wanted);
    expect(invited).toMatchObject({ status: 201, body: { id } });
    const member = await gateway.database.database.asSystem('look', (trx) =>
      trx
        .selectFrom('members as m')
        .innerJoin('auth_embedded.users as u', 'u.id', 'm.user_auth')
        .select('u.email')
        .where('m.medico_id', '=', id)
        .executeTakeFirst(),
    );
    expect(member).toEqual({ email });
    const again = await admin('POST', '/api/clinic/doctors', { ...wanted, email: `x${email}` });
    expect(again.body.error).toMatchObject({ code: 'conflict', details: { doctor_id: id } });
  });
});
