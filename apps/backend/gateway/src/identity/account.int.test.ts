import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTwoFactors } from '../testing/second-factor.ts';
import {
  aClinic,
  aGateway,
  apiOf,
  password,
  supabaseFor,
  type TestClinic,
  type TestGateway,
} from '../testing/world.ts';

const serviceRoleKey = 'service-role-key-of-this-test-0123456789';
let gateway: TestGateway;
let clinic: TestClinic;

beforeAll(async () => {
  gateway = await aGateway({ SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey });
  clinic = await aClinic(gateway);
});
afterAll(() => gateway?.stop());

async function signedIn(email: string, secret = password) {
  const client = supabaseFor(gateway);
  const { data, error } = await client.auth.signInWithPassword({ email, password: secret });
  return { client, session: data.session, error };
}

describe('updateUser', () => {
  it('changes the password, ends every other session and keeps its own', async () => {
    const { email } = clinic.doctor;
    const here = await signedIn(email);
    const elsewhere = await signedIn(email);
    const chosen = 'outra frase bem comprida';
    const { error } = await here.client.auth.updateUser({ password: chosen });
    expect(error).toBeNull();

    expect((await here.client.auth.getUser()).error).toBeNull();
    const there = apiOf(gateway, elsewhere.session?.access_token);
    expect((await there('GET', '/api/me')).status).toBe(401);
    expect((await elsewhere.client.auth.refreshSession()).error).not.toBeNull();
    expect((await signedIn(email)).error?.code).toBe('invalid_credentials');
    expect((await signedIn(email, chosen)).error).toBeNull();
  });

  it('refuses a weak password and the same one', async () => {
    const { client } = await signedIn(clinic.otherDoctor.email);
    const change = async (changes: { password?: string; email?: string }) =>
      (await client.auth.updateUser(changes)).error;
    expect(await change({ password: 'curta' })).toMatchObject({
      code: 'weak_password',
      reasons: ['length'],
    });
    expect(await change({ password })).toMatchObject({ code: 'same_password', status: 422 });
    expect((await signedIn(clinic.otherDoctor.email)).error).toBeNull();
  });

  it('refuses a leaked password and one made of words of the application', async () => {
    const { client } = await signedIn(clinic.otherDoctor.email);
    for (const leaked of ['1q2w3e4r5t6y', 'MedCall@2026']) {
      const { error } = await client.auth.updateUser({ password: leaked });
      expect(error).toMatchObject({ code: 'weak_password', reasons: ['pwned'] });
    }
  });

  it('asks for the present password when the sign-in is ten minutes old, and counts wrong ones', async () => {
    const { doctor } = await aClinic(gateway);
    const { client } = await signedIn(doctor.email);
    const change = async (changes: object) => (await client.auth.updateUser(changes)).error?.code;
    const next = { password: 'girassol bem amarelo' };
    gateway.clock.advance(10 * 60_000 + 1);
    expect(await change(next)).toBe('reauthentication_needed');
    expect(await change({ email: 'novo@clinica.test' })).toBe('reauthentication_needed');
    expect(await change({ data: { theme: 'dark' } })).toBeUndefined();
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await change({ ...next, current_password: 'errada' })).toBe('invalid_credentials');
    }
    const right = { ...next, current_password: password };
    expect(await change(right)).toBe('over_request_rate_limit');
    gateway.clock.advance(60_000);
    expect(await change(right)).toBeUndefined();
    gateway.clock.advance(-11 * 60_000 - 1);
    expect((await signedIn(doctor.email, next.password)).error).toBeNull();
  });

  it('takes a code of the second factor for a proof, however old the session is', async () => {
    const { doctor } = await aClinic(gateway);
    const { app } = await withTwoFactors(gateway, doctor);
    const { client } = await signedIn(doctor.email);
    gateway.clock.advance(9 * 60_000);
    const { factorId } = app;
    const shown = await client.auth.mfa.challengeAndVerify({ factorId, code: app.code() });
    expect(shown.error).toBeNull();
    gateway.clock.advance(9 * 60_000);
    const { error } = await client.auth.updateUser({ password: 'girassol bem amarelo' });
    expect(error).toBeNull();
    gateway.clock.advance(-18 * 60_000);
  });

  it.each(['password', 'admin', 'factor'] as const)(
    'ends a change of address that somebody else may have asked for (%s)',
    async (way) => {
      const { doctor } = await aClinic(gateway);
      const { client } = await signedIn(doctor.email);
      const asked = await client.auth.updateUser({ email: `outro-${way}@clinica.test` });
      expect(asked.error).toBeNull();
      const open = () =>
        gateway.database.database.asSystem('read a test', (trx) =>
          trx
            .selectFrom('auth_embedded.one_time_tokens')
            .select('id')
            .where('user_id', '=', doctor.sub)
            .where('kind', '=', 'email_change')
            .where('used_at', 'is', null)
            .execute(),
        );
      expect(await open()).toHaveLength(1);
      const chosen = 'outra frase bem comprida';
      if (way === 'password') await client.auth.updateUser({ password: chosen });
      else if (way === 'factor') await withTwoFactors(gateway, doctor);
      else {
        const admin = supabaseFor(gateway, serviceRoleKey);
        expect(
          (await admin.auth.admin.updateUserById(doctor.sub, { password: chosen })).error,
        ).toBeNull();
      }
      expect(await open()).toEqual([]);
    },
  );

  it('keeps what a person says about themselves', async () => {
    const { client } = await signedIn(clinic.admin.email);
    await client.auth.updateUser({ data: { theme: 'dark' } });
    const { data } = await client.auth.getUser();
    expect(data.user?.user_metadata).toMatchObject({ theme: 'dark', name: clinic.admin.name });
  });
});

