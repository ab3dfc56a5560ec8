import { createHash, randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anApp,
  codeOf,
  firstStep,
  mfaClient,
  secondStep,
  tokenOf,
  withTwoFactors,
} from '../../testing/second-factor.ts';
import {
  aClinic,
  aGateway,
  apiOf,
  type TestGateway,
  type TestPerson,
} from '../../testing/world.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await aGateway({ AUTH_RATE_LIMIT_PER_MINUTE: '10000' });
});
afterAll(() => gateway?.stop());

async function aDoctor(): Promise<TestPerson> {
  return (await aClinic(gateway)).doctor;
}

const rows = <T>(query: RawBuilder<T>): Promise<T[]> =>
  gateway.database.database.asSystem('read a test', async (trx) => (await query.execute(trx)).rows);

async function auditOf(sub: string): Promise<string[]> {
  const found = await rows(sql<{ action: string; outcome: string }>`
    select action, outcome from public.audit_logs where user_id = ${sub} order by created_at`);
  return found
    .filter(({ action }) => action.startsWith('factor.'))
    .map(({ action, outcome }) => `${action} ${outcome}`);
}

async function noticesOf(sub: string): Promise<string[]> {
  const found = await rows(sql<{ kind: string }>`
    select n.kind from auth_embedded.account_notices n
    join app.job_outbox o on o.subject_id = n.id and o.kind = 'identity.notice'
    where n.user_id = ${sub} order by n.created_at`);
  return found.map(({ kind }) => kind);
}

