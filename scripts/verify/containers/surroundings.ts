import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { startEmbeddedPostgres } from '@medcall/service-kit/database/embedded';
import pg from 'pg';
import { rootDir } from '../../lib/system/settings.ts';
import { answers, waitUntil } from '../../lib/system/wait-until.ts';

/** PostgreSQL where the compose file has it, its owner with the compose file's password. */
export async function startPostgres(folder: string, password: string) {
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({
    dataDir: path.join(folder, 'postgres'),
    port: 5432,
    ephemeral: true,
  });
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  await owner.query(`alter role postgres password ${owner.escapeLiteral(password)}`);
  // As a fresh server has it: the services' role can do nothing before `deploy.ts login`.
  await owner.query('alter role medcall_app nologin password null');
  await owner.end();
  return server;
}

export async function startRedis(): Promise<{ stop(): Promise<void> }> {
  const child = spawn('redis-server', ['--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return {
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** A real nginx with the real file, as somebody without rights. */
export async function startNginx(folder: string): Promise<{ stop(): void }> {
  const logs = path.join(folder, 'nginx');
  mkdirSync(logs, { recursive: true });
  chmodSync(logs, 0o777);
  const log = await open(path.join(logs, 'access.log'), 'a', 0o666);
  await log.chmod(0o666);
  const child = spawn(
    'setpriv',
    [
      '--reuid=33',
      '--regid=33',
      '--clear-groups',
      'nginx',
      '-p',
      logs,
      '-c',
      path.join(rootDir, 'configs/nginx.conf'),
      '-g',
      'daemon off;',
    ],
    { stdio: ['ignore', log.fd, log.fd] },
  );
  child.once('error', (error) => console.error(error));
  await waitUntil('nginx answers', () => answers('http://127.0.0.1:8080/nginx-health'), {
    timeoutMs: 10_000,
    everyMs: 50,
  });
  return {
    stop() {
      child.kill('SIGTERM');
      void log.close();
    },
  };
}
