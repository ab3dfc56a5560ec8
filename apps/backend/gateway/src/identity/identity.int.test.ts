import { createHmac, randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  aClinic,
  aGateway,
  apiOf,
  password,
  signIn,
  startGateway,
  supabaseFor,
  type TestClinic,
  type TestGateway,
} from '../testing/world.ts';

let gateway: TestGateway;
let clinic: TestClinic;

beforeAll(async () => {
  gateway = await aGateway();
  clinic = await aClinic(gateway);
});
afterAll(() => gateway?.stop());

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(gateway.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function aSession({ email } = clinic.doctor) {
  const { data, error } = await supabaseFor(gateway).auth.signInWithPassword({
    email,
    password,
  });
  if (error) throw error;
  return data.session;
}

async function refresh(token: string): Promise<{ status: number; body: Record<string, string> }> {
  const answer = await post('/auth/v1/token?grant_type=refresh_token', { refresh_token: token });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

describe('embedded identity, through supabase-js', () => {
  it('signs a doctor in with the session and user that Supabase gives', async () => {
    const client = supabaseFor(gateway);
    const { data, error } = await client.auth.signInWithPassword({
      email: clinic.doctor.email.toUpperCase(),
      password,
    });
    expect(error).toBeNull();
    expect(data.session).toMatchObject({ token_type: 'bearer', expires_in: 900 });
    expect(data.user).toMatchObject({
      id: clinic.doctor.sub,
      email: clinic.doctor.email,
      aud: 'authenticated',
      role: 'authenticated',
      app_metadata: { provider: 'email', medcall_role: 'medico', clinica_id: clinic.id },
      user_metadata: { name: clinic.doctor.name },
    });
    const claims = decodeJwt(data.session?.access_token ?? '');
    expect(claims).toMatchObject({
      iss: 'http://gateway.test/auth/v1',
      aud: 'authenticated',
      role: 'authenticated',
      sub: clinic.doctor.sub,
      aal: 'aal1',
      amr: [{ method: 'password', timestamp: expect.any(Number) }],
      session_id: expect.any(String),
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(900);
  });

  it('publishes the key that signed, so that getClaims verifies without asking', async () => {
    const client = supabaseFor(gateway);
    await client.auth.signInWithPassword({ email: clinic.doctor.email, password });
    const { data, error } = await client.auth.getClaims();
    expect(error).toBeNull();
    expect(data?.header).toMatchObject({ alg: 'ES256', kid: expect.any(String) });
    expect(data?.claims.sub).toBe(clinic.doctor.sub);
  });

  it('never publishes the private half', async () => {
    for (const path of ['/auth/v1/.well-known/jwks.json', '/.well-known/medcall-room/jwks.json']) {
      const { keys } = (await (await fetch(gateway.url + path)).json()) as { keys: object[] };
      expect(keys).toHaveLength(1);
      expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
      expect(keys[0]).not.toHaveProperty('d');
    }
  });

  it('shows the user to a bearer, and signs out so that nothing of the session works', async () => {
    const client = supabaseFor(gateway);
    await client.auth.signInWithPassword({ email: clinic.doctor.email, password });
    const session = (await client.auth.getSession()).data.session;
    const token = session?.access_token ?? '';
    expect((await client.auth.getUser()).data.user?.id).toBe(clinic.doctor.sub);
    expect((await apiOf(gateway, token)('GET', '/api/me')).status).toBe(200);

    expect((await client.auth.signOut({ scope: 'local' })).error).toBeNull();
    expect((await client.auth.getUser(token)).error?.name).toBe('AuthSessionMissingError');
    expect(await refresh(session?.refresh_token ?? '')).toMatchObject({
      status: 400,
      body: { error_code: 'refresh_token_not_found' },
    });
    expect((await apiOf(gateway, token)('GET', '/api/me')).body.error.code).toBe('unauthenticated');
  });

  it('signs out everywhere, or everywhere else', async () => {
    const [one, two, three] = [await aSession(), await aSession(), await aSession()];
    const others = supabaseFor(gateway);
    await others.auth.setSession(one);
    await others.auth.signOut({ scope: 'others' });
    expect((await refresh(two.refresh_token)).status).toBe(400);
    const kept = await refresh(one.refresh_token);
    expect(kept.status).toBe(200);

    const four = await aSession();
    const all = supabaseFor(gateway);
    await all.auth.setSession(four);
    await all.auth.signOut({ scope: 'global' });
    expect((await refresh(kept.body.refresh_token ?? '')).status).toBe(400);
    expect((await refresh(three.refresh_token)).status).toBe(400);
  });
});

describe('refusals', () => {
  it('answers a wrong password and an unknown account alike', async () => {
    const wrong = await post('/auth/v1/token?grant_type=password', {
      email: clinic.admin.email,
      password: 'errada',
    });
    const unknown = await post('/auth/v1/token?grant_type=password', {
      email: `${randomUUID()}@clinica.test`,
      password: 'errada',
    });
    const bodies = [await wrong.json(), await unknown.json()];
    expect([wrong.status, unknown.status]).toEqual([400, 400]);
    expect(bodies[0]).toEqual(bodies[1]);
    expect(bodies[0]).toEqual({
      code: 400,
      error_code: 'invalid_credentials',
      msg: 'Invalid login credentials',
    });
  });

  it('gives the error shape of the API version that is asked for', async () => {
    const answer = await post(
      '/auth/v1/token?grant_type=password',
      { email: clinic.admin.email, password: 'errada' },
      { 'X-Supabase-Api-Version': '2024-01-01' },
    );
    expect(answer.headers.get('x-supabase-api-version')).toBe('2024-01-01');
    expect(await answer.json()).toEqual({
      code: 'invalid_credentials',
      message: 'Invalid login credentials',
    });
    const client = supabaseFor(gateway);
    const { error } = await client.auth.signInWithPassword({
      email: clinic.admin.email,
      password: 'x',
    });
    expect(error).toMatchObject({ code: 'invalid_credentials', status: 400 });
  });

  it.each([
    ['no body', undefined],
    ['broken JSON', '{'],
    ['a list', '[]'],
    ['wrong types', '{"email":1,"password":{}}'],
  ])('refuses %s as a bad request', async (_name, body) => {
    const answer = await fetch(`${gateway.url}/auth/v1/token?grant_type=password`, {
      method: 'POST',
      ...(body === undefined ? {} : { body }),
    });
    expect(answer.status).toBe(400);
  });

  it('refuses forged, unsigned and algorithm-confused tokens everywhere', async () => {
    const token = await signIn(gateway, clinic.doctor);
    const [head = '', payload = '', signature = ''] = token.split('.');
    const { keys } = (await (
      await fetch(`${gateway.url}/auth/v1/.well-known/jwks.json`)
    ).json()) as { keys: object[] };
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { kid } = decodeProtectedHeader(token);
    const hmacHead = encode({ alg: 'HS256', kid, typ: 'JWT' });
    const hmac = (key: string) =>
      createHmac('sha256', key).update(`${hmacHead}.${payload}`).digest('base64url');
    const admin = encode({ ...decodeJwt(token), sub: clinic.admin.sub });
    const forged = [
      `${head}.${admin}.${signature}`,
      `${encode({ alg: 'none' })}.${payload}.`,
      `${hmacHead}.${payload}.${hmac(JSON.stringify(keys[0]))}`,
      `${hmacHead}.${payload}.${hmac('x'.repeat(40))}`,
      `${head}.${payload}`,
      'abc',
    ];
    for (const bad of forged) {
      const me = await apiOf(gateway, bad)('GET', '/api/me');
      expect([me.status, me.body.error.code]).toEqual([401, 'unauthenticated']);
      const user = await fetch(`${gateway.url}/auth/v1/user`, {
        headers: { Authorization: `Bearer ${bad}` },
      });
      expect(user.status).toBe(403);
    }
  });

  it('tells an expired token from a bad one, so that the page refreshes', async () => {
    gateway.clock.advance(-20 * 60_000);
    const expired = await signIn(gateway, clinic.doctor);
    gateway.clock.advance(20 * 60_000);
    const me = await apiOf(gateway, expired)('GET', '/api/me');
    expect([me.status, me.body.error.code]).toEqual([401, 'token_expired']);
  });

  it('slows guessing down after five failures, for that account and address only, and forgives', async () => {
    const other = await aClinic(gateway);
    const guess = (email: string, secret: string) =>
      post('/auth/v1/token?grant_type=password', { email, password: secret });
    // However long a guess takes on a busy machine, the pause does not pass by itself.
    onTestFinished(gateway.clock.hold());
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => guess(other.doctor.email, 'errada')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 400),
      ...Array.from({ length: 7 }, () => 429),
    ]);
    const refused = await guess(other.doctor.email, password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error_code: 'over_request_rate_limit' });
    expect((await guess(other.admin.email, password)).status).toBe(200);
    gateway.clock.advance(3_000);
    expect((await guess(other.doctor.email, password)).status).toBe(200);
    expect((await guess(other.doctor.email, 'errada')).status).toBe(400);
  });

  it('puts sign-ins and failures on the audit, and no e-mail in it', async () => {
    const other = await aClinic(gateway);
    await post('/auth/v1/token?grant_type=password', {
      email: other.doctor.email,
      password: 'errada',
    });
    await signIn(gateway, other.doctor);
    const rows = await gateway.database.database.asSystem('assert', (trx) =>
      trx
        .selectFrom('audit_logs')
        .selectAll()
        .where('user_id', '=', other.doctor.sub)
        .orderBy('seq')
        .execute(),
    );
    expect(rows.map((row) => [row.action, row.outcome, row.clinica_id])).toEqual([
      ['auth.sign_in', 'failed', other.id],
      ['auth.sign_in', 'ok', other.id],
    ]);
    expect(JSON.stringify(rows)).not.toContain(other.doctor.email);
  });
});

