import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { closeServer, createLogger, listen } from '@medcall/service-kit';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ShadowOutcome } from '../../apps/backend/gateway/src/proxy/shadow/shadow-report.ts';
import {
  type Api,
  aClinic,
  aGateway,
  aPatient,
  apiOf,
  password,
  signIn,
  startGateway,
  type TestClinic,
  type TestGateway,
  type TestPatient,
} from '../../apps/backend/gateway/src/testing/world.ts';
import { type Monolith, startMonolith } from './monolith.ts';

// Reads go to the sample monolith and to the gateway; the client has the answer of the primary.
const keys = { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') };
const waits = 30_000;

let folder: string;
let base: TestGateway;
let clinic: TestClinic;
let patient: TestPatient;
let token: string;
let consultationId: string;
let monolith: Monolith;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let doctor: Api;
let logged = '';
const olds: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medcall-shadow-'));
  base = await aGateway(keys);
  clinic = await aClinic(base);
  patient = await aPatient(base, clinic, 'Berenice Sombra');
  token = await signIn(base, clinic.doctor);
  const made = await apiOf(base, token)('POST', '/api/consultations', {
    patient_id: patient.id,
    type: 'PRESENCIAL',
  });
  consultationId = made.body.id;
  monolith = await startMonolith({
    database: base.database.database,
    users: [{ email: clinic.doctor.email, password, sub: clinic.doctor.sub }],
    publicUrl: base.url,
    identityUrl: base.url,
  });
  gateway = await aGatewayBefore(monolith.url, await writeTable({ routes: {} }));
  doctor = apiOf(gateway, token);
});
afterEach(async () => {
  for (const old of olds.splice(0)) {
    old.closeAllConnections();
    await closeServer(old, 500);
  }
});
afterAll(async () => {
  await gateway?.stop();
  await monolith?.stop();
  await base?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** @returns where it is */
async function writeTable(content: object, name = 'routes.json'): Promise<string> {
  const path = join(folder, name);
  await writeFile(`${path}.next`, JSON.stringify(content));
  await rename(`${path}.next`, path);
  return path;
}

function aGatewayBefore(monolithUrl: string, table: string, env: Record<string, string> = {}) {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  return startGateway(
    base.database,
    { ...keys, DATA_DIR: folder, MONOLITH_URL: monolithUrl, ROUTE_TABLE_FILE: table, ...env },
    createLogger({ service: 'gateway', level: 'debug', destination: sink }),
  );
}

/** Puts a table in force, whose rules begin a report of their own. */
async function inForce(content: object, of = gateway): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    of.container.proxy.table.onChange(() => resolve());
  });
  await writeTable(content);
  await changed;
}

async function outcome(route: string, wanted: ShadowOutcome, of = gateway) {
  return vi.waitFor(() => {
    const report = of.container.proxy.shadowReport.read();
    const found = report.routes.find((one) => one.route === route);
    expect(found?.counts[wanted], JSON.stringify(report)).toBeGreaterThan(0);
    return found;
  }, waits);
}

const consultationRoute = '/api/consultations/:id';

async function readings(id = consultationId): Promise<number> {
  return base.database.database.asSystem('test: count readings', async (trx) => {
    const rows = await trx
      .selectFrom('audit_logs')
      .select('id')
      .where('action', '=', 'consultation.read')
      .where('record_id', '=', id)
      .execute();
    return rows.length;
  });
}

describe('the monolith answers and the gateway is compared', () => {
  it('the client has the monolith’s answer, the report says where the gateway’s differs, and no reading is written', async () => {
    await inForce({ shadow: { '/api/consultations': {} } });
    const before = await readings();
    const path = `/api/consultations/${consultationId}`;
    const answer = await doctor('GET', path);
    expect(answer.status).toBe(200);
    // What only the monolith says: its rows as they are.
    expect(answer.body).toHaveProperty('updated_at');
    const found = await outcome(consultationRoute, 'different');
    expect(found?.differences.length).toBeGreaterThan(0);
    expect(await readings()).toBe(before);

    // The same read of the same gateway writes a row when somebody has its answer.
    await inForce({ routes: { '/api/consultations': 'gateway' } });
    expect((await doctor('GET', path)).status).toBe(200);
    expect(await readings()).toBe(before + 1);
  });

  it('what may differ is ignored by path, and the rest must be the same', async () => {
    const path = `/api/patients?search=${encodeURIComponent(patient.name)}`;
    await inForce({ shadow: { '/api/patients': {} } });
    expect((await doctor('GET', path)).body.items).toEqual([
      { id: patient.id, name: patient.name },
    ]);
    const found = await outcome('/api/patients', 'different');
    const places = found?.differences ?? [];
    expect(places).toContainEqual(
      expect.objectContaining({ path: '$.items[].cpf', kind: 'only_services', count: 1 }),
    );
    const ignore = places.map((one) => one.path);
    await inForce({ shadow: { '/api/patients': { ignore } } });
    await doctor('GET', path);
    const after = await outcome('/api/patients', 'same');
    expect(after).toMatchObject({ counts: { same: 1, different: 0 }, differences: [] });
  });

  it('neither the report nor the log holds what was in the answers', () => {
    const report = JSON.stringify(gateway.container.proxy.shadowReport.read());
    for (const text of [report, logged]) {
      expect(text).not.toContain('Berenice');
      expect(text).not.toContain(patient.cpf);
    }
    expect(report).not.toContain(patient.id);
    expect(logged).toContain('gateway');
  });
});

