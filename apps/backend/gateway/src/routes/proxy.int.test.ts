import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import {
  closeServer,
  createApp,
  createLimiter,
  createLogger,
  errorHandler,
  listen,
} from '@medcall/service-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { builtInRoutes } from '../proxy/route-table.ts';
import { serviceLane } from '../proxy/service-lane.ts';
import { createUpstream } from '../proxy/upstream.ts';
import { refuseAmbiguousPaths } from './proxy.ts';

const deadlines = { connectMs: 500, headersMs: 500, bodyIdleMs: 500 };
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Answer = (req: IncomingMessage, res: ServerResponse) => unknown;

async function aService(answer: Answer): Promise<{ url: string; server: Server }> {
  const server = createServer((req, res) => void answer(req, res));
  const port = await listen(server, 0, '127.0.0.1');
  cleanups.push(() => closeServer(server, 0));
  return { url: `http://127.0.0.1:${port}`, server };
}

async function aGateway(serviceUrl: string, within = deadlines) {
  const logger = createLogger({ service: 'gateway', level: 'silent' });
  const app = createApp({
    logger,
    corsOrigins: ['https://app.test'],
    trustProxyHops: 0,
    service: 'test',
  });
  const upstream = createUpstream('realtime-service', serviceUrl, within);
  app.use(refuseAmbiguousPaths);
  app.use(errorHandler(logger));
  const lane = serviceLane(
    {
      targets: { realtime: upstream, ai: upstream },
      deadlines: within,
      table: () => builtInRoutes,
      limiter: createLimiter({ prefix: 'test', points: 100_000, durationSeconds: 60 }),
      corsOrigins: ['https://app.test'],
      trustProxyHops: 0,
      logger,
    },
    app,
  );
  const server = createServer(lane);
  const port = await listen(server, 0, '127.0.0.1');
  cleanups.push(
    () => upstream.pool.destroy(),
    () => closeServer(server, 0),
  );
  return { port, url: `http://127.0.0.1:${port}` };
}

function bodyOf(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => resolve(Buffer.concat(parts)));
  });
}

