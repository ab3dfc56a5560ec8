import { createLogger } from '@medcall/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aClinic,
  aGateway,
  apiOf,
  password,
  supabaseFor,
  type TestGateway,
} from './testing/world.ts';

/** Marks that stand for what must stay out of every log. */
const canary = {
  name: 'Canarina Rouxinol Sabiá',
  cpf: '52998224725',
  allergy: 'alergia-canario-amarelo',
  reason: 'motivo-canario-sigiloso',
  utterance: 'fala-canario-no-ninho',
  email: 'canario@pacientes.test',
};

let gateway: TestGateway;
let written = '';

beforeAll(async () => {
  const destination = {
    write(line: string) {
      written += line;
    },
  };
  gateway = await aGateway({}, createLogger({ service: 'gateway', level: 'trace', destination }));
});
afterAll(() => gateway?.stop());

describe('logs', () => {
  it('hold no person, no clinical text and no secret, at the loudest level, errors included', async () => {
    const clinic = await aClinic(gateway);
    const client = supabaseFor(gateway);
    const { data } = await client.auth.signInWithPassword({
      email: clinic.doctor.email,
      password,
    });
    const token = data.session?.access_token ?? '';
    const refreshToken = data.session?.refresh_token ?? '';
    const doctor = apiOf(gateway, token);
    await client.auth.refreshSession({ refresh_token: refreshToken });

    const made = await doctor('POST', '/api/patients', {
      name: canary.name,
      cpf: canary.cpf,
      email: canary.email,
    });
    const patient = `/api/patients/${made.body.id}`;
    await doctor('POST', `${patient}/care-relations`, { reason: canary.reason });
    await doctor('PATCH', patient, { allergies: [canary.allergy] });
    await doctor('GET', `/api/patients?search=${encodeURIComponent(canary.name)}`);
    await doctor('POST', '/api/patients', { name: canary.name, cpf: canary.cpf });
    await doctor('POST', '/api/patients', { name: canary.name, cpf: '52998224724' });
    const visit = await doctor('POST', '/api/consultations', {
      patient_id: made.body.id,
      type: 'ONLINE',
    });
    await gateway.database.database.asSystem('arrange a test', async (trx) => {
      await trx
        .insertInto('transcriptions')
        .values({
          room_id: visit.body.room_id,
          speaker: 'PACIENTE',
          text: canary.utterance,
          start_ms: 0,
          end_ms: 1,
          timestamp: new Date(),
        })
        .execute();
      // A row that no service would write: reading it is an error of ours, with the row at hand.
      await trx
        .insertInto('notes')
        .values({
          consultation_id: visit.body.id,
          sections: JSON.stringify({ subjetivo: [canary.utterance] }),
        })
        .execute();
    });
    const one = `/api/consultations/${visit.body.id}`;
    expect((await doctor('GET', `${one}/transcript`)).text).toContain(canary.utterance);
    const broken = await doctor('GET', `${one}/note`);
    expect([broken.status, broken.text.includes(canary.utterance)]).toEqual([500, false]);

    const invitation = await doctor('POST', '/api/invitations', { consultationId: visit.body.id });
    const invited = invitation.body.token as string;
    const exchange = await apiOf(gateway)('POST', '/api/invitations/exchange', { token: invited });
    await apiOf(gateway)('GET', `/api/rooms/${visit.body.roomId}?convite=${invited}`);
    await apiOf(gateway, exchange.body.accessToken)('POST', `${one}/consents`, {
      type: 'ai',
      accepted: true,
      signer: { name: canary.name, relation: canary.reason },
    });

    expect(written).toContain('/api/invitations/exchange');
    const secrets = [token, refreshToken, invited, exchange.body.accessToken as string, password];
    for (const mark of [...Object.values(canary), ...secrets, clinic.doctor.email]) {
      expect(written, mark).not.toContain(mark);
    }
  });
});
