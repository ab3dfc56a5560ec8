import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import {
  type Cluster,
  describeCluster,
  execute,
  findRunningPort,
  startServer,
  stopServer,
} from './postgres-cluster.ts';

export interface EmbeddedPostgresOptions {
  /** Folder of its own, made if missing: `cluster/`, `access.json` (passwords, 0600), `server.log`. */
  readonly dataDir: string;
  /** A free one by default; a server that already runs on this folder keeps the port it has. */
  readonly port?: number;
  readonly database?: string;
  /** For tests: nothing is flushed to disk, and a crash loses everything. */
  readonly ephemeral?: boolean;
}

export interface EmbeddedPostgres {
  /** Superuser: migrations, seeds. */
  readonly ownerUrl: string;
  /** `medcall_app`: what the services connect with. */
  readonly appUrl: string;
  readonly port: number;
  /** True when the server ran already: then it is somebody else's to stop. */
  readonly reused: boolean;
  stop(): Promise<void>;
}

/** Stops the server of a data folder, if one runs there. For folders that a killed process left. */
export async function stopEmbeddedPostgres(dataDir: string): Promise<void> {
  const cluster = await describeCluster(resolve(dataDir));
  if ((await findRunningPort(cluster)) !== undefined) await stopServer(cluster);
}

interface Access {
  readonly ownerPassword: string;
  readonly appPassword: string;
}

const OWNER = 'postgres';
const LOGIN = 'medcall_app';

/**
 * Starts PostgreSQL on a data folder, or finds the one that already runs there; makes the database
 * and the services' login. Listens on 127.0.0.1 only. The server is a process of its own and outlives
 * this one when `stop()` is not called: the next start takes it over.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const cluster = await describeCluster(dataDir);
  await mkdir(dataDir, { recursive: true });
  const access = await readOrMakeAccess(cluster, join(dataDir, 'access.json'));
  const database = options.database ?? 'medcall';
  const { port, reused } = await reach(cluster, options, (at) =>
    prepare(urlOf(at, OWNER, access.ownerPassword, 'postgres'), database, access.appPassword),
  );
  return {
    ownerUrl: urlOf(port, OWNER, access.ownerPassword, database),
    appUrl: urlOf(port, LOGIN, access.appPassword, database),
    port,
    reused,
    stop: () => stopServer(cluster),
  };
}

function urlOf(port: number, user: string, password: string, name: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
}

/** A server that answers: the one that runs, or one that is started. */
async function reach(
  cluster: Cluster,
  options: EmbeddedPostgresOptions,
  prepareAt: (port: number) => Promise<void>,
): Promise<{ port: number; reused: boolean }> {
  const running = await findRunningPort(cluster);
  if (running !== undefined) {
    try {
      await prepareAt(running);
      return { port: running, reused: true };
    } catch (error) {
      // One that is being killed looks alive for a moment; one that is alive has its own reason.
      await delay(500);
      if ((await findRunningPort(cluster)) !== undefined) throw error;
    }
  }
  const port = await startServer(cluster, options);
  await prepareAt(port);
  return { port, reused: false };
}

async function readOrMakeAccess(cluster: Cluster, file: string): Promise<Access> {
  if (existsSync(join(cluster.clusterDir, 'PG_VERSION'))) {
    if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Access;
    if (!cluster.isElsewhere) {
      throw new Error(
        `embedded PostgreSQL: ${file} is missing, and with it the passwords of this database: bring it back, or delete the folder to begin anew`,
      );
    }
    // The data folder was deleted or made anew; this half of it lay elsewhere and belongs to nobody now.
    if ((await findRunningPort(cluster)) !== undefined) await stopServer(cluster);
    await rm(cluster.clusterDir, { recursive: true, force: true });
  }
  const access: Access = {
    ownerPassword: randomBytes(24).toString('base64url'),
    appPassword: randomBytes(24).toString('base64url'),
  };
  await writeFile(file, JSON.stringify(access), { mode: 0o600 });
  await initialise(cluster, access.ownerPassword);
  return access;
}

async function initialise(cluster: Cluster, ownerPassword: string): Promise<void> {
  // Made aside and moved when complete: a start that is killed half-way leaves no half cluster.
  const makingDir = `${cluster.clusterDir}.new`;
  await rm(makingDir, { recursive: true, force: true });
  await mkdir(makingDir, { mode: 0o700 });
  const passwordFile = `${cluster.clusterDir}.password`;
  await writeFile(passwordFile, ownerPassword, { mode: 0o600 });
  await writeFile(cluster.logFile, '', { flag: 'a', mode: 0o600 });
  if (cluster.account) {
    const { uid, gid } = cluster.account;
    for (const path of [makingDir, passwordFile, cluster.logFile]) await chown(path, uid, gid);
  }
  await Promise.all([
    chmod(cluster.binaries.initdb, 0o755),
    chmod(cluster.binaries.pgCtl, 0o755),
  ]).catch(
    // Already executable in a read-only installation; if not, the next line says so.
    () => undefined,
  );
  try {
    await execute(cluster, cluster.binaries.initdb, [
      `--pgdata=${makingDir}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order and case rules on every platform, whatever locales it has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(makingDir, cluster.clusterDir);
}

async function prepare(adminUrl: string, database: string, appPassword: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    // Two starters of one folder would alter the same role at once. The lock ends with the connection.
    await client.query("select pg_advisory_lock(hashtext('medcall: prepare'))");
    const role = await client.query('select 1 from pg_roles where rolname = $1', [LOGIN]);
    if (role.rowCount === 0) await client.query(`create role ${LOGIN} noinherit`);
    await client.query(`alter role ${LOGIN} login password ${client.escapeLiteral(appPassword)}`);
    const exists = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (exists.rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(database)}`);
    }
  } finally {
    await client.end();
  }
}
