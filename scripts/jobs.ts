/**
 * `npm run jobs`: what waits and what was put aside after its last try. `npm run jobs -- again [kind]`
 * sends what was put aside back to be done. On the configured database, or the embedded one.
 */
import { createBoss, deadLetters } from '@medcall/service-kit';
import { loadEnvFile } from './lib/system/load-env-file.ts';
import { runScript } from './lib/system/run-script.ts';
import { readSettings } from './lib/system/settings.ts';
import { usePostgres } from './lib/system/shared-postgres.ts';

const most = 50;
const say = (line: string) => process.stdout.write(`${line}\n`);

runScript(async () => {
  loadEnvFile();
  const [command, kind] = process.argv.slice(2);
  if (command !== undefined && command !== 'again') {
    throw new Error('Uso: npm run jobs, ou npm run jobs -- again [tipo]');
  }
  const { dataDir } = readSettings(process.env);
  const postgres = process.env.DATABASE_URL ? undefined : await usePostgres(dataDir);
  const boss = createBoss({
    url: process.env.DATABASE_URL ?? postgres?.appUrl ?? '',
    onError: (error) => process.stderr.write(`${error.message}\n`),
  });
  try {
    await boss.start();
    if (command === 'again') {
      const moved = await boss.redrive(deadLetters, kind === undefined ? {} : { sourceName: kind });
      say(`${moved} trabalho(s) de volta à fila.`);
      return;
    }
    for (const queue of await boss.getQueues()) {
      const { activeCount, name, queuedCount } = queue;
      if (name !== deadLetters && queuedCount + activeCount > 0) {
        say(`${name}: ${queuedCount} na fila, ${activeCount} em andamento`);
      }
    }
    const dead = await boss.findJobs<{ subjectId: string }>(deadLetters);
    say(`${dead.length} trabalho(s) postos de lado.`);
    for (const job of dead.slice(0, most)) {
      const why = JSON.stringify(job.sourceOutput ?? {});
      say(`  ${job.createdOn.toISOString()} ${job.sourceName} ${job.data.subjectId} ${why}`);
    }
  } finally {
    await boss.stop({ graceful: false });
    await postgres?.release();
  }
});
