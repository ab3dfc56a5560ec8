import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nginxPath } from '../../scripts/lib/testing/find-nginx.ts';
import { freePort } from './free-port.ts';

/** A real nginx of a test's own, on loopback. */
export interface TestNginx {
  url: string;
  stop(): Promise<void>;
}

/** Whether this machine has an nginx; its tests are skipped, and counted, where it has none. */
export function hasNginx(): boolean {
  return nginxPath() !== null;
}

/** Starts `nginx` (NGINX_PATH or the system's). `http` stands in the http block, `server` in the server's. */
export async function startTestNginx(parts: { http: string; server: string }): Promise<TestNginx> {
  const binary = nginxPath();
  if (binary === null) throw new Error('there is no nginx');
  const folder = await mkdtemp(path.join(tmpdir(), 'medcall-nginx-'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await mkdir(path.join(folder, 'logs'));
  await writeFile(
    path.join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid nginx.pid; error_log stderr warn;
events { worker_connections 256; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  ${parts.http}
  server { listen 127.0.0.1:${port}; ${parts.server} }
}
`,
  );
  const complaints: string[] = [];
  const child = spawn(binary, ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.on('data', (text) => complaints.push(String(text)));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answers(url, child);
  } catch (error) {
    await stop();
    throw new Error(`nginx did not start: ${complaints.join('')}`, { cause: error });
  }
  return { url, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended (${child.exitCode})`);
    const answer = await fetch(url).catch(() => null);
    if (answer) return;
    if (Date.now() > deadline) throw new Error('no answer');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
