import {
  consent,
  consultation,
  createdInvitation,
  exchangedInvitation,
  listOf,
  me,
  patient,
  patientCard,
  roomConsultation,
  transcript,
} from '@medcall/shared-types';
import { testCpf } from '@medcall/utils';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Api,
  aClinic,
  aGateway,
  aPatient,
  apiOf,
  signIn,
  type TestClinic,
  type TestGateway,
  type TestPatient,
} from '../testing/world.ts';

let gateway: TestGateway;
let clinic: TestClinic;
let foreign: TestClinic;
let joao: TestPatient;
let doctor: Api;
let otherDoctor: Api;
let admin: Api;
let stranger: Api;
let strangerAdmin: Api;
let nobody: Api;

beforeAll(async () => {
  gateway = await aGateway();
  clinic = await aClinic(gateway);
  foreign = await aClinic(gateway);
  joao = await aPatient(gateway, clinic);
  doctor = apiOf(gateway, await signIn(gateway, clinic.doctor));
  otherDoctor = apiOf(gateway, await signIn(gateway, clinic.otherDoctor));
  admin = apiOf(gateway, await signIn(gateway, clinic.admin));
  stranger = apiOf(gateway, await signIn(gateway, foreign.doctor));
  strangerAdmin = apiOf(gateway, await signIn(gateway, foreign.admin));
  nobody = apiOf(gateway);
});
afterAll(() => gateway?.stop());

async function aConsultation(body: Record<string, unknown> = {}) {
  const made = await doctor('POST', '/api/consultations', {
    patient_id: joao.id,
    type: 'ONLINE',
    ...body,
  });
  expect(made.status).toBe(201);
  return consultation.parse(made.body);
}

async function anInvitation(consultationId: string, kind: 'patient' | 'guest' = 'patient') {
  const made = await doctor('POST', '/api/invitations', { consultationId, kind });
  expect(made.status).toBe(201);
  const invitation = createdInvitation.parse(made.body);
  const exchanged = await nobody('POST', '/api/invitations/exchange', { token: invitation.token });
  expect(exchanged.status).toBe(200);
  const { accessToken } = exchangedInvitation.parse(exchanged.body);
  return { ...invitation, accessToken, api: apiOf(gateway, accessToken) };
}

function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: gateway.database.ownerUrl });
  return client.connect().then(async () => {
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  });
}

function code(answer: { status: number; body: { error?: { code: string } } }) {
  return [answer.status, answer.body?.error?.code];
}

describe('health and documents', () => {
  it('says it lives, and is ready while the services behind it are away', async () => {
    expect((await nobody('GET', '/api/health')).body).toMatchObject({ status: 'ok' });
    expect(await nobody('GET', '/api/health/ready')).toMatchObject({
      status: 200,
      body: { checks: { database: 'ok' } },
    });
    expect(code(await doctor('GET', '/api/rooms'))).toEqual([503, 'unavailable']);
  });

  it('shows one OpenAPI 3.1 document and a page that loads nothing from elsewhere', async () => {
    const { body } = await nobody('GET', '/api/docs.json');
    expect(body.openapi).toBe('3.1.0');
    expect(body.paths['/api/consultations/{id}/consents'].post.requestBody).toBeDefined();
    expect(body.paths['/api/suggestions'].post).toBeDefined();
    const page = await nobody('GET', '/api/docs');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    for (const [, file = ''] of page.text.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g)) {
      expect((await nobody('GET', file)).status, file).toBe(200);
    }
  });

  it('answers unknown routes and broken bodies with the envelope', async () => {
    expect(await nobody('GET', '/api/nada')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', requestId: expect.any(String) } },
    });
    const broken = await fetch(`${gateway.url}/api/invitations/exchange`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"token":',
    });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ error: { code: 'validation_failed' } });
    const huge = await doctor('POST', '/api/patients', { name: 'x'.repeat(1_100_000) });
    expect(code(huge)).toEqual([413, 'payload_too_large']);
  });
});

