import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = process.env.TURNSERVER_PATH ?? 'turnserver';
const configs = fileURLToPath(new URL('../../configs/coturn/', import.meta.url));
const secret = 'only-for-tests-of-the-relay';

/** A real coturn of a test's own. */
export interface TestTurn {
  /** As TURN_URLS wants it. */
  url: string;
  host: string;
  port: number;
  secret: string;
  stop(): Promise<void>;
}

/** Whether this machine has a coturn; its tests are skipped, and counted, where it has none. */
export function hasTurn(): boolean {
  // It has no option that only asks for its version and succeeds: not to be found is what counts.
  return spawnSync(binary, ['--help'], { stdio: 'ignore' }).error === undefined;
}

/**
 * Starts `turnserver` (TURNSERVER_PATH or the system's): with the configuration of production, or with
 * the one that lets two pages of this machine reach each other.
 */
export async function startTestTurn(configuration: 'production' | 'loopback'): Promise<TestTurn> {
  // A browser takes no relay on loopback.
  const host = configuration === 'loopback' ? ownAddress() : '127.0.0.1';
  const port = await freeUdpPort(host);
  const file = configuration === 'loopback' ? 'loopback.conf' : 'turnserver.conf';
  const child = spawn(
    binary,
    [
      '-c',
      path.join(configs, file),
      `--static-auth-secret=${secret}`,
      `--listening-ip=${host}`,
      `--relay-ip=${host}`,
      `--listening-port=${port}`,
      '--no-tls',
      '--no-dtls',
      `--pidfile=${path.join(tmpdir(), `medcall-turn-${port}.pid`)}`,
      `--userdb=${path.join(tmpdir(), `medcall-turn-${port}.db`)}`,
    ],
    { stdio: 'ignore' },
  );
  const stop = () => end(child);
  try {
    await answers(host, port, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `turn:${host}:${port}?transport=udp`, host, port, secret, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flat();
  const outer = all.find((one) => one && one.family === 'IPv4' && !one.internal);
  return outer?.address ?? '127.0.0.1';
}

function freeUdpPort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(0, host, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

/** A binding request needs no credential (RFC 8489 §6): its answer says that the relay is up. */
async function answers(host: string, port: number, child: ChildProcess): Promise<void> {
  const request = Buffer.alloc(20);
  request.writeUInt16BE(0x0001, 0);
  request.writeUInt32BE(0x2112a442, 4);
  request.write('medcall-test', 8);
  const socket = createSocket('udp4');
  let answered = false;
  let failure: Error | undefined;
  socket.on('message', () => {
    answered = true;
  });
  socket.on('error', () => undefined);
  child.once('error', (error) => {
    failure = error;
  });
  child.once('exit', (code) => {
    failure = new Error(`turnserver ended (${code}) before it answered`);
  });
  const deadline = Date.now() + 20_000;
  try {
    while (!answered) {
      if (failure) throw failure;
      if (Date.now() > deadline) throw new Error('turnserver did not answer');
      socket.send(request, port, host);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    socket.close();
  }
}