/** Sends bytes as they are: fetch and URL would clean a dangerous path first. */
function rawRequest(port: number, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    let text = '';
    socket.on('data', (part) => {
      text += part.toString();
      if (text.includes('\r\n\r\n')) socket.end();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('proxy', () => {
  it('hands path, query, method and body on unchanged', async () => {
    const service = await aService(async (req, res) => {
      const body = await bodyOf(req);
      res.setHeader('Content-Type', 'application/json');
      res.statusCode = 201;
      res.end(JSON.stringify({ method: req.method, url: req.url, body: body.toString() }));
    });
    const gateway = await aGateway(service.url);
    const answer = await fetch(`${gateway.url}/api/suggestions/x?room_id=1&a=%20b`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: '{"status":"used"}',
    });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({
      method: 'PATCH',
      url: '/api/suggestions/x?room_id=1&a=%20b',
      body: '{"status":"used"}',
    });
  });

  it.each([
    ['of a known length', (res: ServerResponse, body: string) => res.end(body)],
    [
      'in chunks that come at once',
      (res: ServerResponse, body: string) => {
        res.write(body.slice(0, 3));
        res.end(body.slice(3));
      },
    ],
  ])('an answer %s arrives whole', async (_how, give) => {
    const service = await aService((_req, res) => give(res, '{"whole":true}'));
    const gateway = await aGateway(service.url);
    const answer = await fetch(`${gateway.url}/api/rooms/x`);
    expect(await answer.json()).toEqual({ whole: true });
  });

  it('hands on exactly one path of a prefix that is otherwise our own', async () => {
    const service = await aService((req, res) => res.end(req.url));
    const gateway = await aGateway(service.url);
    const voice = '/api/clinic/doctors/d1/voice';
    expect(await (await fetch(`${gateway.url}${voice}?x=1`)).text()).toBe(`${voice}?x=1`);
    for (const own of ['/api/clinic', '/api/clinic/doctors/d1', `${voice}/x`, `/x${voice}`]) {
      expect((await fetch(`${gateway.url}${own}`)).status, own).toBe(404);
    }
  });

  it("drops what a client may not say about itself and one connection's headers", async () => {
    const service = await aService((req, res) => res.end(JSON.stringify(req.headers)));
    const gateway = await aGateway(service.url);
    const text = await rawRequest(
      gateway.port,
      [
        'GET /api/rooms HTTP/1.1',
        'Host: gateway.test',
        'X-User-Id: admin',
        'X_User_Role: admin',
        'X-Forwarded-For: 1.2.3.4',
        'X-Real-IP: 1.2.3.4',
        'Forwarded: for=1.2.3.4',
        'X-Request-Id: request-0001',
        'X-Secret-Hop: 1',
        'TE: trailers',
        'Authorization: Bearer abc',
        'Connection: close, X-Secret-Hop',
        '',
        '',
      ].join('\r\n'),
    );
    const seen = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
    expect(seen).toMatchObject({
      authorization: 'Bearer abc',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'gateway.test',
      'x-request-id': 'request-0001',
    });
    for (const name of [
      'x-user-id',
      'x_user_role',
      'x-real-ip',
      'forwarded',
      'x-secret-hop',
      'te',
    ]) {
      expect(seen).not.toHaveProperty(name);
    }
  });

  it.each([
    '/api/sessions/../admin',
    '/api/sessions/%2e%2e/admin',
    '/api/sessions/..%2fadmin',
    '/api/sessions/%252e%252e/admin',
    '/api/sessions/..;/admin',
    '/api//sessions',
    'http://127.0.0.1/api/sessions',
  ])('refuses %s before any service sees it', async (path) => {
    let asked = 0;
    const service = await aService((_req, res) => {
      asked += 1;
      res.end();
    });
    const gateway = await aGateway(service.url);
    const text = await rawRequest(gateway.port, `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('validation_failed');
    expect(asked).toBe(0);
  });

  it("keeps the service's own words in the answer's headers, but not about CORS", async () => {
    const service = await aService((_req, res) => {
      res.writeHead(206, {
        Vary: 'Accept-Encoding',
        'Content-Range': 'bytes 0-1/10',
        'Set-Cookie': ['a=1', 'b=2'],
        'Access-Control-Allow-Origin': '*',
        'X-Request-Id': 'of-the-service',
      });
      res.end('ok');
    });
    const gateway = await aGateway(service.url);
    const answer = await fetch(`${gateway.url}/api/recordings/1`, {
      headers: { Origin: 'https://app.test', 'X-Request-Id': 'of-the-client' },
    });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('vary')?.split(', ')).toEqual(['Origin', 'Accept-Encoding']);
    expect(answer.headers.get('content-range')).toBe('bytes 0-1/10');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.test');
    expect(answer.headers.get('x-request-id')).toBe('of-the-client');
  });

  it('streams an answer as it is made', async () => {
    let release: () => void = () => undefined;
    const service = await aService((_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      res.write('data: one\n\n');
      release = () => res.end('data: two\n\n');
    });
    const gateway = await aGateway(service.url);
    const answer = await fetch(`${gateway.url}/api/rooms/stream`);
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe('data: one\n\n');
    release();
    const second = await reader?.read();
    expect(Buffer.from(second?.value ?? []).toString()).toBe('data: two\n\n');
  });

  it('carries 32 MB up and down without a change', async () => {
    const service = await aService((req, res) => {
      req.pipe(res);
    });
    const gateway = await aGateway(service.url, { ...deadlines, bodyIdleMs: 20_000 });
    const sent = Buffer.alloc(32 * 1024 * 1024, 'medcall-');
    const answer = await fetch(`${gateway.url}/api/transcription/upload`, {
      method: 'POST',
      body: sent,
    });
    const got = Buffer.from(await answer.arrayBuffer());
    expect(got.equals(sent)).toBe(true);
  });

  it('shows the answer of a service that refuses an upload half way', async () => {
    const service = await aService((_req, res) => {
      res.writeHead(413, { 'Content-Type': 'application/json', Connection: 'close' });
      res.end('{"error":{"code":"payload_too_large"}}');
    });
    const gateway = await aGateway(service.url);
    const text = await rawRequest(
      gateway.port,
      `POST /api/transcription/upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(20_000)}`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain('payload_too_large');
  });

  it('says unavailable when the service is down', async () => {
    const { url, server } = await aService((_req, res) => res.end());
    await closeServer(server, 0);
    const gateway = await aGateway(url);
    const answer = await fetch(`${gateway.url}/api/rooms`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({
      error: { code: 'unavailable', message: expect.stringContaining('fora do ar') },
    });
  });

  it('says unavailable when the service takes the request and never answers', async () => {
    const service = await aService(() => undefined);
    const gateway = await aGateway(service.url);
    const startedAt = Date.now();
    const answer = await fetch(`${gateway.url}/api/rooms`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(503);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  it('says unavailable when the service closes the connection without an answer', async () => {
    const server = createTcpServer((socket) => socket.on('data', () => socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(async () => server.close());
    const gateway = await aGateway(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect((await fetch(`${gateway.url}/api/rooms`)).status).toBe(503);
  });

  it('cuts an answer that stops in the middle, so that half is never taken for whole', async () => {
    const service = await aService((_req, res) => {
      res.writeHead(200, { 'Content-Length': '100' });
      res.write('half');
    });
    const gateway = await aGateway(service.url);
    const answer = await fetch(`${gateway.url}/api/recordings/1`);
    await expect(answer.text()).rejects.toThrow();
  });

  it('tells the service when the client goes away', async () => {
    const gone = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const service = await aService((_req, res) => {
      res.writeHead(200);
      res.write('x');
      res.once('close', () => gone.resolve());
      arrived.resolve();
    });
    const gateway = await aGateway(service.url);
    const abort = new AbortController();
    const answer = await fetch(`${gateway.url}/api/rooms/stream`, { signal: abort.signal });
    await arrived.promise;
    abort.abort();
    await expect(answer.text()).rejects.toThrow();
    await gone.promise;
  });

  it('gives up on a client whose upload stands still', async () => {
    const service = await aService(async (req, res) => {
      await bodyOf(req);
      res.end();
    });
    const gateway = await aGateway(service.url);
    const text = await rawRequest(
      gateway.port,
      'POST /api/transcription/upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhalf',
    );
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('O envio parou no meio.');
  });

  it('says unavailable, not that the client is slow, when the service stops reading', async () => {
    const service = await aService((req) => {
      req.pause();
    });
    const gateway = await aGateway(service.url);
    const answer = await fetch(`${gateway.url}/api/transcription/upload`, {
      method: 'POST',
      body: Buffer.alloc(32 * 1024 * 1024),
    });
    expect(answer.status).toBe(503);
  });

  it('refuses at once what would only wait behind a service that hangs', async () => {
    const service = await aService(() => undefined);
    const patient = { ...deadlines, headersMs: 60_000 };
    const gateway = await aGateway(service.url, patient);
    const abort = new AbortController();
    const { signal } = abort;
    let refused = 0;
    const asked = Array.from({ length: 400 }, async () => {
      const answer = await fetch(`${gateway.url}/api/rooms`, { signal }).catch(() => undefined);
      if (answer?.status === 503) refused += 1;
    });
    // 64 are on their way, 256 wait: the rest would only wait longer.
    await expect.poll(() => refused, { timeout: 15_000 }).toBe(400 - 64 - 256);
    abort.abort();
    await Promise.all(asked);
  });

  it('keeps connections to the service open between requests', async () => {
    let connections = 0;
    const service = await aService((_req, res) => res.end('ok'));
    service.server.on('connection', () => {
      connections += 1;
    });
    const gateway = await aGateway(service.url);
    for (let i = 0; i < 20; i += 1) await (await fetch(`${gateway.url}/api/rooms`)).text();
    expect(connections).toBe(1);
  });
});
