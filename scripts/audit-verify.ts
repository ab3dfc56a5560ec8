/**
 * `npm run audit:verify`: has anybody changed the audit log? On the configured database, or on the
 * embedded one of the data folder. Exit 0 when every chain is whole, 1 when one is not.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { loadEnvFile } from './lib/system/load-env-file.ts';
import { givenSecrets, readOrMakeSecrets } from './lib/system/secrets.ts';
import { environmentOf } from './lib/system/service-environment.ts';
import { readSettings, rootDir } from './lib/system/settings.ts';
import { usePostgres } from './lib/system/shared-postgres.ts';

async function verify(): Promise<number> {
  loadEnvFile();
  const settings = readSettings(process.env);
  const secrets = givenSecrets(process.env) ?? (await readOrMakeSecrets(settings.dataDir));
  const postgres = process.env.DATABASE_URL ? undefined : await usePostgres(settings.dataDir);
  try {
    const databaseUrl = process.env.DATABASE_URL ?? postgres?.appUrl ?? '';
    const options = { settings, secrets, databaseUrl, demo: false, production: false };
    const child = spawn(process.execPath, ['src/audit-verify.ts'], {
      cwd: path.join(rootDir, 'apps/backend/gateway'),
      env: environmentOf('gateway', options, process.env),
      stdio: 'inherit',
    });
    const [code] = await once(child, 'exit');
    return typeof code === 'number' ? code : 1;
  } finally {
    await postgres?.release();
  }
}

process.exitCode = await verify();
