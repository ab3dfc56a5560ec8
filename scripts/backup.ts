/**
 * `npm run backup [-- --to FOLDER --keep N]` and `npm run backup -- --restore FOLDER`: an installation on the
 * embedded PostgreSQL, database, audio log and keys, while it runs. With a DATABASE_URL the database belongs
 * to a server with means of its own (docs/OPERATIONS.md).
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { keepNewest, takeBackup } from './lib/backup/backup.ts';
import { restoreBackup } from './lib/backup/restore.ts';
import { loadEnvFile } from './lib/system/load-env-file.ts';
import { runScript } from './lib/system/run-script.ts';
import { readSettings } from './lib/system/settings.ts';
import { usePostgres } from './lib/system/shared-postgres.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

runScript(async () => {
  const { values } = parseArgs({
    options: {
      to: { type: 'string' },
      keep: { type: 'string', default: '7' },
      restore: { type: 'string' },
    },
  });
  loadEnvFile();
  const { dataDir } = readSettings(process.env);
  if (process.env.DATABASE_URL) {
    throw new Error(
      'DATABASE_URL está definida: o backup do banco é o do servidor (pg_basebackup, PITR). Veja docs/OPERATIONS.md.',
    );
  }
  if (values.restore !== undefined) {
    const { takenAt } = await restoreBackup(path.resolve(values.restore), dataDir);
    say(`Restaurado em ${dataDir} o backup de ${takenAt}.`);
    return;
  }
  const folder = path.resolve(values.to ?? `${dataDir}-backups`);
  const target = path.join(folder, new Date().toISOString().replaceAll(':', '-'));
  const postgres = await usePostgres(dataDir);
  try {
    const { bytes } = await takeBackup({ ownerUrl: postgres.ownerUrl, dataDir, target });
    say(`${target} (${Math.round(bytes / 1e6)} MB)`);
  } finally {
    await postgres.release();
  }
  for (const name of await keepNewest(folder, Number(values.keep))) say(`removido: ${name}`);
});