describe('accounts that may not sign in', () => {
  it('learn it only with the right password', async () => {
    const world = await aClinic(gateway);
    await gateway.database.database.asSystem('arrange a test', async (trx) => {
      await trx
        .updateTable('auth_embedded.users')
        .set({ banned_until: new Date(Date.now() + 3_600_000) })
        .where('id', '=', world.doctor.sub)
        .execute();
      await trx
        .updateTable('auth_embedded.users')
        .set({ email_confirmed_at: null })
        .where('id', '=', world.admin.sub)
        .execute();
    });
    expect((await signedIn(world.doctor.email)).error?.code).toBe('user_banned');
    expect((await signedIn(world.doctor.email, 'x')).error?.code).toBe('invalid_credentials');
    expect((await signedIn(world.admin.email)).error?.code).toBe('email_not_confirmed');
    const { database } = gateway.database;
    const rows = await database.asSystem('assert', (trx) =>
      trx
        .selectFrom('audit_logs')
        .select(['user_id', 'action', 'outcome', 'changes'])
        .where('user_id', 'in', [world.doctor.sub, world.admin.sub])
        .orderBy('seq')
        .execute(),
    );
    const entry = { action: 'auth.sign_in', changes: { method: 'password' } };
    expect(rows).toMatchObject([
      { ...entry, user_id: world.doctor.sub, outcome: 'denied' },
      { ...entry, user_id: world.doctor.sub, outcome: 'failed' },
      { ...entry, user_id: world.admin.sub, outcome: 'denied' },
    ]);
  });
});

describe('guessing', () => {
  it('raises one alarm when an account has collected 50 failures, and never locks it', async () => {
    const world = await aClinic(gateway);
    const { email } = world.doctor;
    for (let failure = 0; failure < 55; failure += 1) {
      expect((await signedIn(email, 'x')).error?.code).toBe('invalid_credentials');
      gateway.clock.advance(300_000);
    }
    const rows = await gateway.database.database.asSystem('assert', (trx) =>
      trx
        .selectFrom('auth_embedded.sign_in_throttle')
        .select(['failures', 'alarmed_at'])
        .where('failures', '>', 50)
        .execute(),
    );
    expect(rows).toMatchObject([{ failures: 55, alarmed_at: expect.any(Date) }]);
    expect((await signedIn(email)).error).toBeNull();
  }, 120_000);
});
