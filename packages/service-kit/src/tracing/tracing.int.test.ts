import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type FakeCollector,
  startFakeCollector,
} from '../../../../tests/fakes/otlp-collector/fake-collector.ts';
import { createDatabase } from '../database/database.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { notFound } from '../errors/app-error.ts';
import { createApp } from '../http/create-app.ts';
import { closeServer, listen } from '../http/listen.ts';
import { createLogger } from '../logging/logger.ts';
import { keyedTraceparent } from './outside-trace.ts';
import {
  currentTraceparent,
  inSpan,
  isTracing,
  openSpan,
  outsideTraceparent,
  traceHeaders,
  withTraceparent,
} from './spans.ts';
import { type RunningTracing, startTracing } from './start-tracing.ts';

const outside = '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01';
const traceId = outside.split('-')[1];
const secret = 'a secret of at least thirty-two characters';

let collector: FakeCollector;
let tracing: RunningTracing;
const lines: string[] = [];
const logger = createLogger({
  service: 'test',
  level: 'info',
  destination: { write: (line) => lines.push(line) },
});

function start(more: { headers?: Record<string, string>; ratio?: number } = {}) {
  return startTracing({
    env: {
      INTERNAL_SERVICE_SECRET: secret,
      MEDCALL_BUILD: 'dev',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: more.headers ?? {},
      OTEL_TRACES_SAMPLER_ARG: more.ratio ?? 1,
    },
    service: 'service-under-test',
    logger,
  });
}

beforeEach(async () => {
  collector = await startFakeCollector();
  lines.length = 0;
});
afterEach(async () => {
  await tracing?.stop();
  await collector.close();
});

const named = (name: string) => {
  const found = collector.spans.find((span) => span.name === name);
  if (!found) throw new Error(`${name} is not among ${collector.spans.map((s) => s.name)}`);
  return found;
};

