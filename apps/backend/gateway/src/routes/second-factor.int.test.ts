import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, firstStep, secondStep, tokenOf, withTwoFactors } from '../testing/second-factor.ts';
import {
  type Api,
  aClinic,
  aGateway,
  apiOf,
  signIn,
  type TestClinic,
  type TestGateway,
} from '../testing/world.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await aGateway({ AUTH_RATE_LIMIT_PER_MINUTE: '10000' });
});
afterAll(() => gateway?.stop());

/** A clinic that asks for second factors since so long, with a raised administrator. */
async function aStrictClinic(hoursAgo = 0): Promise<{ clinic: TestClinic; office: Api }> {
  const clinic = await aClinic(gateway);
  const { token } = await withTwoFactors(gateway, clinic.admin);
  const office = apiOf(gateway, token);
  expect((await office('PUT', '/api/clinic/second-factor', { required: true })).status).toBe(200);
  await gateway.database.database.asSystem('arrange a test', (trx) =>
    trx
      .updateTable('clinicas')
      .set({ second_factor_since: new Date(Date.now() - hoursAgo * 3_600_000) })
      .where('id', '=', clinic.id)
      .execute(),
  );
  return { clinic, office };
}

async function codeFrom(api: Api, path = '/api/me'): Promise<string> {
  const { body, status } = await api('GET', path);
  return status === 200 ? 'ok' : body.error.code;
}

async function personOf(office: Api, name: string) {
  const { body } = await office('GET', '/api/clinic/second-factor');
  return body.people.find((person: { name: string }) => person.name === name);
}

describe('a clinic that asks for a second factor', () => {
  it('lets a log-in with the password alone do nothing but enrol', async () => {
    const { clinic } = await aStrictClinic(1);
    const client = await firstStep(gateway, clinic.doctor);
    const before = apiOf(gateway, await tokenOf(client));
    const paths = ['/api/me', '/api/consultations', '/api/patients', '/api/me/sessions'];
    for (const path of paths) expect(await codeFrom(before, path)).toBe('second_factor_required');

    const app = await anApp(gateway, client);
    await secondStep(gateway, client, app);
    const after = apiOf(gateway, await tokenOf(client));
    for (const path of paths) expect(await codeFrom(after, path)).toBe('ok');
    // Nor does the token from before, though its session was raised.
    expect(await codeFrom(before)).toBe('second_factor_required');
  });

  it('lets a session that was open go on for half a day', async () => {
    const clinic = await aClinic(gateway);
    const open = apiOf(gateway, await signIn(gateway, clinic.doctor));
    const since = (hours: number) =>
      gateway.database.database.asSystem('arrange a test', (trx) =>
        trx
          .updateTable('clinicas')
          .set({ second_factor_since: new Date(Date.now() + hours * 3_600_000) })
          .where('id', '=', clinic.id)
          .execute(),
      );
    expect((await open('GET', '/api/me')).body.secondFactorFrom).toBeNull();
    await since(1);
    expect(await codeFrom(open)).toBe('ok');
    // Said beforehand: half a day after the clinic began to ask.
    const { secondFactorFrom } = (await open('GET', '/api/me')).body;
    expect((Date.parse(secondFactorFrom) - Date.now()) / 3_600_000).toBeCloseTo(13, 1);
    await since(-13);
    // What was known of the session is forgotten after half a minute.
    gateway.clock.advance(31_000);
    expect(await codeFrom(open)).toBe('second_factor_required');
  });

  it('lets everybody in again when it asks no more', async () => {
    const { clinic, office } = await aStrictClinic(1);
    const doctor = apiOf(gateway, await signIn(gateway, clinic.doctor));
    expect(await codeFrom(doctor)).toBe('second_factor_required');
    const off = await office('PUT', '/api/clinic/second-factor', { required: false });
    expect(off.body.required_since).toBeNull();
    expect(await codeFrom(doctor)).toBe('ok');
  });

  it('keeps its date when it is asked twice, and is on the record', async () => {
    const { office } = await aStrictClinic(2);
    const first = await office('GET', '/api/clinic/second-factor');
    const again = await office('PUT', '/api/clinic/second-factor', { required: true });
    expect(again.body.required_since).toBe(first.body.required_since);
    const { body } = await office('GET', '/api/audit?action=factor.required');
    expect(body.items[0]).toMatchObject({ action: 'factor.required', changes: { required: true } });
  });
});

describe('a lost device', () => {
  it('is forgotten by the administration, with every session, on the record', async () => {
    const { clinic, office } = await aStrictClinic(1);
    const { client, token } = await withTwoFactors(gateway, clinic.doctor);
    const person = await personOf(office, clinic.doctor.name);
    expect(person).toMatchObject({ role: 'medico', enrolled: true });
    const path = `/api/clinic/second-factor/${person.member_id}/reset`;
    const { body, status } = await office('POST', path);
    expect(status).toBe(200);
    expect(body.people).toContainEqual({ ...person, enrolled: false });
    expect(await codeFrom(apiOf(gateway, token))).toBe('unauthenticated');
    expect((await client.auth.getUser()).error?.name).toBe('AuthSessionMissingError');

    // The next log-in leads to a new factor.
    gateway.clock.advance(2_000);
    const anew = await firstStep(gateway, clinic.doctor);
    expect((await anew.auth.mfa.listFactors()).data?.all).toEqual([]);
    expect(await codeFrom(apiOf(gateway, await tokenOf(anew)))).toBe('second_factor_required');
    await secondStep(gateway, anew, await anApp(gateway, anew));
    expect(await codeFrom(apiOf(gateway, await tokenOf(anew)))).toBe('ok');

    const audit = await office('GET', '/api/audit?action=factor.reset');
    expect(audit.body.items).toMatchObject([{ record_id: person.member_id, outcome: 'ok' }]);
  });

  it("is no other clinic's affair", async () => {
    const { clinic, office } = await aStrictClinic(1);
    const person = await personOf(office, clinic.doctor.name);
    const stranger = apiOf(gateway, await signIn(gateway, (await aClinic(gateway)).admin));
    const path = `/api/clinic/second-factor/${person.member_id}/reset`;
    expect((await stranger('POST', path)).body.error.code).toBe('not_found');
  });
});
