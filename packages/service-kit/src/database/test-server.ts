import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from './embedded.ts';
import { migrate, migrationsDirectory } from './migrate.ts';

/** Where the run's server is; test files get it through `inject('testPostgres')`. */
export interface TestPostgres {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly layout: TestLayout;
}

/** Of the tables: all in `public`, or some in a schema of their service with views under the old names. */
export type TestLayout = 'one-schema' | 'schema-per-service';

declare module 'vitest' {
  interface ProvidedContext {
    testPostgres: TestPostgres;
  }
}

/** Migrated once, then cloned by every test file. */
export const TEMPLATE = 'medcall_template';

const FOLDER = join(tmpdir(), 'medcall-test-postgres');

/** Vitest's global set-up: one server for the whole run, on a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await mkdir(FOLDER, { recursive: true });
  await chmod(FOLDER, 0o711);
  await removeOrphans();
  const dataDir = await mkdtemp(join(FOLDER, 'run-'));
  await chmod(dataDir, 0o711);
  await writeFile(join(dataDir, 'runner.pid'), String(process.pid));
  const server = await startEmbeddedPostgres({ dataDir, database: TEMPLATE, ephemeral: true });
  await migrate({ url: server.ownerUrl });
  const layout = testLayout();
  if (layout === 'schema-per-service') await moveTables(server.ownerUrl);
  await closeTemplate(server.ownerUrl);
  project.provide('testPostgres', { ownerUrl: server.ownerUrl, appUrl: server.appUrl, layout });
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** `MEDCALL_TEST_LAYOUT`: on which of the two layouts of the database the tests run. */
function testLayout(): TestLayout {
  const wanted = process.env.MEDCALL_TEST_LAYOUT || 'one-schema';
  if (wanted === 'one-schema' || wanted === 'schema-per-service') return wanted;
  throw new Error(`MEDCALL_TEST_LAYOUT: one-schema or schema-per-service, not ${wanted}`);
}

/** As an installation does it (docs/MIGRATION.md). */
async function moveTables(ownerUrl: string): Promise<void> {
  const file = join(migrationsDirectory, '../optional/schema-per-service.sql');
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`begin; ${await readFile(file, 'utf8')}; commit`);
  } finally {
    await client.end();
  }
}

/** A database can be cloned only while nobody is connected to it. */
async function closeTemplate(ownerUrl: string): Promise<void> {
  const admin = new URL(ownerUrl);
  admin.pathname = '/postgres';
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  await client.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  await client.end();
}

/** Servers of runs that were killed: their folder names a process that is gone. */
async function removeOrphans(): Promise<void> {
  for (const name of await readdir(FOLDER)) {
    const dataDir = join(FOLDER, name);
    const runner = await readFile(join(dataDir, 'runner.pid'), 'utf8').catch(() => undefined);
    // Without the file the run is just starting, or was never one of ours.
    if (runner === undefined || isAlive(Number(runner))) continue;
    await stopEmbeddedPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
