import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { z } from 'zod';
import { rootDir } from '../../scripts/lib/system/settings.ts';
import { answers, waitUntil } from '../../scripts/lib/system/wait-until.ts';
import type { Bench } from '../../scripts/verify/lib/bench.ts';
import { freePort } from '../../tests/support/free-port.ts';
import { compare, type RatioResult } from './compare.ts';
import { cpuOf } from './process-cpu.ts';

const requestsPerBatch = 2_000;
const connections = 16;
const route = '/api/rooms?limit=10';

/**
 * Processor time of the whole gateway for a proxied request (ids, log line, headers, CORS, limits, safe
 * path, identity headers dropped, deadlines) over that of a proxy that does nothing but proxying.
 */
export async function gatewayProxy(
  bench: Bench,
  against: 'middleware' | 'plain',
  rounds: number,
): Promise<RatioResult> {
  const service = await aProxy('service');
  const bare = await aProxy(against, service.port);
  const gateway = await startGateway(bench, service.port);
  const pools = [bare.port, gateway.port].map(
    (port) => new Pool(`http://127.0.0.1:${port}`, { connections, pipelining: 1 }),
  );
  const [toBare, toGateway] = pools;
  if (!toBare || !toGateway) throw new Error('two pools');
  const token = `Bearer ${randomBytes(400).toString('base64url')}`;
  try {
    return await compare({
      name: `gateway: CPU per proxied request ÷ ${against === 'middleware' ? 'http-proxy-middleware, keep-alive' : 'plain node:http, keep-alive'}`,
      unit: 'request',
      base: () => batch(toBare, token),
      tested: () => batch(toGateway, token),
      meter: { base: cpuOf(bare.process.pid), tested: cpuOf(gateway.process.pid) },
      rounds,
    });
  } finally {
    for (const pool of pools) await pool.destroy();
    service.process.disconnect();
    bare.process.disconnect();
    gateway.process.kill('SIGKILL');
  }
}

/** Requests as a signed-in page sends them, `connections` at a time. */
async function batch(pool: Pool, authorization: string): Promise<number> {
  let left = requestsPerBatch;
  const client = async () => {
    while (left > 0) {
      left -= 1;
      const { body, statusCode } = await pool.request({
        path: route,
        method: 'GET',
        headers: { authorization, accept: 'application/json', origin: 'http://localhost:3000' },
      });
      await body.dump();
      if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return requestsPerBatch;
}

async function aProxy(
  kind: string,
  target?: number,
): Promise<{ port: number; process: ChildProcess }> {
  const file = fileURLToPath(new URL('./proxies.ts', import.meta.url));
  const child = fork(file, [kind, String(target ?? '')], {
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [port] = z
    .tuple([z.number()])
    .rest(z.unknown())
    .parse(await once(child, 'message'));
  return { port, process: child };
}

/** The gateway as it is in production, its log written and thrown away. */
async function startGateway(
  bench: Bench,
  realtimePort: number,
): Promise<{ port: number; process: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, ['apps/backend/gateway/src/index.ts'], {
    cwd: rootDir,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: bench.postgres.appUrl,
      AUTH_PROVIDER: 'embedded',
      INTERNAL_SERVICE_SECRET: randomBytes(32).toString('hex'),
      DATA_DIR: path.join(bench.folder, 'gateway'),
      GATEWAY_PORT: String(port),
      HOST: '127.0.0.1',
      REALTIME_SERVICE_URL: `http://127.0.0.1:${realtimePort}`,
      RATE_LIMIT_PER_MINUTE: '1000000',
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitUntil('the gateway answers', () => answers(`http://127.0.0.1:${port}/api/health`), {
    timeoutMs: 60_000,
    everyMs: 100,
  });
  return { port, process: child };
}