describe('traces, sent by the real exporter', () => {
  it('hang under what the caller says, go on to whoever is asked, and reach the log', async () => {
    tracing = await start({ headers: { 'x-collector-key': 'k' } });
    const app = createApp({ logger, corsOrigins: [], trustProxyHops: 0, service: 'edge' });
    let handedOn: string | undefined;
    app.get('/api/things/:id', async (_req, res) => {
      await inSpan({ name: 'inner', kind: 'client' }, async () => {
        handedOn = traceHeaders().traceparent;
      });
      res.json({});
    });
    const server = createServer(app);
    const port = await listen(server, 0, '127.0.0.1');
    const answer = await fetch(`http://127.0.0.1:${port}/api/things/4711`, {
      headers: { traceparent: outside },
    });
    await answer.text();
    await closeServer(server);
    await tracing.flush();
    const [edge, inner] = [named('GET /api/things'), named('inner')];
    expect(edge).toMatchObject({
      service: 'service-under-test',
      scope: 'edge',
      traceId,
      parentId: outside.split('-')[2],
      kind: 'server',
      failed: false,
      attributes: { 'http.route': '/api/things', 'http.response.status_code': 200 },
    });
    expect(inner).toMatchObject({ traceId, parentId: edge.spanId, kind: 'client' });
    expect(handedOn).toBe(`00-${traceId}-${inner.spanId}-01`);
    expect(lines.join('')).toContain(`"traceId":"${traceId}"`);
    expect(collector.headers['x-collector-key']).toBe('k');
    expect(collector.raw()).not.toContain('4711');
  });

  it('of the database: a transaction and its queries, their words and values left out', async () => {
    tracing = await start();
    const test = await createTestDatabase();
    const database = createDatabase({ url: test.appUrl, applicationName: 'tracing test', logger });
    try {
      await withTraceparent(outside, () =>
        database.asSystem('tracing test', (trx) =>
          trx.selectFrom('clinicas').select('id').where('nome', '=', 'Clínica Canária').execute(),
        ),
      );
      await expect(
        database.asSystem('tracing test', async () => {
          throw notFound();
        }),
      ).rejects.toThrow();
    } finally {
      await database.close();
      await test.drop();
    }
    await tracing.flush();
    const query = named('SELECT clinicas');
    const whole = collector.spans.find(({ spanId }) => spanId === query.parentId);
    expect(whole).toMatchObject({ name: 'transaction', traceId, failed: false });
    expect(query.attributes).toEqual({
      'db.system.name': 'postgresql',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'clinicas',
    });
    expect(
      collector.spans.find(({ failed, name }) => failed && name === 'transaction')?.attributes,
    ).toMatchObject({ 'error.type': 'not_found' });
    expect(collector.raw()).not.toMatch(/Canária|nome/);
  });

  it('say what failed by its code, never by its message, and nothing that looks like more than a label', async () => {
    tracing = await start();
    const secret = 'a paciente tem dor no peito';
    await expect(
      inSpan({ name: secret.repeat(4) }, async (say) => {
        say({
          'medcall.outcome': 'b2c3d4e5-aaaa-4bbb-8ccc-0123456789ab',
          'medcall.engine': 'Dor torácica, desde ontem',
          'http.route': '52998224725',
        });
        throw new Error(secret);
      }),
    ).rejects.toThrow(secret);
    await tracing.flush();
    expect(collector.spans).toMatchObject([
      {
        name: '?',
        failed: true,
        attributes: {
          'error.type': 'Error',
          'medcall.outcome': '?',
          'medcall.engine': '?',
          'http.route': '?',
        },
      },
    ]);
    expect(collector.raw()).not.toMatch(/dor|Dor|b2c3d4e5|52998224725/);
  });

  it.each([
    { kind: 'unavailable' as const },
    { kind: 'rate_limited' as const, retryAfterSeconds: 1 },
  ])('a collector that is $kind is asked again, and nothing waits for it', async (fault) => {
    tracing = await start();
    collector.faults.push(fault);
    openSpan({ name: 'kept' })?.end();
    await tracing.flush();
    expect(named('kept')).toBeDefined();
    expect(collector.requests).toBe(2);
  });

  it('a collector that is gone is a line in the log and no failure', async () => {
    tracing = await start();
    await collector.close();
    openSpan({ name: 'lost' })?.end();
    await tracing.stop();
    expect(isTracing()).toBe(false);
  }, 30_000);

  it('name what PostgreSQL refused by its SQLSTATE', async () => {
    tracing = await start();
    const test = await createTestDatabase();
    try {
      const fails = (statement: string) =>
        expect(
          inSpan({ name: statement.slice(0, 10) }, () =>
            test.database.asSystem('tracing test', (trx) => sql.raw(statement).execute(trx)),
          ),
        ).rejects.toThrow();
      await fails('select 1 / 0');
      await fails("select 'x'::uuid");
      await fails('select 1 from nowhere');
    } finally {
      await test.drop();
    }
    await tracing.flush();
    const types = collector.spans.flatMap(({ attributes }) => attributes['error.type'] ?? []);
    expect(new Set(types)).toEqual(new Set(['pg 22012', 'pg 22P02', 'pg 42P01']));
  });

  it('five figures are no label elsewhere, nor behind a prefix', async () => {
    tracing = await start();
    openSpan({ name: 'x' })?.end({
      fields: {
        'error.type': '23505',
        'medcall.outcome': 'pg 23505',
        'medcall.engine': 'pg 23505',
      },
    });
    await tracing.flush();
    expect(named('x').attributes).toEqual({
      'error.type': '?',
      'medcall.outcome': '?',
      'medcall.engine': '?',
    });
  });

  it('a share of them is chosen by ids that nobody outside can know', async () => {
    // Of every share that is not none.
    const always = `00-${'0'.repeat(31)}1-0123456789abcdef-01`;
    tracing = await start({ ratio: 1e-9 });
    for (const isEdge of [true, false]) {
      const app = createApp({ logger, corsOrigins: [], trustProxyHops: 0, service: 'x', isEdge });
      app.get('/api/things', (_req, res) => void res.json({ isEdge }));
      const server = createServer(app);
      const port = await listen(server, 0, '127.0.0.1');
      const answer = await fetch(`http://127.0.0.1:${port}/api/things`, {
        headers: { traceparent: always },
      });
      await answer.text();
      await closeServer(server);
      await tracing.flush();
      expect(collector.spans).toHaveLength(isEdge ? 0 : 1);
    }
  });

  it('under a share, what one page asks for stays one trace, in every process that has the secret', async () => {
    const page = '00-0123456789abcdef0123456789abcdef';
    tracing = await start({ ratio: 0.5 });
    const [one, other] = ['1111111111111111', '2222222222222222'].map((parent) =>
      outsideTraceparent(`${page}-${parent}-01`)?.split('-'),
    );
    expect(one?.[1]).toMatch(/^[0-9a-f]{32}$/);
    expect(one?.[1]).not.toBe(traceId);
    expect(one?.[2]).toBe('1111111111111111');
    expect(other?.[1]).toBe(one?.[1]);
    expect(keyedTraceparent(secret, outside)).toBe(outsideTraceparent(outside));
    expect(keyedTraceparent('another', outside)).not.toBe(outsideTraceparent(outside));
    expect(outsideTraceparent('whatever')).toBeUndefined();
  });

  it('under a share, about that share of the pages is kept, and each as a whole', async () => {
    tracing = await start({ ratio: 0.25 });
    const pages = Array.from({ length: 400 }, (_, n) => `${n + 1}`.padStart(32, '0'));
    for (const page of pages) {
      for (const parent of ['1'.repeat(16), '2'.repeat(16)]) {
        openSpan({ name: 'asked', parent: outsideTraceparent(`00-${page}-${parent}-01`) })?.end();
      }
    }
    await tracing.flush();
    const kept = Map.groupBy(collector.spans, (span) => span.traceId);
    expect([...kept.values()].every((spans) => spans.length === 2)).toBe(true);
    // 400 draws at 0.25: these ids and this secret always give the same ones.
    expect(kept.size).toBeGreaterThan(60);
    expect(kept.size).toBeLessThan(140);
  });

  it('a share of the traces is chosen by their id, whatever the caller wants', async () => {
    tracing = await start({ ratio: 0 });
    withTraceparent(outside, () => openSpan({ name: 'left out' })?.end());
    await tracing.flush();
    expect(collector.requests).toBe(0);
  });
});

