/**
 * `npm run docker:up` and `docker:down`: the compose file with secrets of this installation, made once in
 * .data/docker.env (0600). Further words go to `docker compose up`, for example `-- --profile demo`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { composeSecret, composeSecretNames } from './lib/containers/compose-secrets.ts';
import { runScript } from './lib/system/run-script.ts';
import { rootDir } from './lib/system/settings.ts';

const envFile = path.join(rootDir, '.data/docker.env');

function keepSecrets(): void {
  const known = existsSync(envFile) ? readFileSync(envFile, 'utf8') : '';
  const missing = composeSecretNames.filter((name) => !known.includes(`${name}=`));
  if (missing.length === 0) return;
  const lines = missing.map((name) => `${name}=${composeSecret(name)}\n`);
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
