import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { aClinic, apiOf, signIn } from '../testing/world.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

describe('another clinic', () => {
  it('finds nothing, on any route', async () => {
    const made = await world.aConsultation();
    const invitation = await world.anInvitation(made.id);
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
      ['GET', `/api/patients/${world.joao.id}`],
      ['PATCH', `/api/patients/${world.joao.id}`, { name: 'Outro Nome' }],
      ['POST', `/api/patients/${world.joao.id}/care-relations`, { reason: 'curiosidade' }],
      ['POST', '/api/consultations', { patient_id: world.joao.id, type: 'ONLINE' }],
      ['POST', '/api/invitations', { consultationId: made.id }],
      ['DELETE', `/api/invitations/${invitation.id}`],
    ];
    for (const [method, path, body] of requests) {
      const answer = await world.stranger(method, path, body);
      expect(code(answer), `${method} ${path}`).toEqual([404, 'not_found']);
    }
    const list = await world.strangerAdmin('GET', `/api/consultations?patient_id=${world.joao.id}`);
    expect(list.body.items).toEqual([]);
    const search = await world.strangerAdmin('GET', `/api/patients?search=${world.joao.cpf}`);
    expect(search.body.items).toEqual([]);
    expect((await world.doctor('GET', one)).body.ai_enabled).toBe(true);
  });

  it('gets the same answer for what is not there and for what is no id', async () => {
    const absent = '0b6d5a1e-7a52-4b4e-8a6b-3f5c4dc6a001';
    for (const id of [absent, 'abc', '1', "' or 1=1"]) {
      const answer = await world.stranger('GET', `/api/consultations/${encodeURIComponent(id)}`);
      expect(code(answer), id).toEqual([404, 'not_found']);
    }
  });
});

describe('audit', () => {
  it('knows who created and read what, and who was refused', async () => {
    const made = await world.aConsultation();
    await world.doctor('GET', `/api/consultations/${made.id}`);
    await world.admin('GET', `/api/consultations/${made.id}/transcript`);
    const rows = await world.gateway.database.database.asSystem('assert', (trx) =>
      trx
        .selectFrom('audit_logs')
        .select(['action', 'outcome', 'actor_kind', 'patient_id', 'record_id', 'request_id'])
        .where('clinica_id', '=', world.clinic.id)
        .where('action', 'not in', ['auth.sign_in'])
        .orderBy('seq', 'desc')
        .limit(3)
        .execute(),
    );
    expect(rows.toReversed()).toMatchObject([
      { action: 'consultation.create', actor_kind: 'medico', record_id: made.id },
      { action: 'consultation.read', actor_kind: 'medico', patient_id: world.joao.id },
      { action: 'permission.denied', outcome: 'denied', actor_kind: 'admin' },
    ]);
    expect(rows.every(({ request_id }) => request_id !== null)).toBe(true);
  });
});

describe('removal', () => {
  it('ends what a doctor may do, at once in the database and within 30 s everywhere', async () => {
    const removed = await aClinic(world.gateway);
    const api = apiOf(world.gateway, await signIn(world.gateway, removed.doctor));
    expect((await api('GET', '/api/me')).status).toBe(200);
    await world.gateway.database.database.asSystem('arrange a test', (trx) =>
      trx
        .updateTable('members')
        .set({ active: false })
        .where('user_auth', '=', removed.doctor.sub)
        .execute(),
    );
    expect((await api('GET', '/api/consultations')).body.items).toEqual([]);
    world.gateway.clock.advance(31_000);
    expect(code(await api('GET', '/api/me'))).toEqual([403, 'forbidden']);
  });
});
