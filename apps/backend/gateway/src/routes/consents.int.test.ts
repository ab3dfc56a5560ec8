import { consent, listOf } from '@medcall/shared-types';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

describe('consents', () => {
  it('are given and withdrawn by the patient, and the services hear of it', async () => {
    const made = await world.aConsultation();
    const { api } = await world.anInvitation(made.id);
    const path = `/api/consultations/${made.id}/consents`;
    const listener = new pg.Client({ connectionString: world.gateway.database.appUrl });
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
    expect(z.parse(consent, given.body)).toMatchObject({ type: 'ai', accepted: true });
    expect(given.body.text_hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await api('POST', path, { type: 'ai', accepted: false })).status).toBe(201);
    await twice.promise;
    await listener.end();
    expect(heard).toEqual([
      { type: 'consent_changed', consultation_id: made.id, consent_type: 'ai', accepted: true },
      { type: 'consent_changed', consultation_id: made.id, consent_type: 'ai', accepted: false },
    ]);

    for (const reader of [api, world.doctor]) {
      const { items } = listOf(consent).parse((await reader('GET', path)).body);
      expect(items.map(({ accepted }) => accepted)).toEqual([false, true]);
    }
  });

  it('are written by the doctor for what was said in person, never for an online patient', async () => {
    const online = await world.aConsultation();
    const present = await world.aConsultation({ type: 'PRESENCIAL' });
    const body = {
      type: 'care',
      accepted: true,
      signer: { name: 'Ana Souza', relation: 'mãe' },
    };
    const refused = await world.doctor('POST', `/api/consultations/${online.id}/consents`, body);
    expect(code(refused)).toEqual([403, 'forbidden']);
    const written = await world.doctor('POST', `/api/consultations/${present.id}/consents`, body);
    expect(written).toMatchObject({ status: 201, body: { signer_name: 'Ana Souza' } });
  });

  it('are not for guests', async () => {
    const made = await world.aConsultation();
    const guest = await world.anInvitation(made.id, 'guest');
    const refused = await guest.api('POST', `/api/consultations/${made.id}/consents`, {
      type: 'ai',
      accepted: true,
    });
    expect(code(refused)).toEqual([403, 'forbidden']);
  });
});