/** Makes a person wait for the next guess, as many wrong codes do. */
async function mustWait(sub: string, milliseconds: number): Promise<void> {
  const next_attempt_at = new Date(gateway.clock.now() + milliseconds);
  await gateway.database.database.asSystem('arrange a test', (trx) =>
    trx
      .insertInto('auth_embedded.sign_in_throttle')
      .values({
        account_hash: createHash('sha256').update(`second-factor:${sub}`).digest(),
        address: 'any',
        failures: 9,
        last_failed_at: new Date(gateway.clock.now()),
        next_attempt_at,
      })
      .onConflict((conflict) =>
        conflict.columns(['account_hash', 'address']).doUpdateSet({ next_attempt_at }),
      )
      .execute(),
  );
}

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

  it('accepts a code once, of this step or the next to it', async () => {
    const doctor = await aDoctor();
    const { app, client } = await withTwoFactors(gateway, doctor);
    const show = async (code: string) => {
      const { error } = await client.auth.mfa.challengeAndVerify({ factorId: app.factorId, code });
      return error?.code ?? 'accepted';
    };
    expect(await show(app.code())).toBe('mfa_verification_failed');
    expect(await show(app.code(2))).toBe('mfa_verification_failed');
    expect(await show(app.code(1))).toBe('accepted');
    // Its own step has come meanwhile.
    gateway.clock.advance(30_000);
    expect(await show(app.code())).toBe('mfa_verification_failed');
    gateway.clock.advance(60_000);
    expect(await show(app.code(-1))).toBe('accepted');
    expect(await auditOf(doctor.sub)).toContain('factor.challenge_failed failed');
  });

  it('takes the code of either of two apps as one guess, whichever was asked', async () => {
    const doctor = await aDoctor();
    const { app, client } = await withTwoFactors(gateway, doctor);
    const tablet = await anApp(gateway, client, 'Tablet');
    await secondStep(gateway, client, tablet);
    for (let time = 0; time < 6; time += 1) {
      gateway.clock.advance(30_000);
      const later = await firstStep(gateway, doctor);
      const { factorId } = app;
      const { error } = await later.auth.mfa.challengeAndVerify({ factorId, code: tablet.code() });
      expect(error).toBeNull();
    }
    // Once only, whichever app is asked.
    const last = await firstStep(gateway, doctor);
    const { factorId } = app;
    const spent = await last.auth.mfa.challengeAndVerify({ factorId, code: tablet.code() });
    expect(spent.error?.code).toBe('mfa_verification_failed');
    gateway.clock.advance(-6 * 30_000);
  });

  it('lets few of many guesses through that come at once, and the right code after the wait', async () => {
    const doctor = await aDoctor();
    const { app } = await withTwoFactors(gateway, doctor);
    gateway.clock.advance(30_000);
    const client = await firstStep(gateway, doctor);
    const { factorId } = app;
    const { data: asked } = await client.auth.mfa.challenge({ factorId });
    const token = await tokenOf(client);
    const guess = (code: string) =>
      apiOf(gateway, token, { 'X-Supabase-Api-Version': '2024-01-01' })(
        'POST',
        `/auth/v1/factors/${factorId}/verify`,
        { challenge_id: asked?.id, code },
      );
    const wrong = app.code() === '000000' ? '000001' : '000000';
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess(wrong)));
    const codes = answers.map(({ body }) => body.code);
    const counted = codes.filter((code) => code === 'mfa_verification_failed').length;
    // Five are free; a slow machine may see the first wait of two seconds pass.
    expect(counted).toBeGreaterThanOrEqual(5);
    expect(counted).toBeLessThan(9);
    expect(codes.filter((code) => code === 'over_request_rate_limit')).toHaveLength(20 - counted);

    await mustWait(doctor.sub, 60_000);
    const limited = await guess(app.code());
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    // Another session of the same person has no guesses of its own.
    const second = await firstStep(gateway, doctor);
    const there = await second.auth.mfa.challengeAndVerify({ factorId, code: app.code() });
    expect(there.error?.status).toBe(429);

    gateway.clock.advance(61_000);
    expect((await guess(app.code())).status).toBe(200);
  });

  it('takes an answer to a living challenge of that factor only', async () => {
    const doctor = await aDoctor();
    const { app, client } = await withTwoFactors(gateway, doctor);
    const { factorId } = app;
    gateway.clock.advance(30_000);
    const { data: old } = await client.auth.mfa.challenge({ factorId });
    gateway.clock.advance(5 * 60_000);
    const late = { factorId, challengeId: old?.id ?? '', code: app.code() };
    expect((await client.auth.mfa.verify(late)).error?.code).toBe('mfa_challenge_expired');
    const unknown = { ...late, challengeId: randomUUID() };
    expect((await client.auth.mfa.verify(unknown)).error?.code).toBe('mfa_factor_not_found');
    const { data: fresh } = await client.auth.mfa.challenge({ factorId });
    const right = { ...late, challengeId: fresh?.id ?? '' };
    expect((await client.auth.mfa.verify(right)).error).toBeNull();
    gateway.clock.advance(30_000);
    const again = { ...right, code: app.code() };
    expect((await client.auth.mfa.verify(again)).error?.code).toBe('mfa_ip_address_mismatch');
  });

  it("knows nobody else's factor", async () => {
    const { app } = await withTwoFactors(gateway, await aDoctor());
    const stranger = await firstStep(gateway, await aDoctor());
    const { factorId } = app;
    const { mfa } = stranger.auth;
    expect((await mfa.challenge({ factorId })).error).toMatchObject({
      status: 404,
      code: 'mfa_factor_not_found',
    });
    expect((await mfa.unenroll({ factorId })).error?.code).toBe('mfa_factor_not_found');
    expect((await mfa.unenroll({ factorId: 'x' })).error?.code).toBe('validation_failed');
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

describe('recovery codes', () => {
  it('are made with two factors, shown once, counted, and stored as slow hashes', async () => {
    const doctor = await aDoctor();
    const single = await firstStep(gateway, doctor);
    const early = await single.auth.mfa.recoveryCodes.generate();
    expect(early.error).toMatchObject({ status: 403, code: 'insufficient_aal' });
    const { client } = await withTwoFactors(gateway, doctor);
    const { recoveryCodes } = client.auth.mfa;
    expect((await recoveryCodes.getStatus()).error).toMatchObject({
      status: 404,
      code: 'mfa_factor_not_found',
    });
    const { data } = await recoveryCodes.generate();
    expect(data).toMatchObject({ type: 'recovery_code', total: 10 });
    expect(data?.codes).toHaveLength(10);
    expect((await recoveryCodes.getStatus()).data).toEqual({
      id: data?.id,
      type: 'recovery_code',
      total: 10,
      remaining: 10,
    });
    expect((await recoveryCodes.generate()).error?.code).toBe('mfa_verified_factor_exists');
    const stored = await rows(sql<{ code_hash: string }>`
      select c.code_hash from auth_embedded.recovery_codes c
      join auth_embedded.mfa_factors f on f.id = c.factor_id where f.user_id = ${doctor.sub}`);
    expect(stored).toHaveLength(10);
    for (const { code_hash } of stored) expect(code_hash).toMatch(/^scrypt\$32768\$/);
  });

  it('each raise a session once, however they are typed', async () => {
    const doctor = await aDoctor();
    const { client } = await withTwoFactors(gateway, doctor);
    const codes = (await client.auth.mfa.recoveryCodes.generate()).data?.codes ?? [];
    const typed = codes[3]?.toUpperCase().replace(/(.{4})(?=.)/g, '$1-') ?? '';
    const elsewhere = await firstStep(gateway, doctor);
    const { data } = await elsewhere.auth.mfa.recoveryCodes.verify({ code: typed });
    expect(decodeJwt(data?.access_token ?? '')).toMatchObject({
      aal: 'aal2',
      amr: [{ method: 'mfa/recovery_code' }, { method: 'password' }],
    });
    const third = await firstStep(gateway, doctor);
    const again = await third.auth.mfa.recoveryCodes.verify({ code: typed });
    expect(again.error).toMatchObject({ status: 422, code: 'mfa_verification_failed' });
    expect((await client.auth.mfa.recoveryCodes.getStatus()).data?.remaining).toBe(9);
    expect(await auditOf(doctor.sub)).toEqual(
      expect.arrayContaining(['factor.recovery_used ok', 'factor.challenge_failed failed']),
    );
    expect(await noticesOf(doctor.sub)).toContain('recovery_code_used');
  });

  it('are spent by one of two who show the same one at once', async () => {
    const doctor = await aDoctor();
    const { client } = await withTwoFactors(gateway, doctor);
    const [code = ''] = (await client.auth.mfa.recoveryCodes.generate()).data?.codes ?? [];
    const two = [await firstStep(gateway, doctor), await firstStep(gateway, doctor)];
    const answers = await Promise.all(two.map((c) => c.auth.mfa.recoveryCodes.verify({ code })));
    // The loser's session may have ended by the winner's, or its code is spent.
    expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
  });

  it('give a new set that ends the old one, and go when the person says so', async () => {
    const doctor = await aDoctor();
    const { client } = await withTwoFactors(gateway, doctor);
    const { recoveryCodes } = client.auth.mfa;
    const old = (await recoveryCodes.generate()).data;
    const fresh = (await recoveryCodes.regenerate()).data;
    expect(fresh?.id).toBe(old?.id);
    expect(fresh?.codes).not.toEqual(old?.codes);
    const elsewhere = await firstStep(gateway, doctor);
    const [gone = ''] = old?.codes ?? [];
    expect((await elsewhere.auth.mfa.recoveryCodes.verify({ code: gone })).error?.code).toBe(
      'mfa_verification_failed',
    );
    expect((await recoveryCodes.unenroll()).data).toEqual({ id: old?.id });
    expect((await recoveryCodes.getStatus()).error?.code).toBe('mfa_factor_not_found');
  });

  it('are counted for the session: wrong ones of somebody else hold the owner out of nothing', async () => {
    const doctor = await aDoctor();
    const { client: raised } = await withTwoFactors(gateway, doctor);
    const made = await raised.auth.mfa.recoveryCodes.generate();
    const [code = '', other = ''] = made.data?.codes ?? [];
    const client = await firstStep(gateway, doctor);
    const guess = () => client.auth.mfa.recoveryCodes.verify({ code: 'aaaabbbbccccdddd' });
    for (let wrong = 0; wrong < 5; wrong += 1) {
      expect((await guess()).error?.code).toBe('mfa_verification_failed');
    }
    expect((await guess()).error).toMatchObject({ status: 429, code: 'mfa_recovery_codes_locked' });
    // Wrong codes of somebody who has the password hold the owner out of nothing,
    // and wrong codes of the app do not close this way either.
    const owner = await firstStep(gateway, doctor);
    expect((await owner.auth.mfa.recoveryCodes.verify({ code })).error).toBeNull();
    await mustWait(doctor.sub, 60_000);
    const again = await firstStep(gateway, doctor);
    const second = await again.auth.mfa.recoveryCodes.verify({ code: other });
    expect(second.error).toBeNull();
  });

  it('do not count against the app when they are wrong', async () => {
    const doctor = await aDoctor();
    const { app } = await withTwoFactors(gateway, doctor);
    const client = await firstStep(gateway, doctor);
    for (let wrong = 0; wrong < 6; wrong += 1) {
      await client.auth.mfa.recoveryCodes.verify({ code: 'aaaabbbbccccdddd' });
    }
    await secondStep(gateway, client, app);
  });

  it('lead to the account with the password of the person alone', async () => {
    const doctor = await aDoctor();
    const stranger = await aDoctor();
    const { client } = await withTwoFactors(gateway, doctor);
    const [code = ''] = (await client.auth.mfa.recoveryCodes.generate()).data?.codes ?? [];
    const other = await firstStep(gateway, stranger);
    const { error } = await other.auth.mfa.recoveryCodes.verify({ code });
    expect(error?.code).toBe('mfa_verification_failed');
  });
});
