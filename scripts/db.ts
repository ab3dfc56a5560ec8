import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '@medcall/service-kit';
import { startEmbeddedPostgres } from '@medcall/service-kit/database/embedded';
import { migrate } from '@medcall/service-kit/database/migrate';
import { seedDemo } from '../database/seeds/demo/seed-demo.ts';
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

interface Addresses {
  /** May create and drop. */
  readonly ownerUrl: string;
  /** What the services connect with. */
  readonly appUrl: string;
}

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

/** Reasons of system access are for the services' logs; here only trouble is worth a line. */
const quietLogger = {
  debug: () => undefined,
  warn: (fields: object, message: string) => console.warn(message, fields),
  error: (fields: object, message: string) => console.error(message, fields),
};

async function runMigrations({ ownerUrl }: Addresses): Promise<void> {
  const applied = await migrate({ url: ownerUrl, onApplied: (name) => console.log(`  ${name}`) });
  console.log(applied.length === 0 ? 'banco em dia' : `${applied.length} migrações aplicadas`);
}

async function runSeed({ appUrl }: Addresses): Promise<void> {
  const database = createDatabase({
    url: appUrl,
    applicationName: 'medcall-seed',
    logger: quietLogger,
  });
  try {
    const result = await seedDemo({
      database,
      databaseUrl: appUrl,
      enabled: isOn(process.env.MEDCALL_DEMO),
      now: new Date(),
    });
    if (result.kind === 'refused') {
      console.log(`sem dados de demonstração: ${result.reason}`);
      return;
    }
    console.log('dados de demonstração prontos');
    if (result.random) {
      console.log('senhas criadas agora e mostradas só desta vez:');
      for (const { email, password } of result.logins) console.log(`  ${email}  ${password}`);
    }
  } finally {
    await database.close();
  }
}

function isOn(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true' || flag === 'on';
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