describe('refresh', () => {
  it('keeps the session when twenty requests spend one token at once', async () => {
    const session = await aSession();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refresh(session.refresh_token)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
    expect((await refresh(answers[0]?.body.refresh_token ?? '')).status).toBe(200);
  });

  it('gives the same successor within 10 s, and ends the session when a spent token comes later', async () => {
    const session = await aSession();
    const first = await refresh(session.refresh_token);
    gateway.clock.advance(5_000);
    const again = await refresh(session.refresh_token);
    expect(again.body.refresh_token).toBe(first.body.refresh_token);
    gateway.clock.advance(6_000);
    expect(await refresh(session.refresh_token)).toMatchObject({
      status: 400,
      body: { error_code: 'refresh_token_already_used' },
    });
    expect((await refresh(first.body.refresh_token ?? '')).status).toBe(400);
    const me = await apiOf(gateway, first.body.access_token)('GET', '/api/me');
    expect(me.status).toBe(401);
  });

  it('stores no token that could be used', async () => {
    const session = await aSession();
    const next = await refresh(session.refresh_token);
    const rows = await gateway.database.database.asSystem('assert', (trx) =>
      trx.selectFrom('auth_embedded.refresh_tokens').selectAll().execute(),
    );
    const stored = rows.flatMap((row) => [row.token_hash, row.successor_sealed ?? Buffer.of()]);
    for (const token of [session.refresh_token, next.body.refresh_token ?? '']) {
      for (const bytes of stored) expect(bytes.includes(token)).toBe(false);
    }
  });

  it('refuses an unknown token and an expired session', async () => {
    expect(await refresh('nao-existe')).toMatchObject({
      status: 400,
      body: { error_code: 'refresh_token_not_found' },
    });
    const session = await aSession();
    gateway.clock.advance(31 * 24 * 3_600_000);
    expect(await refresh(session.refresh_token)).toMatchObject({
      status: 400,
      body: { error_code: 'session_expired' },
    });
    gateway.clock.advance(-31 * 24 * 3_600_000);
  });
});

