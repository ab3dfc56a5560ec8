import { roomConsultation } from '@medcall/shared-types';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

describe('invitations', () => {
  it('give a room token for one consultation, the same person again after a reload', async () => {
    const made = await world.aConsultation();
    const invitation = await world.anInvitation(made.id);
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
    const again = await world.nobody('POST', '/api/invitations/exchange', {
      token: invitation.token,
    });
    expect(decodeJwt(again.body.accessToken).sub).toBe(claims.sub);

    const phone = '+551150000100';
    await world.admin('PATCH', '/api/clinic', { telefone: phone });
    const own = await invitation.api('GET', `/api/consultations/${made.id}`);
    expect(z.parse(roomConsultation, own.body)).toMatchObject({
      clinicPhone: phone,
      id: made.id,
      role: 'patient',
      participantName: world.joao.name,
      doctorName: world.clinic.doctor.name,
    });
    expect(own.text).not.toContain(world.joao.cpf);
  });

  it('are stored hashed', async () => {
    const made = await world.aConsultation();
    const invitation = await world.anInvitation(made.id);
    const dump = await world.gateway.database.database.asSystem('assert', (trx) =>
      trx.selectFrom('invitations').selectAll().execute(),
    );
    expect(JSON.stringify(dump)).not.toContain(invitation.token);
    for (const { token_hash } of dump) expect(token_hash.includes(invitation.token)).toBe(false);
  });

  it('open nothing but consents and the own consultation', async () => {
    const made = await world.aConsultation();
    const other = await world.aConsultation();
    const { api } = await world.anInvitation(made.id);
    expect(code(await api('GET', `/api/consultations/${other.id}`))).toEqual([404, 'not_found']);
    expect(code(await api('GET', `/api/consultations/${other.id}/consents`))[0]).toBe(404);
    for (const path of [
      '/api/me',
      '/api/consultations',
      '/api/patients',
      `/api/patients/${world.joao.id}`,
      `/api/consultations/${made.id}/transcript`,
      `/api/consultations/${made.id}/note`,
      `/api/consultations/${made.id}/coverage`,
      `/api/consultations/${made.id}/suggestions`,
    ]) {
      expect(code(await api('GET', path)), path).toEqual([403, 'forbidden']);
    }
  });

  it('stop when revoked, also the tokens made of them', async () => {
    const made = await world.aConsultation();
    const invitation = await world.anInvitation(made.id);
    expect((await world.doctor('DELETE', `/api/invitations/${invitation.id}`)).status).toBe(204);
    const exchange = await world.nobody('POST', '/api/invitations/exchange', {
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
    const made = await world.aConsultation();
    const invitation = await world.anInvitation(made.id);
    await world.doctor('POST', `/api/consultations/${made.id}/cancel`, { reason: 'Remarcada' });
    const exchange = await world.nobody('POST', '/api/invitations/exchange', {
      token: invitation.token,
    });
    expect(code(exchange)).toEqual([410, 'consultation_ended']);
    const own = await invitation.api('GET', `/api/consultations/${made.id}`);
    expect(code(own)).toEqual([410, 'consultation_ended']);
    const more = await world.doctor('POST', '/api/invitations', { consultationId: made.id });
    expect(code(more)).toEqual([410, 'consultation_ended']);
  });

  it('are refused when invented or too old', async () => {
    const exchange = (token: string) =>
      world.nobody('POST', '/api/invitations/exchange', { token });
    expect(code(await exchange('x'.repeat(43)))).toEqual([404, 'not_found']);
    expect(code(await exchange('curto'))).toEqual([400, 'validation_failed']);
    const made = await world.aConsultation();
    const invitation = await world.anInvitation(made.id);
    world.gateway.clock.advance(25 * 3_600_000);
    expect(code(await exchange(invitation.token))).toEqual([404, 'not_found']);
    world.gateway.clock.advance(-25 * 3_600_000);
  });
});
