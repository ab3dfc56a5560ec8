import { createServer } from 'node:http';
import { closeServer, listen } from '@medcall/service-kit';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { aRelay } from '../../../../tests/support/relay.ts';
import { readGatewayEnv } from './config/env.ts';
import {
  aClinic,
  aGateway,
  apiOf,
  signIn,
  startGateway,
  type TestGateway,
} from './testing/world.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function running(env: Record<string, string> = {}): Promise<TestGateway> {
  const gateway = await aGateway(env);
  cleanups.push(() => gateway.stop());
  return gateway;
}

describe('gateway', () => {
  it('can be started twice in one process, and stopped and started again', async () => {
    const one = await running();
    const two = await running();
    const clinic = await aClinic(one);
    expect((await apiOf(one, await signIn(one, clinic.doctor))('GET', '/api/me')).status).toBe(200);
    expect((await apiOf(two)('GET', '/api/health')).status).toBe(200);
    const again = await startGateway(one.database, {});
    await again.stop();
    await expect(fetch(`${again.url}/api/health`)).rejects.toThrow();
    expect((await apiOf(one)('GET', '/api/health/ready')).status).toBe(200);
  });

  it('ends running requests before it stops', async () => {
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const service = createServer(async (_req, res) => {
      asked.resolve();
      await gate.promise;
      res.end('late');
    });
    const port = await listen(service, 0, '127.0.0.1');
    cleanups.push(() => closeServer(service, 0));
    const gateway = await running();
    const other = await startGateway(gateway.database, {
      REALTIME_SERVICE_URL: `http://127.0.0.1:${port}`,
    });
    const answer = fetch(`${other.url}/api/rooms`);
    await asked.promise;
    const stopped = other.stop();
    gate.resolve();
    expect(await (await answer).text()).toBe('late');
    await stopped;
  });

  it('lives while the database is away, says so, and comes back with it', async () => {
    const direct = await running();
    const clinic = await aClinic(direct);
    const address = new URL(direct.database.appUrl);
    const relay = await aRelay({ host: address.hostname, port: Number(address.port) });
    cleanups.push(() => relay.cut());
    address.hostname = '127.0.0.1';
    address.port = String(relay.port);
    const gateway = await startGateway(direct.database, { DATABASE_URL: address.href });
    cleanups.push(() => gateway.stop());
    const api = apiOf(gateway, await signIn(gateway, clinic.doctor));

    await relay.cut();
    expect((await api('GET', '/api/health')).status).toBe(200);
    expect((await api('GET', '/api/health/ready')).status).toBe(503);
    const refused = await api('GET', '/api/consultations');
    expect([refused.status, refused.body.error.code]).toEqual([503, 'unavailable']);
    const signInRefused = await api('POST', '/auth/v1/token?grant_type=password', {
      email: clinic.doctor.email,
      password: 'x',
    });
    expect(signInRefused.status).toBe(503);

    await relay.restore();
    await expect
      .poll(async () => (await api('GET', '/api/health/ready')).status, { timeout: 10_000 })
      .toBe(200);
    expect((await api('GET', '/api/consultations')).status).toBe(200);
  });

  it('limits requests of one address and says when to come back', async () => {
    const gateway = await running({ RATE_LIMIT_PER_MINUTE: '5' });
    const api = apiOf(gateway);
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await api('GET', '/api/me')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const refused = await api('GET', '/api/me');
    expect(refused.body.error.code).toBe('rate_limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api('GET', '/api/health')).status).toBe(200);
  });

  it('believes X-Forwarded-For only when it is told that a proxy stands before it', async () => {
    const asked = (gateway: { url: string }, address: string) =>
      fetch(`${gateway.url}/api/me`, { headers: { 'X-Forwarded-For': address } });
    const open = await running({ RATE_LIMIT_PER_MINUTE: '2' });
    for (let i = 0; i < 2; i += 1) await asked(open, `10.0.0.${i}`);
    expect((await asked(open, '10.0.0.9')).status).toBe(429);
    const behind = await startGateway(open.database, {
      RATE_LIMIT_PER_MINUTE: '2',
      TRUST_PROXY_HOPS: '1',
    });
    cleanups.push(() => behind.stop());
    for (let i = 0; i < 4; i += 1) expect((await asked(behind, `10.0.0.${i}`)).status).toBe(401);
  });

  it('answers pages of listed origins only', async () => {
    const gateway = await running({ CORS_ORIGINS: 'https://app.test' });
    const preflight = (origin: string) =>
      fetch(`${gateway.url}/api/consultations`, {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      });
    const good = await preflight('https://app.test');
    expect(good.headers.get('access-control-allow-origin')).toBe('https://app.test');
    const bad = await preflight('https://evil.test');
    expect(bad.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('takes a Supabase project for its identity by configuration alone', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
    const project = createServer((req, res) => {
      res.setHeader('Content-Type', 'application/json');
      res.statusCode = req.url === '/auth/v1/.well-known/jwks.json' ? 200 : 404;
      res.end(JSON.stringify({ keys: [jwk] }));
    });
    const projectUrl = `http://127.0.0.1:${await listen(project, 0, '127.0.0.1')}`;
    cleanups.push(() => closeServer(project, 0));
    const gateway = await running({ AUTH_PROVIDER: 'supabase', SUPABASE_URL: projectUrl });
    const clinic = await aClinic(gateway);
    const token = await new SignJWT({ role: 'authenticated', email: clinic.doctor.email })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(`${projectUrl}/auth/v1`)
      .setAudience('authenticated')
      .setSubject(clinic.doctor.sub)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
    const me = await apiOf(gateway, token)('GET', '/api/me');
    expect(me).toMatchObject({ status: 200, body: { user: { id: clinic.doctor.sub } } });
    expect((await apiOf(gateway)('GET', '/auth/v1/settings')).status).toBe(404);
  });
});

describe('configuration', () => {
  it('names what is missing or wrong, and shows no value', () => {
    const secret = 'curto-demais';
    expect(() =>
      readGatewayEnv({ AUTH_PROVIDER: 'nenhum', INTERNAL_SERVICE_SECRET: secret }),
    ).toThrowError(/DATABASE_URL[\s\S]*INTERNAL_SERVICE_SECRET[\s\S]*AUTH_PROVIDER/);
    try {
      readGatewayEnv({ INTERNAL_SERVICE_SECRET: secret });
    } catch (error) {
      expect(String(error)).not.toContain(secret);
    }
  });
});
