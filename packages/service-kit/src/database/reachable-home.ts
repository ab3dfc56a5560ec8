import { createHash } from 'node:crypto';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SystemAccount } from './system-account.ts';

/** Used only by root, whose own folders are closed to the account that PostgreSQL runs as. */
const sharedHome = '/var/lib/medcall-ai';

/** Whether the account can pass through every folder down to `path`. Folders not made yet count as passable. */
export async function canReach(path: string, account: SystemAccount): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory()) {
      const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** A folder for this data folder's cluster that any account can reach. */
export async function reachableDataDir(dataDir: string): Promise<string> {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = join(sharedHome, `data-${name}`);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** A copy of the binaries' folder that any account can reach; made once for each version. */
export async function reachableCopy(native: string, version: string): Promise<string> {
  const copy = join(sharedHome, `postgres-${version}`, basename(native));
  if (await stat(copy).catch(() => null)) return copy;
  await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
  const making = `${copy}.${process.pid}`;
  await cp(native, making, { recursive: true, verbatimSymlinks: true });
  try {
    await rename(making, copy);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    // Another starter was quicker.
    if (!(await stat(copy).catch(() => null))) throw error;
  }
  return copy;
}
