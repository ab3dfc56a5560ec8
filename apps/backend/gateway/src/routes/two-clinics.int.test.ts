import { errorCode } from '@medcall/shared-types';
import fc from 'fast-check';
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
} from '../testing/world.ts';

const requests = 2_000;
const atOnce = 8;

interface Side {
  clinic: TestClinic;
  /** Doctor, second doctor, administrator, invited patient. */
  callers: Api[];
  /** Ids and words that nobody of the other clinic may ever read. */
  marks: string[];
  ids: { consultations: string[]; patients: string[]; invitations: string[] };
}

let gateway: TestGateway;
let sides: [Side, Side];

async function aSide(mark: string): Promise<Side> {
  const clinic = await aClinic(gateway);
  const doctor = apiOf(gateway, await signIn(gateway, clinic.doctor));
  const patients: string[] = [];
  const consultations: string[] = [];
  const invitations: string[] = [];
  let invitedToken = '';
  for (let i = 0; i < 3; i += 1) {
    const patient = await aPatient(gateway, clinic, `Paciente ${mark} ${i}`);
    const made = await doctor('POST', '/api/consultations', {
      patient_id: patient.id,
      type: i === 0 ? 'PRESENCIAL' : 'ONLINE',
    });
    const invitation = await doctor('POST', '/api/invitations', {
      consultationId: made.body.id,
      name: `Convidado ${mark}`,
    });
    const { token } = invitation.body;
    invitedToken = (await apiOf(gateway)('POST', '/api/invitations/exchange', { token })).body
      .accessToken;
    patients.push(patient.id);
    consultations.push(made.body.id);
    invitations.push(invitation.body.id);
  }
  return {
    clinic,
    callers: [
      doctor,
      apiOf(gateway, await signIn(gateway, clinic.otherDoctor)),
      apiOf(gateway, await signIn(gateway, clinic.admin)),
      apiOf(gateway, invitedToken),
    ],
    marks: [mark, clinic.id],
    ids: { consultations, patients, invitations },
  };
}

beforeAll(async () => {
  gateway = await aGateway({
    RATE_LIMIT_PER_MINUTE: '1000000',
    INVITATION_RATE_LIMIT_PER_MINUTE: '1000000',
  });
  sides = [await aSide('AZULAO'), await aSide('VERDELHO')];
});
afterAll(() => gateway?.stop());

/** A request by its shape; ids are filled in from both clinics. */
const shape = fc.record({
  side: fc.constantFrom(0, 1),
  caller: fc.nat(3),
  index: fc.nat(2),
  otherIndex: fc.nat(2),
  route: fc.constantFrom<[string, string, ((foreign: Side, i: number) => unknown)?]>(
    ['GET', '/api/consultations/C'],
    ['PATCH', '/api/consultations/C', () => ({ ai_enabled: false })],
    ['POST', '/api/consultations/C/cancel', () => ({ reason: 'motivo' })],
    ['POST', '/api/consultations/C/no-show', () => ({})],
    ['POST', '/api/consultations/C/convert', () => ({ reason: 'motivo' })],
    ['GET', '/api/consultations/C/consents'],
    ['POST', '/api/consultations/C/consents', () => ({ type: 'ai', accepted: true })],
    ['GET', '/api/consultations/C/transcript'],
    ['GET', '/api/consultations/C/transcript?format=vtt'],
    ['GET', '/api/consultations/C/note'],
    ['GET', '/api/consultations/C/coverage'],
    ['GET', '/api/consultations/C/suggestions'],
    ['GET', '/api/consultations?patient_id=P'],
    ['GET', '/api/consultations?limit=200'],
    ['GET', '/api/patients/P'],
    ['PATCH', '/api/patients/P', () => ({ name: 'Trocado' })],
    ['POST', '/api/patients/P/care-relations', () => ({ reason: 'motivo' })],
    ['GET', '/api/patients?limit=200'],
    ['GET', '/api/patients?search=paciente'],
    ['POST', '/api/consultations', (s, i) => ({ patient_id: s.ids.patients[i], type: 'ONLINE' })],
    ['POST', '/api/invitations', (s, i) => ({ consultationId: s.ids.consultations[i] })],
    ['DELETE', '/api/invitations/I'],
  ),
});

describe('two clinics', () => {
  it(`never meet in ${requests} random requests with the other's ids`, async () => {
    const rows = () =>
      gateway.database.database.asSystem('assert', async (trx) => ({
        patients: await trx.selectFrom('patients').select(['id', 'name']).orderBy('id').execute(),
        consultations: await trx
          .selectFrom('consultations')
          .select(['id', 'status', 'type', 'ai_enabled'])
          .orderBy('id')
          .execute(),
        revoked: await trx
          .selectFrom('invitations')
          .select('id')
          .where('revoked_at', 'is not', null)
          .execute(),
      }));
    const before = await rows();
    const asked = fc.sample(shape, { numRuns: requests, seed: 20_261_123 });
    let refused = 0;
    const ask = async ({ side, caller, index, otherIndex, route }: (typeof asked)[number]) => {
      const own = sides[side === 0 ? 0 : 1];
      const foreign = sides[side === 0 ? 1 : 0];
      const [method, pattern, body] = route;
      const path = pattern
        .replace('C', () => foreign.ids.consultations[index] ?? '')
        .replace('P', () => foreign.ids.patients[otherIndex] ?? '')
        .replace('I', () => foreign.ids.invitations[index] ?? '');
      const answer = await own.callers[caller]?.(method, path, body?.(foreign, index));
      const what = `${method} ${pattern} by caller ${caller}: ${answer?.status} ${answer?.text}`;
      for (const mark of foreign.marks) expect(answer?.text.includes(mark), what).toBe(false);
      if (answer?.status === 200) expect(pattern, what).toMatch(/\?/);
      else {
        expect([403, 404], what).toContain(answer?.status);
        expect(errorCode.options).toContain(answer?.body.error.code);
        refused += 1;
      }
    };
    for (let start = 0; start < asked.length; start += atOnce) {
      await Promise.all(asked.slice(start, start + atOnce).map(ask));
    }
    expect(await rows()).toEqual(before);
    expect(refused).toBeGreaterThan(requests / 2);
  }, 180_000);
});
