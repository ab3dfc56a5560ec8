import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rootDir } from '../../scripts/lib/system/settings.ts';
import { answers, waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { nginxPath } from '../../scripts/lib/testing/find-nginx.ts';
import { freePort } from '../support/free-port.ts';

export interface FrontDoor {
  port: number;
  /** The server of realtime.* alone: a polling client cannot name another host than the one it connects to. */
  realtimePort: number;
  /** The access log, so far. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A real nginx with configs/nginx.conf. What is changed is only what two copies on one machine cannot share:
 * the port, the folder of its own files, and the addresses of the services.
 */
export async function startNginx(services: {
  frontend: number;
  gateway: number;
  /** One port a node. */
  realtime: readonly number[];
  /** As an operator mounts it: a port, and the files of a certificate. */
  tls?: { port: number; certificate: string; key: string };
}): Promise<FrontDoor> {
  const binary = nginxPath();
  if (binary === null) throw new Error('there is no nginx');
  const folder = await mkdtemp(path.join(tmpdir(), 'medcall-nginx-'));
  const port = await freePort();
  const realtimePort = await freePort();
  const given = await readFile(path.join(rootDir, 'configs/nginx.conf'), 'utf8');
  const text = given
    .replaceAll('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('server_name ~^realtime', `listen 127.0.0.1:${realtimePort}; $&`)
    .replaceAll('/tmp/nginx', `${folder}/nginx`)
    .replaceAll('/etc/nginx/tls/', `${folder}/tls/`)
    .replace('access_log /dev/stdout', `access_log ${folder}/access.log`)
    .replace('server frontend:3000', `server 127.0.0.1:${services.frontend}`)
    .replace('server gateway:3001', `server 127.0.0.1:${services.gateway}`)
    .replace(/server realtime-service:3002([^;]*);/, (_line, how: string) =>
      services.realtime.map((node) => `server 127.0.0.1:${node}${how};`).join(' '),
    );
  // Where compose mounts it: beside the file.
  await cp(path.join(rootDir, 'configs/nginx'), path.join(folder, 'nginx'), { recursive: true });
  if (services.tls) {
    const { certificate, key, port: tlsPort } = services.tls;
    await mkdir(path.join(folder, 'tls'));
    await writeFile(
      path.join(folder, 'tls/tls.conf'),
      `listen 127.0.0.1:${tlsPort} ssl; ssl_certificate ${certificate}; ssl_certificate_key ${key};`,
    );
  }
  const file = path.join(folder, 'nginx.conf');
  await writeFile(file, text);
  const said: string[] = [];
  const child = spawn(binary, ['-p', folder, '-c', file, '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.setEncoding('utf8').on('data', (line: string) => said.push(line));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await waitUntil(
    'nginx answers',
    () => {
      if (child.exitCode !== null) throw new Error(`nginx ended:\n${said.join('')}`);
      return answers(`http://127.0.0.1:${port}/nginx-health`);
    },
    { timeoutMs: 20_000, everyMs: 50 },
  );
  return {
    port,
    realtimePort,
    log: () => readFile(path.join(folder, 'access.log'), 'utf8'),
    async stop() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
