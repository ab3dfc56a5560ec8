import { me } from '@medcall/shared-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

describe('health and documents', () => {
  it('says it lives, and is ready while the services behind it are away', async () => {
    expect((await world.nobody('GET', '/api/health')).body).toMatchObject({ status: 'ok' });
    expect(await world.nobody('GET', '/api/health/ready')).toMatchObject({
      status: 200,
      body: { checks: { database: 'ok' } },
    });
    expect(code(await world.doctor('GET', '/api/rooms'))).toEqual([503, 'unavailable']);
  });

  it('shows one OpenAPI 3.1 document and a page that loads nothing from elsewhere', async () => {
    const { body } = await world.nobody('GET', '/api/docs.json');
    expect(body.openapi).toBe('3.1.0');
    expect(body.paths['/api/consultations/{id}/consents'].post.requestBody).toBeDefined();
    expect(body.paths['/api/suggestions'].post).toBeDefined();
    const page = await world.nobody('GET', '/api/docs');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    for (const [, file = ''] of page.text.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g)) {
      expect((await world.nobody('GET', file)).status, file).toBe(200);
    }
  });

  it('answers unknown routes and broken bodies with the envelope', async () => {
    expect(await world.nobody('GET', '/api/nada')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', requestId: expect.any(String) } },
    });
    const broken = await fetch(`${world.gateway.url}/api/invitations/exchange`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"token":',
    });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ error: { code: 'validation_failed' } });
    const huge = await world.doctor('POST', '/api/patients', { name: 'x'.repeat(1_100_000) });
    expect(code(huge)).toEqual([413, 'payload_too_large']);
  });
});

describe('/api/me', () => {
  it('shows the doctor, the clinic and where the sockets are', async () => {
    const answer = await world.doctor('GET', '/api/me');
    expect(answer.status).toBe(200);
    expect(me.parse(answer.body)).toMatchObject({
      user: { id: world.clinic.doctor.sub, email: world.clinic.doctor.email, role: 'medico' },
      doctor: { id: world.clinic.doctor.medicoId },
      clinic: { id: world.clinic.id },
      realtimeUrl: 'http://localhost:3002',
      demo: false,
    });
    const office = me.parse((await world.admin('GET', '/api/me')).body);
    expect(office).toMatchObject({ user: { role: 'admin' }, doctor: null });
    expect(office.rights).not.toContain('transcripts:read');
  });

  it('asks for a token', async () => {
    expect(code(await world.nobody('GET', '/api/me'))).toEqual([401, 'unauthenticated']);
  });
});
