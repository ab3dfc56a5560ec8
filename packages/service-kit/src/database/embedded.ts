import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { binariesIn, findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { canReach, reachableCopy, reachableDataDir } from './reachable-home.ts';
import { postgresAccount, type SystemAccount } from './system-account.ts';

const run = promisify(execFile);

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

interface Cluster {
  readonly binaries: PostgresBinaries;
  readonly account: SystemAccount | undefined;
  readonly clusterDir: string;
  readonly logFile: string;
  /** Not in the data folder, which the server's account cannot enter. */
  readonly isElsewhere: boolean;
}

const OWNER = 'postgres';
const LOGIN = 'medcall_app';
const START_SECONDS = 60;
const START_ATTEMPTS = 6;

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

async function describeCluster(dataDir: string): Promise<Cluster> {
  const account = await postgresAccount();
  const installed = await findPostgresBinaries();
  const binaries =
    !account || (await canReach(installed.native, account))
      ? installed
      : binariesIn(await reachableCopy(installed.native, installed.version), installed.version);
  const home =
    !account || (await canReach(dataDir, account)) ? dataDir : await reachableDataDir(dataDir);
  return {
    binaries,
    account,
    clusterDir: join(home, 'cluster'),
    logFile: join(home, 'server.log'),
    isElsewhere: home !== dataDir,
  };
}

function stopServer(cluster: Cluster): Promise<void> {
  return control(cluster, ['stop', '-m', 'fast', '-w', '-t', '30']);
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

async function startServer(cluster: Cluster, options: EmbeddedPostgresOptions): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    try {
      await control(cluster, [
        'start',
        '-w',
        '-t',
        String(START_SECONDS),
        '-l',
        cluster.logFile,
        '-o',
        serverFlags(port, options.ephemeral === true),
      ]);
      return port;
    } catch (error) {
      // Another start of this folder was quicker.
      const running = await findRunningPort(cluster);
      if (running !== undefined) return running;
      // The free port was taken meanwhile, or processes of a killed server are still leaving.
      if (attempt === START_ATTEMPTS) throw error;
      await delay(attempt * 300);
    }
  }
}

function serverFlags(port: number, ephemeral: boolean): string {
  const settings: [string, string | number][] = [
    ['port', port],
    ['listen_addresses', '127.0.0.1'],
    // No socket file: its folder may belong to another account, and a TCP address serves everybody.
    ['unix_socket_directories', ''],
    ['max_connections', ephemeral ? 200 : 100],
    ['timezone', 'UTC'],
  ];
  if (ephemeral) {
    settings.push(
      ['fsync', 'off'],
      ['synchronous_commit', 'off'],
      ['full_page_writes', 'off'],
      ['shared_buffers', '64MB'],
    );
  }
  return settings.map(([name, value]) => `-c ${name}='${value}'`).join(' ');
}

/** The port of the server that runs on this folder, from line 4 of postmaster.pid. */
async function findRunningPort(cluster: Cluster): Promise<number | undefined> {
  const pidFile = join(cluster.clusterDir, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, ...others] = text.split('\n');
  const port = Number(others[2]);
  if (await isZombie(Number(pid))) {
    // Killed, and the container's first process does not bury its dead: PostgreSQL would take the
    // number for a living server. Naming this process instead (pg_ctl tells the server its
    // grandparent) keeps the server's own check of leftover shared memory.
    await writeFile(pidFile, [process.pid, ...others].join('\n'));
    return undefined;
  }
  try {
    await control(cluster, ['status']);
  } catch {
    // Exit 3: no server. A stale postmaster.pid is removed by the next start.
    return undefined;
  }
  return port > 0 ? port : undefined;
}

async function isZombie(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // "pid (name) state …": the name may hold anything, so count from its closing bracket.
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
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

function control(cluster: Cluster, args: string[]): Promise<void> {
  const [action = '', ...rest] = args;
  return execute(cluster, cluster.binaries.pgCtl, [action, '-D', cluster.clusterDir, ...rest]);
}

async function execute(cluster: Cluster, binary: string, args: string[]): Promise<void> {
  try {
    await run(binary, args, {
      ...cluster.account,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
      timeout: (START_SECONDS + 30) * 1_000,
    });
  } catch (cause) {
    const failure = cause as Error & { stderr?: string; code?: string | number };
    const said = failure.stderr?.trim() || failure.message;
    const hint =
      cluster.account && (failure.code === 'EACCES' || /permission denied/i.test(said))
        ? ' (running as root: the account "postgres" must be able to enter this folder and node_modules)'
        : '';
    throw new Error(`embedded PostgreSQL: ${said}${hint}`, { cause });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
