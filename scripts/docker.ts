/**
 * `npm run docker:up` and `docker:down`: the compose file with secrets of this installation, made once in
 * .data/docker.env (0600). Further words go to `docker compose up`, for example `-- --profile demo`.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runScript } from './lib/system/run-script.ts';
import { rootDir } from './lib/system/settings.ts';

const envFile = path.join(rootDir, '.data/docker.env');

/** Names that docker-compose.yml asks for by `:?`; each gets 32 random bytes. */
const secretNames = [
  'POSTGRES_PASSWORD',
  'MEDCALL_APP_PASSWORD',
  'INTERNAL_SERVICE_SECRET',
  'NEXTAUTH_SECRET',
  'KEY_ENCRYPTION_KEY',
  'PGADMIN_PASSWORD',
  'TURN_SECRET',
];

function keepSecrets(): void {
  const known = existsSync(envFile) ? readFileSync(envFile, 'utf8') : '';
  const missing = secretNames.filter((name) => !known.includes(`${name}=`));
  if (missing.length === 0) return;
  // KEY_ENCRYPTION_KEY is read as base64 of 32 bytes; addresses hold the passwords, so no / or + there.
  const lines = missing.map(
    (name) =>
      `${name}=${randomBytes(32).toString(name === 'KEY_ENCRYPTION_KEY' ? 'base64' : 'base64url')}\n`,
  );
  mkdirSync(path.dirname(envFile), { recursive: true });
  writeFileSync(envFile, known + lines.join(''), { mode: 0o600 });
}

function compose(words: string[]): void {
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: rootDir });
  const build = process.env.MEDCALL_BUILD ?? (commit.stdout?.toString().trim() || 'local');
  const { error, status } = spawnSync(
    'docker',
    ['compose', '-p', 'medcall', '--env-file', envFile, ...words],
    {
      cwd: rootDir,
      stdio: 'inherit',
      env: { ...process.env, MEDCALL_BUILD: build },
    },
  );
  if (error) throw new Error(`O Docker com Compose é necessário: ${error.message}`);
  process.exitCode = status ?? 1;
}

runScript(async () => {
  const [what, ...rest] = process.argv.slice(2);
  keepSecrets();
  const profiles = rest.filter((_, at) => rest[at] === '--profile' || rest[at - 1] === '--profile');
  const others = rest.filter((word) => !profiles.includes(word));
  if (what === 'up') compose([...profiles, 'up', '--build', '--detach', '--wait', ...others]);
  else if (what === 'down') compose(['--profile', '*', 'down', ...others]);
  else throw new Error('uso: npm run docker:up | docker:down');
});
