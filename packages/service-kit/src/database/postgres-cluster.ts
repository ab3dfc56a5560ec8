import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { binariesIn, findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { canReach, reachableCopy, reachableDataDir } from './reachable-home.ts';
import { postgresAccount, type SystemAccount } from './system-account.ts';

const run = promisify(execFile);

const START_SECONDS = 60;
const START_ATTEMPTS = 6;

/** A PostgreSQL cluster on a folder of ours, and who runs it with which programs. */
export interface Cluster {
  readonly binaries: PostgresBinaries;
  readonly account: SystemAccount | undefined;
  readonly clusterDir: string;
  readonly logFile: string;
  /** Not in the data folder, which the server's account cannot enter. */
  readonly isElsewhere: boolean;
}

export async function describeCluster(dataDir: string): Promise<Cluster> {
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

export function stopServer(cluster: Cluster): Promise<void> {
  return control(cluster, ['stop', '-m', 'fast', '-w', '-t', '30']);
}

/** @returns the port, also of a server that somebody else started meanwhile */
export async function startServer(
  cluster: Cluster,
  options: { port?: number; ephemeral?: boolean },
): Promise<number> {
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
export async function findRunningPort(cluster: Cluster): Promise<number | undefined> {
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

function control(cluster: Cluster, args: string[]): Promise<void> {
  const [action = '', ...rest] = args;
  return execute(cluster, cluster.binaries.pgCtl, [action, '-D', cluster.clusterDir, ...rest]);
}

/** Runs one of the cluster's programs. @throws Error with what it said */
export async function execute(cluster: Cluster, binary: string, args: string[]): Promise<void> {
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
