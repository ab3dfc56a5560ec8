import { createServer } from 'node:http';
import {
  closeServer,
  createApp,
  createLimiter,
  createLogger,
  errorHandler,
  limitByAddress,
  listen,
} from '@medcall/service-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { builtInRoutes } from './route-table.ts';
import { serviceLane } from './service-lane.ts';
import { createUpstream } from './upstream.ts';

const deadlines = { connectMs: 2_000, headersMs: 2_000, bodyIdleMs: 2_000 };
const page = 'https://app.test';
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** What a service answers is forwarded, the rest is the app's: both must look alike from outside. */
async function aGateway(options: {
  answer?: Record<string, string>;
  points?: number;
  trustProxyHops?: number;
}) {
  const { answer = {}, points = 100_000, trustProxyHops = 0 } = options;
  const written: Array<Record<string, unknown>> = [];
  const logger = createLogger({
    service: 'gateway',
    level: 'info',
    destination: { write: (line) => written.push(JSON.parse(line)) },
  });
  const seen: Array<string | undefined> = [];
  const service = createServer((req, res) => {
    seen.push(req.headers['x-forwarded-for']?.toString());
    for (const [name, value] of Object.entries(answer)) res.setHeader(name, value);
    res.end('{}');
  });
  const servicePort = await listen(service, 0, '127.0.0.1');
  const common = { logger, corsOrigins: [page], trustProxyHops };
  const limiter = createLimiter({ prefix: 'test', points, durationSeconds: 60 });
  const app = createApp({ ...common, service: 'gateway' });
  app.use(limitByAddress(limiter));
  app.get('/api/own', (req, res) => {
    seen.push(req.ip);
    res.json({});
  });
  app.use(errorHandler(logger));
  const upstream = createUpstream('service', `http://127.0.0.1:${servicePort}`, deadlines);
  const lane = serviceLane(
    {
      ...common,
      targets: { realtime: upstream, ai: upstream },
      deadlines,
      table: () => builtInRoutes,
      limiter,
    },
    app,
  );
  const server = createServer(lane);
  const port = await listen(server, 0, '127.0.0.1');
  cleanups.push(
    () => closeServer(service, 0),
    () => upstream.pool.destroy(),
    () => closeServer(server, 0),
  );
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
  return { ask, seen, upstream, written };
}

/** Of one message and not of every answer. */
const particular =
  /^(date|connection|keep-alive|content-(length|type)|etag|x-request-id|transfer-)/;
const lasting = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => !particular.test(name)));

describe('what a service answers, beside what the gateway answers', () => {
  it.each([page, 'https://elsewhere.test', undefined])(
    'has the same protecting headers and CORS for a page of %s',
    async (origin) => {
      const { ask } = await aGateway({});
      const headers: Record<string, string> = origin === undefined ? {} : { origin };
      const [forwarded, own] = [await ask('/api/rooms/x', headers), await ask('/api/own', headers)];
      expect([forwarded.status, own.status]).toEqual([200, 200]);
      expect(lasting(forwarded)).toEqual(lasting(own));
      expect(lasting(own)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        ...(origin === page ? { 'access-control-allow-origin': page } : {}),
      });
    },
  );

  it('adds to Vary what the service says, once, and lets it word a protection itself', async () => {
    const { ask } = await aGateway({
      answer: { Vary: 'Accept-Encoding, origin', 'Referrer-Policy': 'same-origin' },
    });
    const { headers } = await ask('/api/rooms/x', { origin: page });
    expect(headers.get('vary')).toBe('Origin, Accept-Encoding');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  it('a preflight is answered by the gateway, for either', async () => {
    const { ask, seen } = await aGateway({});
    const wish = {
      origin: page,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,traceparent',
    };
    for (const path of ['/api/rooms/x', '/api/own']) {
      const answer = await ask(path, wish, 'OPTIONS');
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-headers')).toBe('authorization,traceparent');
    }
    expect(seen).toEqual([]);
  });

  it('shares one limit by address, and is refused in the same envelope', async () => {
    const { ask } = await aGateway({ points: 2 });
    await ask('/api/own');
    await ask('/api/rooms/x');
    for (const path of ['/api/rooms/x', '/api/own']) {
      const refused = await ask(path, { origin: page, 'x-request-id': 'request-0001' });
      expect(refused.status, path).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.headers.get('x-request-id')).toBe('request-0001');
      expect(refused.headers.get('access-control-allow-origin')).toBe(page);
      expect(await refused.json()).toMatchObject({
        error: { code: 'rate_limited', requestId: 'request-0001' },
      });
    }
  });

  it('answers a request that the way to the service refuses at once', async () => {
    const { ask, upstream } = await aGateway({});
    // undici throws out of `dispatch` for what it takes to be our own mistake.
    upstream.pool.dispatch = () => {
      throw new TypeError('invalid request');
    };
    const answer = await ask('/api/rooms/x', { origin: page, 'x-request-id': 'request-0001' });
    expect(answer.status).toBe(500);
    expect(answer.headers.get('access-control-allow-origin')).toBe(page);
    expect(await answer.json()).toMatchObject({
      error: { code: 'internal', requestId: 'request-0001' },
    });
  });

  it.each([
    [0, '8.8.8.8, 1.1.1.1'],
    [1, '8.8.8.8, 1.1.1.1'],
    [2, '8.8.8.8, 1.1.1.1'],
    [3, '8.8.8.8'],
    [1, ''],
  ])('with %i proxies in front and “%s” has the address that Express reads', async (hops, said) => {
    const { ask, seen } = await aGateway({ trustProxyHops: hops });
    const headers: Record<string, string> = said === '' ? {} : { 'x-forwarded-for': said };
    await ask('/api/rooms/x', headers);
    await ask('/api/own', headers);
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
  });

  it('is one line of the log with the same fields, query left out', async () => {
    const { ask, written } = await aGateway({});
    const id = { 'x-request-id': 'request-0001' };
    await (await ask('/api/rooms/x?convite=geheim', id)).text();
    await (await ask('/api/own?convite=geheim', id)).text();
    await expect.poll(() => written.length).toBe(2);
    const [forwarded, own] = written;
    expect(Object.keys(forwarded ?? {}).sort()).toEqual(Object.keys(own ?? {}).sort());
    expect(forwarded).toMatchObject({
      requestId: 'request-0001',
      method: 'GET',
      path: '/api/rooms/x',
      status: 200,
    });
    expect(JSON.stringify(written)).not.toContain('geheim');
  });
});