describe('without a collector', () => {
  it('work is the work and nothing else', async () => {
    tracing = await startTracing({
      env: {
        INTERNAL_SERVICE_SECRET: secret,
        MEDCALL_BUILD: 'dev',
        OTEL_EXPORTER_OTLP_HEADERS: {},
        OTEL_TRACES_SAMPLER_ARG: 1,
      },
      service: 'untraced',
      logger,
    });
    expect(isTracing()).toBe(false);
    expect(openSpan({ name: 'none' })).toBeNull();
    expect(withTraceparent(outside, () => currentTraceparent())).toBeUndefined();
    expect(traceHeaders()).toEqual({});
    const promise = Promise.resolve(1);
    expect(inSpan({ name: 'none' }, () => promise)).toBe(promise);
  });

  // The bare API comes with prom-client: a few constants.
  it('nothing of OpenTelemetry’s SDK is loaded', () => {
    const index = fileURLToPath(new URL('../index.ts', import.meta.url));
    const program = `import { registerHooks } from 'node:module';
const seen = [];
registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
const { startTracing } = await import(${JSON.stringify(index)});
await startTracing({ env: {}, service: 'x', logger: null });
console.log(JSON.stringify({ all: seen.length, otel: seen.filter((url) => /@opentelemetry.(?!api)/.test(url)) }));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', program]).toString();
    const { all, otel } = JSON.parse(said) as { all: number; otel: string[] };
    expect(all).toBeGreaterThan(50);
    expect(otel).toEqual([]);
  });
});
