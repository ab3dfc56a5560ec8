import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type Database } from '@medcall/service-kit';
import { startEmbeddedPostgres } from '@medcall/service-kit/database/embedded';
import { migrate } from '@medcall/service-kit/database/migrate';

/** A migrated PostgreSQL of this run's own, gone afterwards. */
export async function withScratchDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'medcall-eval-'));
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, database: 'medcall', ephemeral: true });
  try {
    await migrate({ url: server.ownerUrl });
    const database = createDatabase({
      url: server.appUrl,
      applicationName: 'medcall-eval',
      poolSize: 4,
      logger: { debug() {}, warn() {}, error() {} },
    });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
