import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { hashPassword } from '@medcall/service-kit';
import { rootDir } from '../../scripts/lib/system/settings.ts';
import { answers, waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { stubEngine } from '../../scripts/verify/faults/fault.ts';
import { type Bench, startBench } from '../../scripts/verify/lib/bench.ts';
import type { ServiceProcess } from '../../scripts/verify/lib/service-process.ts';
import { cpuSeconds, residentMb } from '../../scripts/verify/load/process-figures.ts';
import { freePort } from '../support/free-port.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';

export interface Shape {
  name: string;
  nodes: number;
  redis: boolean;
}

export const password = 'a password of the load test';

/** Gateway, nodes, database and Redis as processes of their own, with the gateway's own identity. */
export interface Installation {
  bench: Bench;
  gatewayUrl: string;
  nodes: ServiceProcess[];
  /** CPU seconds so far and resident memory, by part. */
  use(): Promise<Record<string, { cpuSeconds: number; residentMb: number }>>;
  /** Bytes of sound on disk: the nodes' logs and what lies in the object store. */
  soundBytes(): Promise<number>;
  stop(): Promise<void>;
}

const plenty = '1000000';

export async function install(shape: Shape): Promise<Installation> {
  const bench = await startBench();
  const objects = path.join(bench.folder, 'objects');
  await mkdir(objects);
  const redis = shape.redis ? await startTestRedis() : null;
  const shared = {
    INTERNAL_SERVICE_SECRET: randomBytes(32).toString('hex'),
    AUTH_ISSUERS: '',
    AUTH_PROVIDER: 'embedded',
    LOG_LEVEL: 'warn',
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  const gatewayPort = await freePort();
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const nodes: ServiceProcess[] = [];
  for (let n = 0; n < shape.nodes; n += 1) {
    nodes.push(
      await bench.aService({
        name: `node-${n}`,
        env: {
          ...stubEngine,
          ...shared,
          MEDCALL_STUB_DECODE_MS: '2',
          GATEWAY_INTERNAL_URL: gatewayUrl,
          PUBLIC_GATEWAY_URL: gatewayUrl,
          ...(shape.nodes > 1 ? { OBJECT_STORE_DIR: objects } : {}),
        },
      }),
    );
  }
  const gateway = await startGateway(bench, gatewayPort, nodes[0]?.url ?? '', shared);
  await Promise.all(nodes.map((node) => node.start()));
  const stop = async () => {
    gateway.kill('SIGKILL');
    await redis?.stop();
    await bench.stop();
  };
  const pids = await pidsOf(bench, gateway, nodes, redis);
  return {
    bench,
    gatewayUrl,
    nodes,
    stop,
    async use() {
      const used = Object.entries(pids).map(async ([part, pid]) => [part, await useOf(pid)]);
      return Object.fromEntries(await Promise.all(used));
    },
    soundBytes: () => bytesBelow(bench.folder, /(^|\/)(audio|objects)\//),
  };
}

async function startGateway(
  bench: Bench,
  port: number,
  realtimeUrl: string,
  shared: Record<string, string>,
): Promise<ChildProcess> {
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['apps/backend/gateway/src/index.ts'], {
    cwd: rootDir,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: bench.postgres.appUrl,
      DATA_DIR: path.join(bench.folder, 'gateway'),
      GATEWAY_PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_GATEWAY_URL: url,
      REALTIME_SERVICE_URL: realtimeUrl,
      RATE_LIMIT_PER_MINUTE: plenty,
      AUTH_RATE_LIMIT_PER_MINUTE: plenty,
      INVITATION_RATE_LIMIT_PER_MINUTE: plenty,
      ...shared,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitUntil('the gateway answers', () => answers(`${url}/api/health`), {
    timeoutMs: 60_000,
    everyMs: 100,
  });
  return child;
}

/** A doctor of a clinic of his own who can sign in. @returns his e-mail */
export async function aSignInOf(bench: Bench, index: number, hash: string): Promise<string> {
  const doctor = await bench.world.aDoctor();
  const email = `doctor${index}@clinic${index}.test`;
  await bench.world.query(
    `insert into auth_embedded.users (id, email, password_hash, email_confirmed_at)
     values ($1, $2, $3, now())`,
    [doctor.sub, email, hash],
  );
  return email;
}

export const passwordHash = () => hashPassword(password);

async function pidsOf(
  bench: Bench,
  gateway: ChildProcess,
  nodes: readonly ServiceProcess[],
  redis: TestRedis | null,
): Promise<Record<string, number[]>> {
  const postmaster = await readFile(
    path.join(bench.folder, 'postgres/cluster/postmaster.pid'),
    'utf8',
  );
  return {
    gateway: [gateway.pid ?? 0],
    'realtime, all nodes': nodes.map((node) => node.pid ?? 0),
    postgres: [Number(postmaster.split('\n')[0])],
    ...(redis ? { redis: [redis.pid] } : {}),
  };
}

/** Of processes; the database's with its children, of which there is one for each connection. */
async function useOf(pids: readonly number[]) {
  const parents = new Map(
    await Promise.all(
      (await readdir('/proc'))
        .filter((name) => /^\d+$/.test(name))
        .map(async (name): Promise<[number, { parent: number; command: string }]> => {
          const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
          const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
          return [Number(name), { parent: Number(fields[1]), command: stat }];
        }),
    ),
  );
  const all = pids.flatMap((pid) => [
    pid,
    ...[...parents].flatMap(([child, { command, parent }]) =>
      parent === pid && command.includes('(postgres') ? [child] : [],
    ),
  ]);
  const figures = await Promise.all(
    all.map(async (pid) => ({
      cpu: await cpuSeconds(pid).catch(() => 0),
      memory: await residentMb(pid).catch(() => 0),
    })),
  );
  return {
    cpuSeconds: figures.reduce((sum, { cpu }) => sum + cpu, 0),
    residentMb: figures.reduce((sum, { memory }) => sum + memory, 0),
  };
}

async function bytesBelow(folder: string, where: RegExp): Promise<number> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    names
      .filter((one) => one.isFile())
      .map((one) => path.join(one.parentPath, one.name))
      .filter((file) => where.test(path.relative(folder, file)))
      .map((file) =>
        stat(file).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
