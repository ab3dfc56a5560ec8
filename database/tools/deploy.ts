/**
 * What an installation asks of its database, without a development tool: `node database/tools/deploy.ts
 * migrate [login] [seed]` with DATABASE_OWNER_URL and DATABASE_URL. Runs in the gateway's image, before
 * the services of a new version start.
 */
import { type Addresses, letServicesIn, runMigrations, runSeed } from './deploy-steps.ts';

const steps: Record<string, (addresses: Addresses) => Promise<void>> = {
  migrate: runMigrations,
  login: letServicesIn,
  seed: runSeed,
};

const wanted = process.argv.slice(2);
const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrl } = process.env;
if (wanted.length === 0 || wanted.some((name) => !(name in steps))) {
  console.error('uso: node database/tools/deploy.ts migrate [login] [seed]');
  process.exitCode = 2;
} else if (!ownerUrl || !appUrl) {
  console.error('Falta configurar: DATABASE_OWNER_URL (dono do banco) e DATABASE_URL (serviços).');
  process.exitCode = 1;
} else {
  for (const name of wanted) await steps[name]?.({ ownerUrl, appUrl });
}
