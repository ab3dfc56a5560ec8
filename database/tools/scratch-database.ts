import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@medcall/service-kit/database/embedded';
import { migrate } from '@medcall/service-kit/database/migrate';

/** Runs `work` against a freshly migrated database that is gone afterwards; its argument is the owner's URL. */
export async function withScratchDatabase<T>(work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'medcall-scratch-'));
  // As root the server runs as another account, which has to get in.
  await chmod(dataDir, 0o711);
  try {
    const server = await startEmbeddedPostgres({ dataDir, ephemeral: true });
    try {
      await migrate({ url: server.ownerUrl });
      return await work(server.ownerUrl);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
