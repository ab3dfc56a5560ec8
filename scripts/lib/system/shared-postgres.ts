import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@medcall/service-kit/database/embedded';
import { isAlive, withFolderLock } from './folder-lock.ts';

export interface SharedPostgres {
  ownerUrl: string;
  appUrl: string;
  /** Stops the server when nobody else uses it. */
  release(): Promise<void>;
}

/**
 * The embedded server of a data folder, shared by everything that is started on it (`npm run dev`,
 * a single service in another terminal, the demonstration): the last to leave stops it.
 */
export async function usePostgres(
  dataDir: string,
  options: { ephemeral?: boolean } = {},
): Promise<SharedPostgres> {
  const folder = path.join(dataDir, 'postgres');
  const users = path.join(folder, 'users');
  const mine = path.join(users, String(process.pid));
  const server = await withFolderLock(folder, async (): Promise<EmbeddedPostgres> => {
    await mkdir(users, { recursive: true });
    await writeFile(mine, '');
    return startEmbeddedPostgres({ dataDir: folder, ...options });
  });
  return {
    ownerUrl: server.ownerUrl,
    appUrl: server.appUrl,
    release: () =>
      withFolderLock(folder, async () => {
        await rm(mine, { force: true });
        if (!(await hasUsers(users))) await server.stop();
      }),
  };
}

async function hasUsers(folder: string): Promise<boolean> {
  let found = false;
  for (const name of await readdir(folder)) {
    if (isAlive(Number(name))) found = true;
    else await rm(path.join(folder, name), { force: true });
  }
  return found;
}
