import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@medcall/service-kit/database/embedded';
import { type Addresses, isOn, runMigrations, runSeed } from '../database/tools/deploy-steps.ts';
import { dumpSchema, schemaFile } from '../database/tools/dump-schema.ts';
import { generateTypes, tablesFile } from '../database/tools/generate-types.ts';
import { resetDatabase } from '../database/tools/reset-database.ts';
import { withScratchDatabase } from '../database/tools/scratch-database.ts';

const rootDir = fileURLToPath(new URL('..', import.meta.url));

const usage = `uso: npm run db:<comando>
  migrate  aplica as migrações que faltam
  seed     dados de demonstração (só com MEDCALL_DEMO=1)
  reset    apaga tudo, migra e, com MEDCALL_DEMO=1, semeia (só nesta máquina)
  types    gera os tipos das tabelas e database/schemas/current.sql
  dump     gera database/schemas/current.sql`;

/**
 * Runs `work` on DATABASE_URL (with DATABASE_OWNER_URL for what needs the owner), or on the embedded
 * server of DATA_DIR, which is stopped afterwards when it was started here.
 */
async function withConfiguredDatabase(
  work: (addresses: Addresses) => Promise<void>,
): Promise<void> {
  const { DATABASE_URL, DATABASE_OWNER_URL, DATA_DIR } = process.env;
  if (DATABASE_URL) {
    await work({ appUrl: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL ?? DATABASE_URL });
    return;
  }
  const dataDir = path.resolve(rootDir, DATA_DIR ?? '.data', 'postgres');
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await work(server);
  } finally {
    if (!server.reused) await server.stop();
  }
}

async function writeSchema(ownerUrl: string): Promise<void> {
  await writeFile(schemaFile, await dumpSchema(ownerUrl));
  console.log(path.relative(rootDir, schemaFile));
}

async function main(command: string | undefined): Promise<void> {
  switch (command) {
    case 'migrate':
      return withConfiguredDatabase(runMigrations);
    case 'seed':
      return withConfiguredDatabase(runSeed);
    case 'reset':
      return withConfiguredDatabase(async (addresses) => {
        await resetDatabase(addresses.ownerUrl);
        await runMigrations(addresses);
        if (isOn(process.env.MEDCALL_DEMO)) await runSeed(addresses);
      });
    case 'types':
      return withScratchDatabase(async (ownerUrl) => {
        await generateTypes(ownerUrl);
        console.log(path.relative(rootDir, tablesFile));
        await writeSchema(ownerUrl);
      });
    case 'dump':
      return withScratchDatabase(writeSchema);
    default:
      console.error(usage);
      process.exitCode = 2;
  }
}

try {
  await main(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
