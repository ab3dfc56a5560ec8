import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres, stopEmbeddedPostgres } from './embedded.ts';
import { reachableDataDir } from './reachable-home.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'medcall-embedded-'));
  // As root the server runs as another account, which has to get in.
  await chmod(dataDir, 0o711);
});
afterEach(async () => {
  await stopEmbeddedPostgres(dataDir);
  await rm(dataDir, { recursive: true, force: true });
});

const start = () => startEmbeddedPostgres({ dataDir, ephemeral: true });

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('starts, is found again, keeps its data over a restart, and stops', async () => {
  const first = await start();
  expect(first.reused).toBe(false);
  await query(first.ownerUrl, "create table kept as select 'coração'::text as word");

  const second = await start();
  expect(second).toMatchObject({ reused: true, port: first.port, appUrl: first.appUrl });

  await first.stop();
  await expect(query(first.ownerUrl, 'select 1')).rejects.toThrow();

  const third: EmbeddedPostgres = await start();
  expect(third.reused).toBe(false);
  expect(await query(third.ownerUrl, 'select word, length(word) from kept')).toEqual([
    { word: 'coração', length: 7 },
  ]);
});

test('two starts at once of one folder end at one server', async () => {
  await start();
  const [one, two] = await Promise.all([start(), start()]);
  expect(one.port).toBe(two.port);
});

test('comes back after its server was killed', async () => {
  const first = await start();
  const pid = Number(
    (await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0],
  );
  process.kill(pid, 'SIGKILL');
  const second = await start();
  expect(await query(second.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(second.reused).toBe(false);
  expect(first.appUrl.split('@')[0]).toBe(second.appUrl.split('@')[0]);
});

test('keeps its passwords to their owner, and lets nobody in without them', async () => {
  const server = await start();
  expect((await stat(join(dataDir, 'access.json'))).mode & 0o777).toBe(0o600);
  const wrong = new URL(server.appUrl);
  wrong.password = 'guess';
  await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  expect(await query(server.ownerUrl, 'show listen_addresses')).toEqual([
    { listen_addresses: '127.0.0.1' },
  ]);
});

test('begins anew where the data folder was deleted, though the server kept its half elsewhere', async () => {
  // As root: a folder that the server's account cannot enter.
  await chmod(dataDir, 0o700);
  const inner = join(dataDir, 'data');
  const startInner = () => startEmbeddedPostgres({ dataDir: inner, ephemeral: true });
  const before = await startInner();
  await query(before.ownerUrl, 'create table kept (word text)');
  await rm(inner, { recursive: true });
  const anew = await startInner();
  try {
    expect(anew.reused).toBe(false);
    expect(await query(anew.ownerUrl, "select to_regclass('kept') as kept")).toEqual([
      { kept: null },
    ]);
  } finally {
    await anew.stop();
    if (process.getuid?.() === 0) await rm(await reachableDataDir(inner), { recursive: true });
  }
});

test('says what is missing when the passwords are gone and the data is not', async () => {
  const server = await start();
  await server.stop();
  await rm(join(dataDir, 'access.json'));
  await expect(start()).rejects.toThrow('access.json is missing');
});
