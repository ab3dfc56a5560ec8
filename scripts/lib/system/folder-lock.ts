import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Lets one process at a time work on a folder. A lock whose holder is gone is taken over. */
export async function withFolderLock<T>(
  folder: string,
  work: () => Promise<T>,
  timeoutMs = 120_000,
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'lock');
  const deadline = Date.now() + timeoutMs;
  while (!(await takeLock(file))) {
    if (Date.now() > deadline) {
      throw new Error(
        `Outro processo prepara ${folder} há muito tempo. Apague ${file} se não for o caso.`,
      );
    }
    await delay(200);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function takeLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  // An empty file is a holder between making and writing it: wait.
  if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });
  return false;
}
