import { createServer } from 'node:http';
import { errorCode } from '@medcall/shared-types';
import { Router } from 'express';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { notFound } from '../errors/app-error.ts';
import { createApp } from '../http/create-app.ts';
import { errorHandler } from '../http/error-handler.ts';
import { closeServer, listen } from '../http/listen.ts';
import { metricsText, observe } from './metrics.ts';
import { serveMetrics } from './metrics-server.ts';
import { routeLabel } from './route-label.ts';

const stops: Array<() => unknown> = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Value of a line of the text, by name and labels. */
async function figureOf(line: string): Promise<number> {
  const found = (await metricsText()).split('\n').find((one) => one.startsWith(`${line} `));
  return Number(found?.split(' ').at(-1) ?? 0);
}

describe('metrics', () => {
  it('a request is counted with its route, an error with its code, and no id becomes a label', async () => {
    const logger = pino({ level: 'silent' });
    const app = createApp({ logger, corsOrigins: [], trustProxyHops: 0, service: 'metrics-test' });
    app.use(
      '/api/things',
      Router().get('/:id', (req, res) => {
        if (req.params.id === 'gone') throw notFound();
        res.json({});
      }),
    );
    app.use(errorHandler(logger));
    const server = createServer(app);
    const port = await listen(server, 0, '127.0.0.1');
    stops.push(() => closeServer(server));
    const counted =
      'medcall_http_request_seconds_count{service="metrics-test",method="GET",route="/api/things",status="200"}';
    const told = 'medcall_errors_total{code="not_found"}';
    const before = { told: await figureOf(told) };
    await fetch(`http://127.0.0.1:${port}/api/things/4711`);
    await fetch(`http://127.0.0.1:${port}/api/things/gone`);
    await closeServer(server);
    expect(await figureOf(counted)).toBe(1);
    expect((await figureOf(told)) - before.told).toBe(1);
    expect(await metricsText()).not.toContain('4711');
  });

  it('every error that can be told has its series before the first one is', async () => {
    const series = [...(await metricsText()).matchAll(/^medcall_errors_total\{code="(\w+)"\}/gm)];
    expect(new Set(series.map(([, code]) => code))).toEqual(new Set(errorCode.options));
  });

  it('a figure is read when it is asked for, left out when it cannot be told, and taken away with its owner', async () => {
    let value = 3;
    const forget = observe('medcall_test_figure', 'of this test', () => {
      if (value < 0) throw new Error('not now');
      return value;
    });
    expect(await figureOf('medcall_test_figure')).toBe(3);
    value = 5;
    expect(await figureOf('medcall_test_figure')).toBe(5);
    value = -1;
    expect(await figureOf('medcall_test_figure')).toBe(0);
    forget();
    expect(await metricsText()).not.toContain('medcall_test_figure');
  });

  it('is served on a port of its own and nothing else is', async () => {
    const server = createServer();
    const port = await listen(server, 0, '127.0.0.1');
    await closeServer(server);
    stops.push(await serveMetrics(port, '127.0.0.1', { '/shadow': () => ({ routes: [] }) }));
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain('medcall_nodejs_eventloop_lag_seconds');
    expect(await (await fetch(`http://127.0.0.1:${port}/shadow`)).json()).toEqual({ routes: [] });
    expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/toString`)).status).toBe(404);
  });

  it.each([
    ['/api/consultations/9/note', 200, '/api/consultations'],
    ['/auth/v1/token', 200, '/auth/v1'],
    ['/wp-admin/setup.php', 404, 'unknown'],
  ])('%s with %i is labelled %s', (path, status, label) => {
    expect(routeLabel(path, status)).toBe(label);
  });
});
