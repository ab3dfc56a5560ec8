import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@medcall/service-kit/database/embedded';
import { startTestRedis } from '../../../tests/support/redis.ts';
import { waitUntil } from '../../lib/system/wait-until.ts';
import type { Bench } from '../lib/bench.ts';
import { calm, type Disturbance, disturbed, type Fault, judged, stubEngine } from './fault.ts';

const stub = { name: 'stub', env: stubEngine };
/** The people are in the middle of it. */
const wellUnderWayChunks = 40;

const underWay = ({ voices }: Disturbance) =>
  waitUntil(
    'people speak',
    () => voices.every(({ sender }) => sender.marks.ackedSeq > wellUnderWayChunks),
    { timeoutMs: 60_000, everyMs: 50 },
  );

const acked = ({ voices }: Disturbance) =>
  voices.reduce((sum, { sender }) => sum + sender.marks.ackedSeq, 0);

async function databaseAway(
  disturbance: Disturbance,
  seconds: number,
  away: (bench: Bench) => Promise<() => Promise<void>>,
): Promise<string[]> {
  await underWay(disturbance);
  const before = acked(disturbance);
  const back = await away(disturbance.bench);
  await delay(seconds * 1000);
  const meanwhile = acked(disturbance) - before;
  await back();
  return meanwhile > 0 ? [] : ['nothing was acknowledged while the database was away'];
}

export const databaseDown: Fault = {
  name: 'database down for 30 s',
  expected:
    'sound is acknowledged all the while, nobody is disconnected, texts become rows afterwards',
  async run(bench, sound) {
    let wrong: string[] = [];
    const outcome = await disturbed(bench, sound, {
      name: 'database-down',
      env: stubEngine,
      speed: 0.8,
      during: async (disturbance) => {
        wrong = await databaseAway(disturbance, 30, async ({ folder, postgres }) => {
          await postgres.stop();
          return async () => {
            const { port } = postgres;
            await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), port });
          };
        });
      },
    });
    if (outcome.drops > 0) wrong.push('somebody was disconnected');
    return judged(await calm(bench, sound, stub), outcome, wrong);
  },
};

/** Every process of the server. */
async function serverPids(folder: string): Promise<number[]> {
  const pidFile = path.join(folder, 'postgres/cluster/postmaster.pid');
  const [line = ''] = (await readFile(pidFile, 'utf8')).split('\n');
  const master = Number(line);
  const children: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === master) children.push(Number(name));
  }
  return [master, ...children];
}

export const databaseFrozen: Fault = {
  name: 'database frozen for 15 s (accepts, never answers)',
  expected: 'the same: the client’s own deadlines free the pool',
  async run(bench, sound) {
    let wrong: string[] = [];
    const outcome = await disturbed(bench, sound, {
      name: 'database-frozen',
      env: stubEngine,
      speed: 1,
      during: async (disturbance) => {
        wrong = await databaseAway(disturbance, 15, async ({ folder }) => {
          const pids = await serverPids(folder);
          for (const pid of pids) process.kill(pid, 'SIGSTOP');
          return async () => {
            for (const pid of pids) process.kill(pid, 'SIGCONT');
          };
        });
      },
    });
    return judged(await calm(bench, sound, stub), outcome, wrong);
  },
};

export const redisKilled: Fault = {
  name: 'Redis killed, back after 10 s',
  expected: 'people on the node hear and see each other all the while; nothing waits for Redis',
  async run(bench, sound) {
    const redis = await startTestRedis();
    const wrong: string[] = [];
    try {
      const outcome = await disturbed(bench, sound, {
        name: 'redis',
        env: { ...stubEngine, REDIS_URL: redis.url },
        speed: 1,
        during: async (disturbance) => {
          await underWay(disturbance);
          await redis.kill();
          const seen = () => disturbance.live.seen.patient.length;
          const before = { acked: acked(disturbance), seen: seen() };
          await delay(10_000);
          if (acked(disturbance) - before.acked < 100) wrong.push('sound waited for Redis');
          if (seen() === before.seen) wrong.push('no text reached the patient meanwhile');
          await redis.restart();
        },
      });
      return judged(await calm(bench, sound, stub), outcome, wrong);
    } finally {
      await redis.stop();
    }
  },
};

export const orderlyRestart: Fault = {
  name: 'SIGTERM in mid-sentence, started again',
  expected: 'exit 0 within the grace time; the people go on',
  async run(bench, sound) {
    const wrong: string[] = [];
    const outcome = await disturbed(bench, sound, {
      name: 'sigterm',
      env: stubEngine,
      speed: 4,
      during: async (disturbance) => {
        await underWay(disturbance);
        const ended = await disturbance.service.stop();
        if (ended !== 'code 0') wrong.push(`it ended with ${ended}`);
        await disturbance.service.start();
      },
    });
    return judged(await calm(bench, sound, stub), outcome, wrong);
  },
};

export const clockStep: Fault = {
  name: 'system clock set 10 minutes forward, then 20 back',
  expected: 'positions, holes and limits do not notice',
  async run(bench, sound) {
    const file = path.join(bench.folder, 'faketime');
    const outcome = await disturbed(bench, sound, {
      name: 'clock',
      env: {
        ...stubEngine,
        FAKETIME_TIMESTAMP_FILE: file,
        FAKETIME_NO_CACHE: '1',
        DONT_FAKE_MONOTONIC: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
      // The library without the wrapper: its offset is read from the file at every call.
      under: ['env', `LD_PRELOAD=${await libfaketime()}`],
      speed: 3,
      before: () => writeFile(file, '+0'),
      during: async (disturbance) => {
        const chunksLater = (chunks: number) => {
          const from = acked(disturbance);
          return waitUntil('more sound', () => acked(disturbance) > from + chunks, {
            timeoutMs: 60_000,
            everyMs: 50,
          });
        };
        await underWay(disturbance);
        await writeFile(file, '+600');
        await chunksLater(100);
        await writeFile(file, '-600');
        await chunksLater(60);
      },
    });
    return judged(await calm(bench, sound, stub), outcome);
  },
};

/** @throws Error where Debian's package is not installed */
async function libfaketime(): Promise<string> {
  for (const folder of await readdir('/usr/lib')) {
    const file = path.join('/usr/lib', folder, 'faketime/libfaketime.so.1');
    if (await readFile(file).then(Boolean, () => false)) return file;
  }
  throw new Error('libfaketime is not installed (Debian: apt-get install faketime)');
}
