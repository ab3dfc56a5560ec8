import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { rootDir } from './settings.ts';

/**
 * Brings the database up to date and, with `demo`, fills in the demonstration data: the same commands
 * as `npm run db:migrate` and `npm run db:seed`.
 */
export async function prepareDatabase(options: {
  ownerUrl: string;
  appUrl: string;
  demo: boolean;
  dataDir: string;
  onLine: (line: string) => void;
}): Promise<void> {
  await runDatabaseCommand('migrate', options);
  if (options.demo) await runDatabaseCommand('seed', options);
}

function runDatabaseCommand(
  command: 'migrate' | 'seed',
  options: Parameters<typeof prepareDatabase>[0],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/db.ts', command], {
      cwd: rootDir,
      env: {
        ...process.env,
        DATABASE_URL: options.appUrl,
        DATABASE_OWNER_URL: options.ownerUrl,
        DATA_DIR: options.dataDir,
        MEDCALL_DEMO: options.demo ? '1' : '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        options.onLine(line);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`db:${command} falhou:\n${said.slice(-20).join('\n')}`));
    });
  });
}