/** An old system of a few lines that the test has in its hands. */
async function anOldSystem(answers: RequestListener): Promise<string> {
  const server = createServer(answers);
  olds.push(server);
  return `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
}

async function besideOldSystem(
  url: string,
  work: (api: Api, of: typeof gateway) => Promise<void>,
): Promise<void> {
  const table = await writeTable(
    {
      routes: { '/api/patients': 'gateway', '/api/consultations': 'gateway' },
      shadow: { '/api/patients': {}, '/api/consultations': {} },
    },
    'beside.json',
  );
  const other = await aGatewayBefore(url, table, { SHADOW_TIMEOUT_MS: '200' });
  try {
    await work(apiOf(other, token), other);
  } finally {
    await other.stop();
  }
}

describe('the gateway answers and the monolith is compared', () => {
  it('a monolith that is down or never answers changes nothing for the client', async () => {
    const gone = await anOldSystem(() => undefined);
    for (const server of olds.splice(0)) await closeServer(server, 500);
    const silent = await anOldSystem(() => undefined);
    for (const url of [gone, silent]) {
      await besideOldSystem(url, async (api, of) => {
        const answer = await api('GET', `/api/patients/${patient.id}`);
        expect(answer.status).toBe(200);
        expect(answer.body.name).toBe(patient.name);
        const found = await outcome('/api/patients/:id', 'failed', of);
        expect(found?.counts).toMatchObject({ failed: 1, same: 0, different: 0 });
      });
    }
  });

  it('nothing but reads reaches the other side, once each, marked as what they are', async () => {
    const seen: string[] = [];
    const url = await anOldSystem((req, res) => {
      seen.push(`${req.method} ${req.url} ${req.headers['x-medcall-shadow']}`);
      res.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[]}');
    });
    await besideOldSystem(url, async (api, of) => {
      const made = await api('POST', '/api/patients', { name: 'Nova Pessoa' });
      expect(made.status).toBe(201);
      const path = `/api/patients/${made.body.id}`;
      expect((await api('PATCH', path, { address: 'Rua A, 1' })).status).toBe(200);
      expect((await api('GET', `/api/consultations/${consultationId}/note.pdf`)).status).toBe(404);
      await api('GET', '/api/patients?limit=1');
      await outcome('/api/patients', 'different', of);
      const answer = await fetch(`${of.url}${path}`, {
        method: 'HEAD',
        headers: { Authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
      await outcome('/api/patients/:id', 'same', of);
      expect(seen).toEqual(['GET /api/patients?limit=1 1', `HEAD ${path} 1`]);
    });
  });

  it('more than a few at once are dropped and counted, not queued', async () => {
    const url = await anOldSystem(() => undefined);
    await besideOldSystem(url, async (api, of) => {
      const answers = await Promise.all(
        Array.from({ length: 60 }, () => api('GET', `/api/patients/${patient.id}`)),
      );
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      const report = await vi.waitFor(() => {
        const [one] = of.container.proxy.shadowReport.read().routes;
        const { dropped = 0, failed = 0 } = one?.counts ?? {};
        expect(dropped + failed).toBe(60);
        return { dropped, failed };
      }, waits);
      expect(report.failed).toBeGreaterThan(0);
    });
  });
});

it('a shadow read cannot be asked for from outside', async () => {
  await inForce({ routes: { '/api/consultations': 'gateway' }, shadow: { '/api/patients': {} } });
  const { body } = await apiOf(base, token)('POST', '/api/consultations', {
    patient_id: patient.id,
    type: 'PRESENCIAL',
  });
  const forged = apiOf(gateway, token, { 'X-Medcall-Shadow': 'a'.repeat(64) });
  expect((await forged('GET', `/api/consultations/${body.id}`)).status).toBe(200);
  expect(await readings(body.id)).toBe(1);
});