describe('/api/me', () => {
  it('shows the doctor, the clinic and where the sockets are', async () => {
    const answer = await doctor('GET', '/api/me');
    expect(answer.status).toBe(200);
    expect(me.parse(answer.body)).toMatchObject({
      user: { id: clinic.doctor.sub, email: clinic.doctor.email, role: 'medico' },
      doctor: { id: clinic.doctor.medicoId },
      clinic: { id: clinic.id },
      realtimeUrl: 'http://localhost:3002',
      demo: false,
    });
    const office = me.parse((await admin('GET', '/api/me')).body);
    expect(office).toMatchObject({ user: { role: 'admin' }, doctor: null });
    expect(office.rights).not.toContain('transcripts:read');
  });

  it('asks for a token', async () => {
    expect(code(await nobody('GET', '/api/me'))).toEqual([401, 'unauthenticated']);
  });
});

describe('consultations', () => {
  it('are created by the doctor with a room, and read back', async () => {
    const made = await aConsultation({ ai_enabled: false });
    expect(made).toMatchObject({
      status: 'WAITING',
      type: 'ONLINE',
      ai_enabled: false,
      doctor_id: clinic.doctor.medicoId,
      clinica_id: clinic.id,
      patient: { id: joao.id, name: joao.name },
    });
    expect(made.roomId).toBe(made.room_id);
    const read = await doctor('GET', `/api/consultations/${made.id}`);
    expect(consultation.parse(read.body)).toEqual(made);
  });

  it('are listed by the day of the clinic, page by page, without loss or repetition', async () => {
    const day = '2031-03-10';
    const ids: string[] = [];
    // 22:30 in São Paulo is the next day in UTC.
    for (const time of ['08:00', '09:00', '12:00', '18:00', '22:30']) {
      const made = await aConsultation({ scheduled_at: `${day}T${time}:00-03:00` });
      ids.push(made.id);
    }
    await aConsultation({ scheduled_at: '2031-03-11T00:00:00-03:00' });
    await aConsultation({ scheduled_at: '2031-03-09T23:00:00-03:00' });
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await doctor(
        'GET',
        `/api/consultations?day=${day}&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      const parsed = listOf(consultation).parse(page.body);
      seen.push(...parsed.items.map(({ id }) => id));
      cursor = parsed.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(ids);
    expect((await otherDoctor('GET', `/api/consultations?day=${day}`)).body.items).toEqual([]);
    expect((await admin('GET', `/api/consultations?day=${day}`)).body.items).toHaveLength(5);
    const bad = await doctor('GET', `/api/consultations?cursor=abc`);
    expect(code(bad)).toEqual([400, 'validation_failed']);
  });

  it('never share a slot of one doctor', async () => {
    const slot = { scheduled_at: '2031-04-01T10:00:00-03:00', duration_minutes: 30 };
    const first = await aConsultation(slot);
    const second = await doctor('POST', '/api/consultations', {
      patient_id: joao.id,
      type: 'ONLINE',
      scheduled_at: '2031-04-01T10:15:00-03:00',
    });
    expect(code(second)).toEqual([409, 'conflict']);
    expect((await doctor('POST', `/api/consultations/${first.id}/cancel`, {})).body.status).toBe(
      'CANCELLED',
    );
    await aConsultation(slot);
  });

  it('give one slot to one of many who ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        doctor('POST', '/api/consultations', {
          patient_id: joao.id,
          type: 'ONLINE',
          scheduled_at: '2031-05-01T10:00:00-03:00',
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 39 }, () => 409),
    ]);
    expect(answers.find(({ status }) => status === 409)?.body.error.message).toBe(
      'O médico já tem uma consulta neste horário.',
    );
  });

  it('change while open, and end by cancel or no-show', async () => {
    const made = await aConsultation();
    const changed = await doctor('PATCH', `/api/consultations/${made.id}`, {
      ai_enabled: false,
      cost_cap_brl: '2.5',
    });
    expect(changed).toMatchObject({ status: 200, body: { ai_enabled: false } });
    expect(Number(changed.body.cost_cap_brl)).toBe(2.5);
    expect((await doctor('POST', `/api/consultations/${made.id}/no-show`)).body.status).toBe(
      'NO_SHOW',
    );
    const late = await doctor('PATCH', `/api/consultations/${made.id}`, { ai_enabled: true });
    expect(code(late)).toEqual([410, 'consultation_ended']);
    const again = await doctor('POST', `/api/consultations/${made.id}/cancel`, {});
    expect(code(again)).toEqual([410, 'consultation_ended']);
  });

  it('become in-person with a reason', async () => {
    const made = await aConsultation();
    const path = `/api/consultations/${made.id}/convert`;
    expect(code(await doctor('POST', path, {}))).toEqual([400, 'validation_failed']);
    const done = await doctor('POST', path, { reason: 'Paciente preferiu presencial' });
    expect(done.body.type).toBe('PRESENCIAL');
    expect(code(await doctor('POST', path, { reason: 'de novo' }))).toEqual([409, 'conflict']);
  });

  it('are booked by the front desk for a doctor whom it names', async () => {
    const without = await admin('POST', '/api/consultations', {
      patient_id: joao.id,
      type: 'ONLINE',
    });
    expect(code(without)).toEqual([400, 'validation_failed']);
    const made = await admin('POST', '/api/consultations', {
      patient_id: joao.id,
      type: 'PRESENCIAL',
      doctor_id: clinic.doctor.medicoId,
    });
    expect(made.status).toBe(201);
    const elsewhere = await admin('POST', '/api/consultations', {
      patient_id: joao.id,
      type: 'ONLINE',
      doctor_id: foreign.doctor.medicoId,
    });
    expect(code(elsewhere)).toEqual([404, 'not_found']);
  });

  it('of another doctor may be read with a care relation, and not changed', async () => {
    const made = await aConsultation();
    const path = `/api/consultations/${made.id}`;
    expect(code(await otherDoctor('GET', path))).toEqual([404, 'not_found']);
    const related = await otherDoctor('POST', `/api/patients/${joao.id}/care-relations`, {
      reason: 'Substituição nas férias',
    });
    expect(related.status).toBe(201);
    expect((await otherDoctor('GET', path)).status).toBe(200);
    expect(code(await otherDoctor('PATCH', path, { ai_enabled: false }))).toEqual([
      403,
      'forbidden',
    ]);
  });
});

describe('patients', () => {
  it('are found without accents, mistyped, by CPF and by telephone', async () => {
    const made = await doctor('POST', '/api/patients', {
      name: 'Antônia Gonçalves de Araújo',
      cpf: testCpf(77),
      birth_date: '1980-02-29',
      sex: 'F',
      phone: '+55 (11) 98877-6655',
      email: 'antonia@example.test',
    });
    expect(made.status).toBe(201);
    expect(patient.parse(made.body).cpf).toBe(testCpf(77));
    const searches = ['antonia goncalves', 'GONÇALVES', 'antonya', testCpf(77), '988776655'];
    for (const text of searches) {
      const found = await doctor('GET', `/api/patients?search=${encodeURIComponent(text)}`);
      const { items } = listOf(patientCard).parse(found.body);
      expect(
        items.map(({ id }) => id),
        text,
      ).toContain(made.body.id);
    }
    const none = await doctor('GET', `/api/patients?search=${encodeURIComponent('%_%')}`);
    expect(none.body.items).toEqual([]);
  });

  it('are not registered twice: the same CPF answers with the patient', async () => {
    const wanted = { name: 'Maria Souza', cpf: '529.982.247-25' };
    const first = await doctor('POST', '/api/patients', wanted);
    const second = await admin('POST', '/api/patients', { ...wanted, cpf: '52998224725' });
    expect(code(second)).toEqual([409, 'conflict']);
    expect(second.body.error.details).toEqual({ patient_id: first.body.id });
    // Another clinic may treat the same person and learns nothing of it.
    expect((await stranger('POST', '/api/patients', wanted)).status).toBe(201);
    const wrong = await doctor('POST', '/api/patients', { name: 'X Y', cpf: '52998224724' });
    expect(wrong.body.error).toMatchObject({
      code: 'validation_failed',
      details: [{ path: 'cpf' }],
    });
  });

  it('show allergies and medicines to who cares for them only', async () => {
    const made = await doctor('POST', '/api/patients', { name: 'Pedro Alérgico' });
    const path = `/api/patients/${made.body.id}`;
    const allergies = { allergies: ['dipirona'] };
    expect((await doctor('GET', path)).body).not.toHaveProperty('allergies');
    expect(code(await doctor('PATCH', path, allergies))).toEqual([403, 'forbidden']);
    await doctor('POST', `${path}/care-relations`, { reason: 'Primeiro atendimento' });
    const changed = await doctor('PATCH', path, { ...allergies, phone: '11 5555-0000' });
    expect(changed.body).toMatchObject({ allergies: ['dipirona'], phone: '11 5555-0000' });
    for (const api of [otherDoctor, admin]) {
      expect((await api('GET', path)).body).not.toHaveProperty('allergies');
    }
  });
});

describe('invitations', () => {
  it('give a room token for one consultation, the same person again after a reload', async () => {
    const made = await aConsultation();
    const invitation = await anInvitation(made.id);
    const url = new URL(invitation.url);
    expect(url.origin + url.pathname).toBe(`http://frontend.test/call/${made.roomId}`);
    expect(url.searchParams.get('convite')).toBe(invitation.token);
    expect(Buffer.from(invitation.token, 'base64url')).toHaveLength(32);

    const claims = decodeJwt(invitation.accessToken);
    expect(claims).toMatchObject({
      iss: 'medcall-room',
      aud: 'medcall-room',
      room_id: made.roomId,
      consultation_id: made.id,
      invitation_id: invitation.id,
      medcall_role: 'paciente',
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(900);
    const again = await nobody('POST', '/api/invitations/exchange', { token: invitation.token });
    expect(decodeJwt(again.body.accessToken).sub).toBe(claims.sub);

    const own = await invitation.api('GET', `/api/consultations/${made.id}`);
    expect(roomConsultation.parse(own.body)).toMatchObject({
      id: made.id,
      role: 'patient',
      participantName: joao.name,
      doctorName: clinic.doctor.name,
    });
    expect(own.text).not.toContain(joao.cpf);
  });

  it('are stored hashed', async () => {
    const made = await aConsultation();
    const invitation = await anInvitation(made.id);
    const dump = await asOwner(async (client) => {
      const rows = await client.query('select i::text as row from public.invitations i');
      return JSON.stringify(rows.rows);
    });
    expect(dump).not.toContain(invitation.token);
  });

  it('open nothing but consents and the own consultation', async () => {
    const made = await aConsultation();
    const other = await aConsultation();
    const { api } = await anInvitation(made.id);
    expect(code(await api('GET', `/api/consultations/${other.id}`))).toEqual([404, 'not_found']);
    expect(code(await api('GET', `/api/consultations/${other.id}/consents`))[0]).toBe(404);
    for (const path of [
      '/api/me',
      '/api/consultations',
      '/api/patients',
      `/api/patients/${joao.id}`,
      `/api/consultations/${made.id}/transcript`,
      `/api/consultations/${made.id}/note`,
      `/api/consultations/${made.id}/coverage`,
      `/api/consultations/${made.id}/suggestions`,
    ]) {
      expect(code(await api('GET', path)), path).toEqual([403, 'forbidden']);
    }
  });

  it('stop when revoked, also the tokens made of them', async () => {
    const made = await aConsultation();
    const invitation = await anInvitation(made.id);
    expect((await doctor('DELETE', `/api/invitations/${invitation.id}`)).status).toBe(204);
    const exchange = await nobody('POST', '/api/invitations/exchange', {
      token: invitation.token,
    });
    expect(code(exchange)).toEqual([404, 'not_found']);
    const own = await invitation.api('GET', `/api/consultations/${made.id}`);
    expect(code(own)).toEqual([401, 'unauthenticated']);
    const consents = await invitation.api('POST', `/api/consultations/${made.id}/consents`, {
      type: 'care',
      accepted: true,
    });
    expect(code(consents)).toEqual([401, 'unauthenticated']);
  });

  it('stop when the consultation is over', async () => {
    const made = await aConsultation();
    const invitation = await anInvitation(made.id);
    await doctor('POST', `/api/consultations/${made.id}/cancel`, { reason: 'Remarcada' });
    const exchange = await nobody('POST', '/api/invitations/exchange', {
      token: invitation.token,
    });
    expect(code(exchange)).toEqual([410, 'consultation_ended']);
    const own = await invitation.api('GET', `/api/consultations/${made.id}`);
    expect(code(own)).toEqual([410, 'consultation_ended']);
    const more = await doctor('POST', '/api/invitations', { consultationId: made.id });
    expect(code(more)).toEqual([410, 'consultation_ended']);
  });

  it('are refused when invented or too old', async () => {
    const exchange = (token: string) => nobody('POST', '/api/invitations/exchange', { token });
    expect(code(await exchange('x'.repeat(43)))).toEqual([404, 'not_found']);
    expect(code(await exchange('curto'))).toEqual([400, 'validation_failed']);
    const made = await aConsultation();
    const invitation = await anInvitation(made.id);
    gateway.clock.advance(25 * 3_600_000);
    expect(code(await exchange(invitation.token))).toEqual([404, 'not_found']);
    gateway.clock.advance(-25 * 3_600_000);
  });
});

describe('consents', () => {
  it('are given and withdrawn by the patient, and the services hear of it', async () => {
    const made = await aConsultation();
    const { api } = await anInvitation(made.id);
    const path = `/api/consultations/${made.id}/consents`;
    const listener = new pg.Client({ connectionString: gateway.database.appUrl });
    await listener.connect();
    const heard: unknown[] = [];
    const twice = Promise.withResolvers<void>();
    listener.on('notification', ({ payload }) => {
      heard.push(JSON.parse(payload ?? ''));
      if (heard.length === 2) twice.resolve();
    });
    await listener.query('listen medcall_events');

    const given = await api('POST', path, { type: 'ai', accepted: true });
    expect(given.status).toBe(201);
    expect(consent.parse(given.body)).toMatchObject({ type: 'ai', accepted: true });
    expect(given.body.text_hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await api('POST', path, { type: 'ai', accepted: false })).status).toBe(201);
    await twice.promise;
    await listener.end();
    expect(heard).toEqual([
      { type: 'consent_changed', consultation_id: made.id, consent_type: 'ai', accepted: true },
      { type: 'consent_changed', consultation_id: made.id, consent_type: 'ai', accepted: false },
    ]);

    for (const reader of [api, doctor]) {
      const { items } = listOf(consent).parse((await reader('GET', path)).body);
      expect(items.map(({ accepted }) => accepted)).toEqual([false, true]);
    }
  });

  it('are written by the doctor for what was said in person, never for an online patient', async () => {
    const online = await aConsultation();
    const present = await aConsultation({ type: 'PRESENCIAL' });
    const body = {
      type: 'care',
      accepted: true,
      signer: { name: 'Ana Souza', relation: 'mãe' },
    };
    const refused = await doctor('POST', `/api/consultations/${online.id}/consents`, body);
    expect(code(refused)).toEqual([403, 'forbidden']);
    const written = await doctor('POST', `/api/consultations/${present.id}/consents`, body);
    expect(written).toMatchObject({ status: 201, body: { signer_name: 'Ana Souza' } });
  });

  it('are not for guests', async () => {
    const made = await aConsultation();
    const guest = await anInvitation(made.id, 'guest');
    const refused = await guest.api('POST', `/api/consultations/${made.id}/consents`, {
      type: 'ai',
      accepted: true,
    });
    expect(code(refused)).toEqual([403, 'forbidden']);
  });
});

describe('the record', () => {
  it('gives the transcript in order without superseded rows, as json, txt and vtt', async () => {
    const made = await aConsultation();
    await gateway.database.database.asSystem('arrange a test', async (trx) => {
      const row = (start_ms: number, speaker: 'MEDICO' | 'PACIENTE', text: string) => ({
        room_id: made.roomId,
        speaker,
        text,
        start_ms,
        end_ms: start_ms + 1_000,
        timestamp: new Date(start_ms),
      });
      const [better] = await trx
        .insertInto('transcriptions')
        .values([row(5_000, 'PACIENTE', 'Dói a cabeça.'), row(1_000, 'MEDICO', 'O que sente?')])
        .returning('id')
        .execute();
      await trx
        .insertInto('transcriptions')
        .values({ ...row(5_000, 'PACIENTE', 'Dói a cabeça'), superseded_by: better?.id ?? null })
        .execute();
    });
    const path = `/api/consultations/${made.id}/transcript`;
    const json = transcript.parse((await doctor('GET', path)).body);
    expect(json.items.map(({ text }) => text)).toEqual(['O que sente?', 'Dói a cabeça.']);
    const txt = await doctor('GET', `${path}?format=txt`);
    expect(txt.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(txt.text).toBe(
      '[00:00:01] Médico(a): O que sente?\n[00:00:05] Paciente: Dói a cabeça.\n',
    );
    const vtt = await doctor('GET', `${path}?format=vtt`);
    expect(vtt.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(vtt.text).toMatch(/^WEBVTT\n/);
    expect(code(await doctor('GET', `${path}?format=docx`))).toEqual([400, 'validation_failed']);
    expect(code(await admin('GET', path))).toEqual([403, 'forbidden']);
    expect((await doctor('GET', `/api/consultations/${made.id}/coverage`)).body.items).toEqual([]);
    expect(code(await doctor('GET', `/api/consultations/${made.id}/note`))).toEqual([
      404,
      'not_found',
    ]);
  });
});

describe('another clinic', () => {
  it('finds nothing, on any route', async () => {
    const made = await aConsultation();
    const invitation = await anInvitation(made.id);
    const one = `/api/consultations/${made.id}`;
    const requests: [string, string, unknown?][] = [
      ['GET', one],
      ['PATCH', one, { ai_enabled: false }],
      ['POST', `${one}/cancel`, {}],
      ['POST', `${one}/no-show`],
      ['POST', `${one}/convert`, { reason: 'motivo' }],
      ['GET', `${one}/consents`],
      ['POST', `${one}/consents`, { type: 'ai', accepted: true }],
      ['GET', `${one}/transcript`],
      ['GET', `${one}/transcript?format=txt`],
      ['GET', `${one}/note`],
      ['GET', `${one}/coverage`],
      ['GET', `${one}/suggestions`],
      ['GET', `/api/patients/${joao.id}`],
      ['PATCH', `/api/patients/${joao.id}`, { name: 'Outro Nome' }],
      ['POST', `/api/patients/${joao.id}/care-relations`, { reason: 'curiosidade' }],
      ['POST', '/api/consultations', { patient_id: joao.id, type: 'ONLINE' }],
      ['POST', '/api/invitations', { consultationId: made.id }],
      ['DELETE', `/api/invitations/${invitation.id}`],
    ];
    for (const [method, path, body] of requests) {
      const answer = await stranger(method, path, body);
      expect(code(answer), `${method} ${path}`).toEqual([404, 'not_found']);
    }
    const list = await strangerAdmin('GET', `/api/consultations?patient_id=${joao.id}`);
    expect(list.body.items).toEqual([]);
    const search = await strangerAdmin('GET', `/api/patients?search=${joao.cpf}`);
    expect(search.body.items).toEqual([]);
    expect((await doctor('GET', one)).body.ai_enabled).toBe(true);
  });

  it('gets the same answer for what is not there and for what is no id', async () => {
    const absent = '0b6d5a1e-7a52-4b4e-8a6b-3f5c4dc6a001';
    for (const id of [absent, 'abc', '1', "' or 1=1"]) {
      const answer = await stranger('GET', `/api/consultations/${encodeURIComponent(id)}`);
      expect(code(answer), id).toEqual([404, 'not_found']);
    }
  });
});

describe('audit', () => {
  it('knows who created and read what, and who was refused', async () => {
    const made = await aConsultation();
    await doctor('GET', `/api/consultations/${made.id}`);
    await admin('GET', `/api/consultations/${made.id}/transcript`);
    const rows = await gateway.database.database.asSystem('assert', (trx) =>
      trx
        .selectFrom('audit_logs')
        .select(['action', 'outcome', 'actor_kind', 'patient_id', 'record_id', 'request_id'])
        .where('clinica_id', '=', clinic.id)
        .where('action', 'not in', ['auth.sign_in'])
        .orderBy('seq', 'desc')
        .limit(3)
        .execute(),
    );
    expect(rows.toReversed()).toMatchObject([
      { action: 'consultation.create', actor_kind: 'medico', record_id: made.id },
      { action: 'consultation.read', actor_kind: 'medico', patient_id: joao.id },
      { action: 'permission.denied', outcome: 'denied', actor_kind: 'admin' },
    ]);
    expect(rows.every(({ request_id }) => request_id !== null)).toBe(true);
  });
});

describe('removal', () => {
  it('ends what a doctor may do, at once in the database and within 30 s everywhere', async () => {
    const world = await aClinic(gateway);
    const api = apiOf(gateway, await signIn(gateway, world.doctor));
    expect((await api('GET', '/api/me')).status).toBe(200);
    await gateway.database.database.asSystem('arrange a test', (trx) =>
      trx
        .updateTable('members')
        .set({ active: false })
        .where('user_auth', '=', world.doctor.sub)
        .execute(),
    );
    expect((await api('GET', '/api/consultations')).body.items).toEqual([]);
    gateway.clock.advance(31_000);
    expect(code(await api('GET', '/api/me'))).toEqual([403, 'forbidden']);
  });
});