describe('a session that nobody uses', () => {
  const hourMs = 3_600_000;

  it('ends after twelve hours, is no device any more, and goes on while it is used', async () => {
    const world = await aClinic(gateway);
    const left = await aSession(world.doctor);
    let { refresh_token: token = '', access_token: access = '' } = await aSession(world.doctor);
    for (const half of [6 * hourMs, 6 * hourMs + 1]) {
      gateway.clock.advance(half);
      const { body, status } = await refresh(token);
      expect(status).toBe(200);
      ({ refresh_token: token = '', access_token: access = '' } = body);
    }
    expect(await refresh(left.refresh_token)).toMatchObject({
      status: 400,
      body: { error_code: 'session_expired' },
    });
    const devices = await apiOf(gateway, access)('GET', '/api/me/sessions');
    expect(devices.body.items).toHaveLength(1);
    gateway.clock.advance(-12 * hourMs - 1);
  });
});

describe('housekeeping', () => {
  it('forgets sessions and failures that are long over', async () => {
    const world = await aClinic(gateway);
    await signIn(gateway, world.doctor);
    await post('/auth/v1/token?grant_type=password', { email: world.admin.email, password: 'x' });
    gateway.clock.advance(70 * 24 * 3_600_000);
    await signIn(gateway, world.doctor);
    await post('/auth/v1/token?grant_type=password', { email: world.doctor.email, password: 'x' });
    const left = await gateway.database.database.asSystem('assert', async (trx) => ({
      sessions: await trx
        .selectFrom('auth_embedded.sessions')
        .select('id')
        .where('user_id', '=', world.doctor.sub)
        .execute(),
      failures: await trx.selectFrom('auth_embedded.sign_in_throttle').select('failures').execute(),
    }));
    gateway.clock.advance(-70 * 24 * 3_600_000);
    expect(left.sessions).toHaveLength(1);
    expect(left.failures).toEqual([{ failures: 1 }]);
  });
});

describe('several gateways', () => {
  it('hear of a sign-out at another one, though they know the session', async () => {
    const other = await startGateway(gateway.database, {
      KEY_ENCRYPTION_KEY: Buffer.alloc(32, 9).toString('base64'),
    });
    try {
      const token = await signIn(gateway, clinic.doctor);
      const there = apiOf(other, token);
      expect((await there('GET', '/api/patients')).status).toBe(200);
      await apiOf(gateway, token)('POST', '/auth/v1/logout?scope=global');
      await expect
        .poll(async () => (await there('GET', '/api/patients')).status, { timeout: 5_000 })
        .toBe(401);
    } finally {
      await other.stop();
    }
  });

  it('share keys and sessions when they share the sealing key; another one retires the old key', async () => {
    const shared = { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') };
    const one = await startGateway(gateway.database, shared);
    const two = await startGateway(gateway.database, shared);
    try {
      const token = await signIn(one, clinic.doctor);
      expect((await apiOf(two, token)('GET', '/api/me')).status).toBe(200);
      // The key of the first gateway cannot be opened here, and its tokens are still good.
      const older = await signIn(gateway, clinic.doctor);
      expect((await apiOf(two, older)('GET', '/api/me')).status).toBe(200);
    } finally {
      await one.stop();
      await two.stop();
    }
  });
});
