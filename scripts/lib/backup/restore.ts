import { chown, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { canReach, reachableDataDir } from '@medcall/service-kit/database/reachable-home';
import { postgresAccount } from '@medcall/service-kit/database/system-account';
import { type BackupManifest, backupManifest } from './backup.ts';

/**
 * Puts a backup where an installation had its data. The folder must be empty: what is there may be all that
 * is left of something, and moving it away is a person's decision. The next start recovers the database from
 * the backup's WAL, and the realtime service reads the audio log on from where the rows end.
 */
export async function restoreBackup(backup: string, dataDir: string): Promise<BackupManifest> {
  const manifest = await readManifest(backup);
  await mkdir(dataDir, { recursive: true });
  if ((await readdir(dataDir)).length > 0) {
    throw new Error(`${dataDir} não está vazia: mude-a de lugar antes de restaurar.`);
  }
  const account = await postgresAccount();
  const postgres = path.join(dataDir, 'postgres');
  await mkdir(postgres, { recursive: true });
  await cp(path.join(backup, 'access.json'), path.join(postgres, 'access.json'));
  // Where the embedded server looks: root's folders may be closed to the account that it runs as.
  const home =
    !account || (await canReach(postgres, account)) ? postgres : await reachableDataDir(postgres);
  const cluster = path.join(home, 'cluster');
  await cp(path.join(backup, 'cluster'), cluster, { recursive: true, verbatimSymlinks: true });
  const log = path.join(home, 'server.log');
  await writeFile(log, '', { flag: 'a', mode: 0o600 });
  if (account) {
    await giveTo(cluster, account.uid, account.gid);
    await chown(log, account.uid, account.gid);
  }
  await cp(path.join(backup, 'data'), dataDir, { recursive: true });
  return manifest;
}

async function readManifest(backup: string): Promise<BackupManifest> {
  const text = await readFile(path.join(backup, 'backup.json'), 'utf8').catch(() => null);
  if (text === null) throw new Error(`${backup} não é um backup completo (falta backup.json).`);
  return backupManifest.parse(JSON.parse(text));
}

async function giveTo(folder: string, uid: number, gid: number): Promise<void> {
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chown(path.join(entry.parentPath, entry.name), uid, gid);
  }
}
