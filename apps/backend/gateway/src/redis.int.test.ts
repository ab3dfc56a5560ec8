import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, createRedis, metricsText, type RedisClient } from '@medcall/service-kit';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, aGateway, apiOf, signIn, type TestGateway } from './testing/world.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

// Real Redis or none: what is at stake is how ioredis behaves when the server dies.
describe.skipIf(!hasRedis)('with Redis', () => {
  let folder: string;
  let server: ChildProcess;
  let gateway: TestGateway;
  let client: RedisClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medcall-redis-'));
    const port = await freePort();
    server = await startRedis(port, folder);
    const url = `redis://127.0.0.1:${port}`;
    client = createRedis(url, createLogger({ service: 'test', level: 'silent' }));
    await once(client, 'ready');
    gateway = await aGateway({ REDIS_URL: url, RATE_LIMIT_PER_MINUTE: '50' });
  });
  afterAll(async () => {
    client?.disconnect();
    await gateway?.stop();
    server?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('counts under ratelimit:{ip} and keeps session:{id} for an hour', async () => {
    const clinic = await aClinic(gateway);
    const token = await signIn(gateway, clinic.doctor);
    expect((await apiOf(gateway, token)('GET', '/api/me')).status).toBe(200);
    const counted = await client.keys('ratelimit:*127.0.0.1');
    expect(counted).toContain('ratelimit:127.0.0.1');
    const key = `session:${String(decodeJwt(token).session_id)}`;
    expect(JSON.parse((await client.get(key)) ?? '')).toMatchObject({ role: 'medico' });
    expect(await client.ttl(key)).toBeGreaterThan(3_500);
    expect(await metricsText()).toMatch(/^medcall_redis_ready 1$/m);
  });

  it('forgets the sessions that a sign-out ends, for every gateway', async () => {
    const clinic = await aClinic(gateway);
    const tokens = [await signIn(gateway, clinic.doctor), await signIn(gateway, clinic.doctor)];
    const [here, there] = tokens.map((token) => apiOf(gateway, token));
    const keys = tokens.map((token) => `session:${String(decodeJwt(token).session_id)}`);
    await here?.('GET', '/api/me');
    await there?.('GET', '/api/me');
    expect(await client.exists(keys)).toBe(2);
    await here?.('POST', '/auth/v1/logout?scope=global');
    expect(await client.exists(keys)).toBe(0);
    expect((await there?.('GET', '/api/patients'))?.status).toBe(401);
  });

  it('serves and limits from its own memory when Redis freezes and when it dies', async () => {
    const clinic = await aClinic(gateway);
    const api = apiOf(gateway, await signIn(gateway, clinic.doctor));
    server.kill('SIGSTOP');
    const startedAt = performance.now();
    expect((await api('GET', '/api/me')).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    server.kill('SIGKILL');
    server.kill('SIGCONT');
    const statuses: number[] = [];
    for (let i = 0; i < 60; i += 1) statuses.push((await api('GET', '/api/me')).status);
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
    await expect.poll(metricsText).toMatch(/^medcall_redis_ready 0$/m);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function startRedis(port: number, folder: string): Promise<ChildProcess> {
  const child = spawn('redis-server', [
    ...['--port', String(port), '--bind', '127.0.0.1'],
    ...['--dir', folder, '--save', '', '--appendonly', 'no'],
  ]);
  const ready = Promise.withResolvers<void>();
  child.stdout.on('data', (part: Buffer) => {
    if (part.includes('Ready to accept connections')) ready.resolve();
  });
  await ready.promise;
  return child;
}
