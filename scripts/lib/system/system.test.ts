import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, withFolderLock } from './folder-lock.ts';
import { freePorts, takenPorts } from './free-ports.ts';
import { readableLine } from './log-line.ts';
import { givenSecrets, readOrMakeSecrets } from './secrets.ts';
import { environmentOf } from './service-environment.ts';
import { readSettings } from './settings.ts';
import { SupervisedProcess } from './supervised-process.ts';
import { waitUntil } from './wait-until.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'medcall-scripts-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('settings', () => {
  it('takes the usual ports unless the environment moves them', () => {
    const settings = readSettings({ PORT_GATEWAY: '4001', DATA_DIR: folder });
    expect(settings.ports).toEqual({
      frontend: 3000,
      gateway: 4001,
      'realtime-service': 3002,
      'ai-service': 3003,
    });
    expect(settings.dataDir).toBe(folder);
  });

  it.each(['0', '70000', 'abc', '30.5'])('refuses %s as a port and names the variable', (port) => {
    expect(() => readSettings({ PORT_AI: port })).toThrow(/PORT_AI/);
  });
});

describe('secrets', () => {
  it('are made once, long, and readable by the owner alone', async () => {
    const [first, second] = await Promise.all([readOrMakeSecrets(folder), delayedRead()]);
    expect(second).toEqual(first);
    expect(first.INTERNAL_SERVICE_SECRET.length).toBeGreaterThanOrEqual(32);
    expect((await stat(path.join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
  });

  async function delayedRead() {
    await waitUntil('the file', async () => (await read()) !== '', { timeoutMs: 5000, everyMs: 5 });
    return readOrMakeSecrets(folder);
  }
  const read = () => readFile(path.join(folder, 'secrets.json'), 'utf8').catch(() => '');

  it('of the environment count only when both are there and long enough', () => {
    const secret = 's'.repeat(32);
    expect(givenSecrets({ INTERNAL_SERVICE_SECRET: secret })).toBeNull();
    expect(givenSecrets({ INTERNAL_SERVICE_SECRET: secret, NEXTAUTH_SECRET: 'curto' })).toBeNull();
    expect(givenSecrets({ INTERNAL_SERVICE_SECRET: secret, NEXTAUTH_SECRET: secret })).toEqual({
      INTERNAL_SERVICE_SECRET: secret,
      NEXTAUTH_SECRET: secret,
    });
  });
});

describe('the environment of a service', () => {
  const options = {
    settings: readSettings({ PORT_REALTIME: '4002', DATA_DIR: '/tmp/x' }),
    secrets: { INTERNAL_SERVICE_SECRET: 'a'.repeat(32), NEXTAUTH_SECRET: 'b'.repeat(32) },
    databaseUrl: 'postgres://here/medcall',
    demo: true,
    production: false,
  };

  it('gives each its own port and all the same addresses', () => {
    const env = environmentOf('realtime-service', options, {});
    expect(env).toMatchObject({
      PORT: '4002',
      NEXT_PUBLIC_REALTIME_WS_URL: 'http://localhost:4002',
      DATABASE_URL: 'postgres://here/medcall',
      MEDCALL_DEMO: '1',
      DATA_DIR: '/tmp/x',
    });
  });

  it('lets the person’s values win, but not a port or mode meant for another program', () => {
    const env = environmentOf('gateway', options, {
      LOG_LEVEL: 'debug',
      PUBLIC_GATEWAY_URL: '',
      PORT: '9999',
      NODE_ENV: 'test',
      VITEST: 'true',
    });
    expect(env).toMatchObject({
      LOG_LEVEL: 'debug',
      PUBLIC_GATEWAY_URL: 'http://localhost:3001',
      PORT: '3001',
      NODE_ENV: 'development',
    });
    expect(env.VITEST).toBeUndefined();
  });
});

describe('log lines', () => {
  const read = (line: string) => stripVTControlCharacters(readableLine(line));

  it('show level, message and fields', () => {
    const line = '{"level":40,"time":"x","service":"gateway","pid":1,"msg":"devagar","ms":12}';
    expect(read(line)).toBe('warn  devagar ms=12');
  });

  it('show the stack of an error', () => {
    expect(read('{"level":50,"msg":"caiu","err":{"message":"m","stack":"Error: m\\n at x"}}')).toBe(
      'error caiu\nError: m\n at x',
    );
  });

  it.each(['plain text', '{not json', '{"a":1}'])('leave %s alone', (line) => {
    expect(read(line)).toBe(line);
  });
});

describe('ports', () => {
  it('that somebody holds are named', async () => {
    const ports = await freePorts();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(ports.gateway, '127.0.0.1', resolve));
    expect(await takenPorts(ports, ['gateway', 'ai-service'], '127.0.0.1')).toEqual(['gateway']);
    await new Promise((resolve) => server.close(resolve));
    expect(await takenPorts(ports, ['gateway'], '127.0.0.1')).toEqual([]);
  });
});

describe('the lock of a folder', () => {
  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withFolderLock(folder, work)));
    expect(most).toBe(1);
  });

  it('is taken over from a process that is gone', async () => {
    await writeFile(path.join(folder, 'lock'), '999999999');
    expect(await withFolderLock(folder, async () => 'in', 5000)).toBe('in');
  });

  it('is freed when the work fails', async () => {
    const failing = withFolderLock(folder, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await withFolderLock(folder, async () => 'in', 1000)).toBe('in');
  });
});

describe('a supervised process', () => {
  function aProcess(script: string, change: { restart?: boolean; died?: string[] } = {}) {
    const lines: string[] = [];
    const supervised = new SupervisedProcess({
      name: 'x',
      command: process.execPath,
      args: ['-e', script],
      cwd: folder,
      env: process.env,
      onLine: (line) => lines.push(line),
      restart: change.restart ?? false,
      onDied: (exit, inMs) => change.died?.push(`${exit} ${inMs}`),
      backoffMs: { first: 10, longest: 40 },
    });
    return { supervised, lines };
  }
  const until = (condition: () => boolean) =>
    waitUntil('the process', condition, { timeoutMs: 15_000, everyMs: 10 });

  it('comes back after a crash, each time later up to a bound', async () => {
    const died: string[] = [];
    const { supervised } = aProcess('process.exit(3)', { restart: true, died });
    supervised.start();
    await until(() => died.length >= 4);
    await supervised.stop();
    expect(died.slice(0, 4)).toEqual(['código 3 10', 'código 3 20', 'código 3 40', 'código 3 40']);
    const count = died.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(died.length).toBe(count);
  });

  it('ends when asked, is killed when it does not listen', async () => {
    const { supervised, lines } = aProcess(
      "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')",
    );
    supervised.start();
    await until(() => lines.includes('up'));
    await supervised.stop(100);
    expect(supervised.running).toBe(false);
  });

  it('takes along what it started', async () => {
    const { supervised, lines } = aProcess(
      "const c = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log(c.pid); setInterval(() => {}, 1000)",
    );
    supervised.start();
    await until(() => lines.length > 0);
    const grandchild = Number(lines[0]);
    expect(isAlive(grandchild)).toBe(true);
    await supervised.kill();
    await until(() => !isAlive(grandchild));
  });

  it('says so when the program does not exist', async () => {
    const died: string[] = [];
    const supervised = new SupervisedProcess({
      name: 'x',
      command: path.join(folder, 'missing'),
      args: [],
      cwd: folder,
      env: {},
      onLine: () => undefined,
      restart: false,
      onDied: (exit) => died.push(exit),
    });
    supervised.start();
    await until(() => died.length === 1);
    expect(died[0]).toContain('ENOENT');
  });
});
