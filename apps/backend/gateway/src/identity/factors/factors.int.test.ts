import { createHash, randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  aDoctor,
  auditOf,
  gateway,
  noticesOf,
  rows,
  useFactorWorld,
} from '../../testing/factor-world.ts';
import {
  anApp,
  codeOf,
  firstStep,
  mfaClient,
  secondStep,
  tokenOf,
  withTwoFactors,
} from '../../testing/second-factor.ts';
import { aClinic, aGateway, apiOf } from '../../testing/world.ts';

useFactorWorld();

describe('auth.mfa of supabase-js at the embedded identity', () => {
  it('enrols an app, raises the session with its code, and keeps that through a refresh', async () => {
    const doctor = await aDoctor();
    const client = await firstStep(gateway, doctor);
    const { data: enrolled, error } = await client.auth.mfa.enroll({
      factorType: 'totp',
      friendlyName: 'Celular',
      issuer: 'MedCall',
    });
    expect(error).toBeNull();
    expect(enrolled).toMatchObject({ type: 'totp', friendly_name: 'Celular' });
    expect(enrolled?.totp.qr_code).toMatch(/^data:image\/svg\+xml;utf-8,<svg /);
    expect(enrolled?.totp.uri).toContain('issuer=MedCall');
    // Not verified yet: it asks for nothing.
    await client.auth.refreshSession();
    expect((await client.auth.mfa.getAuthenticatorAssuranceLevel()).data).toMatchObject({
      currentLevel: 'aal1',
      nextLevel: 'aal1',
    });

    const factorId = enrolled?.id ?? '';
    const asked = await client.auth.mfa.challenge({ factorId });
    expect(asked.data).toMatchObject({ type: 'totp', expires_at: expect.any(Number) });
    const code = codeOf(enrolled?.totp.secret ?? '', gateway.clock.now());
    const challengeId = asked.data?.id ?? '';
    const { data: raised } = await client.auth.mfa.verify({ factorId, challengeId, code });
    expect(raised?.user.factors).toMatchObject([{ id: factorId, status: 'verified' }]);
    const claims = decodeJwt(raised?.access_token ?? '');
    expect(claims).toMatchObject({
      aal: 'aal2',
      amr: [
        { method: 'totp', timestamp: expect.any(Number) },
        { method: 'password', timestamp: expect.any(Number) },
      ],
    });

    const { data: renewed } = await client.auth.refreshSession();
    const after = decodeJwt(renewed.session?.access_token ?? '');
    expect(after).toMatchObject({ aal: 'aal2', amr: claims.amr, session_id: claims.session_id });
    expect((await client.auth.mfa.listFactors()).data?.totp).toMatchObject([
      { id: factorId, factor_type: 'totp', friendly_name: 'Celular' },
    ]);
    expect(await auditOf(doctor.sub)).toEqual(['factor.enrolling ok', 'factor.enrolled ok']);
    expect(await noticesOf(doctor.sub)).toEqual(['factor_added']);
  });

  it('asks at the next log-in, and lets nobody in with the password alone', async () => {
    const doctor = await aDoctor();
    const { app } = await withTwoFactors(gateway, doctor);
    const client = await firstStep(gateway, doctor);
    expect((await client.auth.mfa.getAuthenticatorAssuranceLevel()).data).toMatchObject({
      currentLevel: 'aal1',
      nextLevel: 'aal2',
    });
    const refused = await apiOf(gateway, await tokenOf(client))('GET', '/api/me');
    expect([refused.status, refused.body.error.code]).toEqual([403, 'second_factor_required']);
    await secondStep(gateway, client, app);
    expect((await apiOf(gateway, await tokenOf(client))('GET', '/api/me')).status).toBe(200);
  });

  it('signs out what has one factor, and leaves what has two', async () => {
    const doctor = await aDoctor();
    const elsewhere = await firstStep(gateway, doctor);
    const { app, client } = await withTwoFactors(gateway, doctor);
    expect((await elsewhere.auth.getUser()).error?.name).toBe('AuthSessionMissingError');
    const second = await firstStep(gateway, doctor);
    await secondStep(gateway, second, app);
    expect((await client.auth.getUser()).error).toBeNull();
  });

  it('gives the raised session to nobody who holds the refresh token from before', async () => {
    const doctor = await aDoctor();
    const client = await firstStep(gateway, doctor);
    const before = (await client.auth.getSession()).data.session;
    const app = await anApp(gateway, client);
    await secondStep(gateway, client, app);
    const other = mfaClient(gateway);
    const stolen = await other.auth.refreshSession({ refresh_token: before?.refresh_token ?? '' });
    expect(stolen.error?.code).toBe('refresh_token_not_found');
    // A tab that was a moment late ends nothing.
    expect((await client.auth.getUser()).error).toBeNull();
  });

  it('enrols a further app, changes password or e-mail and removes an app with two factors alone', async () => {
    const doctor = await aDoctor();
    const { app, client } = await withTwoFactors(gateway, doctor);
    const lesser = await firstStep(gateway, doctor);
    const { mfa } = lesser.auth;
    const enrolment = { factorType: 'totp', friendlyName: 'Outro' } as const;
    expect((await mfa.enroll(enrolment)).error).toMatchObject({
      status: 403,
      code: 'insufficient_aal',
    });
    const next = 'outra frase bem comprida';
    for (const change of [{ password: next }, { email: 'outro@clinica.test' }]) {
      const { error } = await lesser.auth.updateUser(change);
      expect(error).toMatchObject({ status: 401, code: 'insufficient_aal' });
    }
    // What opens nothing may be changed.
    expect((await lesser.auth.updateUser({ data: { tema: 'escuro' } })).error).toBeNull();
    expect((await mfa.unenroll({ factorId: app.factorId })).error).toMatchObject({
      status: 422,
      code: 'insufficient_aal',
    });
    expect((await client.auth.mfa.enroll(enrolment)).error).toBeNull();
    expect((await client.auth.mfa.enroll(enrolment)).error?.code).toBe('mfa_factor_name_conflict');
    expect((await client.auth.updateUser({ password: next })).error).toBeNull();
  });

  it('does not let a mailed link past the second factor', async () => {
    const doctor = await aDoctor();
    await withTwoFactors(gateway, doctor);
    const client = mfaClient(gateway);
    const token_hash = await gateway.database.database.asSystem('arrange a test', async (trx) => {
      const token = randomUUID();
      await trx
        .insertInto('auth_embedded.one_time_tokens')
        .values({
          user_id: doctor.sub,
          kind: 'recovery',
          token_hash: createHash('sha256').update(token).digest(),
          expires_at: new Date(gateway.clock.now() + 60_000),
        })
        .execute();
      return token;
    });
    const { data } = await client.auth.verifyOtp({ type: 'recovery', token_hash });
    expect(decodeJwt(data.session?.access_token ?? '')).toMatchObject({
      aal: 'aal1',
      amr: [{ method: 'otp' }],
    });
    const { error } = await client.auth.updateUser({ password: 'outra frase bem comprida' });
    expect(error?.code).toBe('insufficient_aal');
    const api = apiOf(gateway, await tokenOf(client));
    expect((await api('GET', '/api/me')).body.error.code).toBe('second_factor_required');
  });

  it('lowers the session when its app is removed, and tells the person', async () => {
    const doctor = await aDoctor();
    const { app, client } = await withTwoFactors(gateway, doctor);
    expect((await client.auth.mfa.recoveryCodes.generate()).error).toBeNull();
    const { data } = await client.auth.mfa.unenroll({ factorId: app.factorId });
    expect(data).toEqual({ id: app.factorId });
    await client.auth.refreshSession();
    const token = await tokenOf(client);
    expect(decodeJwt(token)).toMatchObject({ aal: 'aal1', amr: [{ method: 'password' }] });
    // The codes stood in for the app.
    expect((await client.auth.getUser()).data.user?.factors).toBeUndefined();
    expect((await apiOf(gateway, token)('GET', '/api/me')).status).toBe(200);
    expect(await auditOf(doctor.sub)).toContain('factor.removed ok');
    expect(await noticesOf(doctor.sub)).toEqual([
      'factor_added',
      'recovery_codes_made',
      'factor_removed',
    ]);
  });

  it('keeps the key sealed in the database', async () => {
    const doctor = await aDoctor();
    const { app } = await withTwoFactors(gateway, doctor);
    const [row] = await rows(sql<{ secret_sealed: Buffer; whole: string }>`
      select secret_sealed, to_jsonb(f)::text as whole
      from auth_embedded.mfa_factors f where user_id = ${doctor.sub}`);
    expect(row?.whole).not.toContain(app.secret);
    expect(row?.secret_sealed.toString('latin1')).not.toContain(app.secret);
  });

  it('is administered with the service-role key alone', async () => {
    const key = 'service-role-key-of-this-test-0123456789';
    const keyed = await aGateway({ SUPABASE_SERVICE_ROLE_KEY: key });
    try {
      const person = (await aClinic(keyed)).doctor;
      const { app, client } = await withTwoFactors(keyed, person);
      await client.auth.mfa.recoveryCodes.generate();
      const userId = person.sub;
      const nobody = mfaClient(keyed).auth.admin.mfa;
      expect((await nobody.listFactors({ userId })).error?.code).toBe('not_admin');
      const { mfa } = mfaClient(keyed, key).auth.admin;
      const { data } = await mfa.listFactors({ userId });
      expect(data?.factors.map((factor) => factor.factor_type)).toEqual(['totp', 'recovery_code']);
      expect((await mfa.deleteFactor({ id: app.factorId, userId })).error).toBeNull();
      expect((await mfa.listFactors({ userId })).data?.factors).toEqual([]);
      expect((await client.auth.getUser()).error?.name).toBe('AuthSessionMissingError');
      // The lost device is forgotten: the password opens the account.
      const anew = await tokenOf(await firstStep(keyed, person));
      expect((await apiOf(keyed, anew)('GET', '/api/me')).status).toBe(200);
    } finally {
      await keyed.stop();
    }
  });
});
