import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  aClinic,
  password,
  startGateway,
  type TestClinic,
} from '../../apps/backend/gateway/src/testing/world.ts';
import { aSystem, type TestSystem } from '../permissions/system.ts';
import { runClientSuite } from './client-suite.ts';
import { type Monolith, startMonolith } from './monolith.ts';

const publicUrl = 'http://gateway.test';
/** The order of docs/MIGRATION.md. Each step moves these prefixes for good. */
const steps: { name: string; moves: Record<string, string> }[] = [
  { name: 'sign-in', moves: { '/auth/v1': 'gateway' } },
  { name: 'person and clinic', moves: { '/api/me': 'gateway', '/api/clinic': 'gateway' } },
  { name: 'patients', moves: { '/api/patients': 'gateway' } },
  { name: 'consultations', moves: { '/api/consultations': 'gateway' } },
  {
    name: 'rooms, sessions, recordings',
    moves: { '/api/rooms': 'realtime', '/api/sessions': 'realtime', '/api/recordings': 'realtime' },
  },
  {
    name: 'sockets',
    moves: { '/socket.io': 'realtime', '/pcm-transcription': 'realtime' },
  },
  { name: 'costs', moves: { '/api/ai-pricing': 'ai' } },
];

let folder: string;
let system: TestSystem;
let monolith: Monolith;
let clinic: TestClinic;
/** Nobody listens before the monolith does: the gateway is started with the monolith's address. */
let gateway: Awaited<ReturnType<typeof startGateway>>;
let routes: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medcall-strangler-'));
  system = await aSystem();
  const { database } = system.gateway;
  clinic = await aClinic(system.gateway);
  monolith = await startMonolith({
    database: database.database,
    users: [{ email: clinic.doctor.email, password, sub: clinic.doctor.sub }],
    publicUrl,
    // Another gateway of the same installation: asked through the table, the question would come back.
    identityUrl: system.gateway.url,
  });
  await writeTable();
  gateway = await startGateway(database, {
    ...system.gatewayEnv,
    MONOLITH_URL: monolith.url,
    ROUTE_TABLE_FILE: join(folder, 'routes.json'),
  });
});
afterAll(async () => {
  await gateway?.stop();
  await monolith?.stop();
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function writeTable(fallback: 'monolith' | 'services' = 'monolith'): Promise<void> {
  await writeFile(join(folder, 'next'), JSON.stringify({ default: fallback, routes }));
  await rename(join(folder, 'next'), join(folder, 'routes.json'));
}

async function inForce(prefix: string, answerer: string): Promise<void> {
  await vi.waitFor(
    () => expect(gateway.container.proxy.table.current().answererOf(prefix)).toBe(answerer),
    30_000,
  );
}

const clientSuite = () =>
  runClientSuite({
    url: gateway.url,
    email: clinic.doctor.email,
    password,
    realtime: { told: publicUrl, reached: gateway.url },
  });

describe('a monolith is replaced route by route', () => {
  it('0 %: the client works through the gateway, and the monolith answers everything', async () => {
    await clientSuite();
    const hits = monolith.takeHits();
    const all = [...steps.flatMap(({ moves }) => Object.keys(moves))];
    for (const prefix of all) {
      // The client of this sample does not ask for the clinic.
      if (prefix !== '/api/clinic') expect(hits[prefix], prefix).toBeGreaterThan(0);
    }
  });

  it.each(steps)('$name: moved without a restart, the client stays green', async ({ moves }) => {
    routes = { ...routes, ...moves };
    await writeTable();
    for (const [prefix, answerer] of Object.entries(moves)) await inForce(prefix, answerer);
    monolith.takeHits();
    await clientSuite();
    const hits = monolith.takeHits();
    for (const prefix of Object.keys(routes)) expect(hits[prefix] ?? 0, prefix).toBe(0);
  });

  it('a step is taken back in the same way, and open lines come back on the other side', async () => {
    const line = io(gateway.url, {
      auth: { token: await aToken() },
      transports: ['websocket'],
      reconnectionDelay: 50,
    });
    await new Promise<void>((resolve, reject) => {
      line.once('connect', () => resolve());
      line.once('connect_error', reject);
    });
    monolith.takeHits();
    const { '/socket.io': _, '/pcm-transcription': __, ...others } = routes;
    const forward = routes;
    routes = others;
    await writeTable();
    await inForce('/socket.io', 'monolith');
    await vi.waitFor(() => expect(monolith.takeHits()['/socket.io']).toBeGreaterThan(0), 30_000);
    line.close();
    await clientSuite();
    expect(monolith.takeHits()['/pcm-transcription']).toBeGreaterThan(0);
    routes = forward;
    await writeTable();
    await inForce('/socket.io', 'realtime');
  });

  it('100 %: nothing that is left unnamed still goes to the monolith', async () => {
    routes = {};
    await writeTable('services');
    await inForce('/api/of-long-ago', 'gateway');
    monolith.takeHits();
    await clientSuite();
    expect(monolith.takeHits()).toEqual({});
  });

  it('the monolith is switched off, and sockets go to the realtime service directly', async () => {
    await monolith.stop();
    await gateway.stop();
    gateway = await startGateway(system.gateway.database, {
      ...system.gatewayEnv,
      NEXT_PUBLIC_REALTIME_WS_URL: system.realtime.url,
    });
    await runClientSuite({
      url: gateway.url,
      email: clinic.doctor.email,
      password,
      realtime: { told: system.realtime.url, reached: system.realtime.url },
    });
  });
});

async function aToken(): Promise<string> {
  const answer = await fetch(`${gateway.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: clinic.doctor.email, password }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}
