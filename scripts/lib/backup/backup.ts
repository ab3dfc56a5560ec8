import { chmod, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { bytesUnder } from '../system/bytes-under.ts';

/** What a backup says about itself, in `backup.json`; without the file it is not one. */
export const backupManifest = z.object({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  /** Major version of PostgreSQL: the files open with that one only. */
  postgres: z.string(),
  bytes: z.number(),
});
export type BackupManifest = z.infer<typeof backupManifest>;

export interface BackupOptions {
  /** Of the running server. */
  ownerUrl: string;
  dataDir: string;
  /** Made; must not exist or be empty. */
  target: string;
}

/** Folders of the data folder that a backup leaves out: the database's own, and what is made anew. */
const leftOut = new Set(['postgres', 'uploads', 'demo.log']);
/** Of the cluster: what belongs to the running server only (PostgreSQL's manual, low-level base backup). */
const notOfTheCopy = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);

/**
 * A hot backup of an embedded installation: the cluster by PostgreSQL's low-level base backup (files copied
 * between pg_backup_start and pg_backup_stop, then the WAL up to there), afterwards the audio log and the
 * keys. In this order, because the log is the truth and the rows are made from it: a log that is newer than
 * the rows is read on from their mark, the reverse would be rows without sound.
 */
export async function takeBackup(options: BackupOptions): Promise<BackupManifest> {
  const { dataDir, ownerUrl, target } = options;
  await mkdir(target, { recursive: true, mode: 0o700 });
  if ((await readdir(target)).length > 0) throw new Error(`${target} não está vazia.`);
  const postgres = await copyCluster(ownerUrl, path.join(target, 'cluster'));
  await cp(path.join(dataDir, 'postgres', 'access.json'), path.join(target, 'access.json'));
  await cp(dataDir, path.join(target, 'data'), {
    recursive: true,
    filter: (one) => !leftOut.has(path.relative(dataDir, one).split(path.sep)[0] ?? ''),
  });
  const manifest: BackupManifest = {
    format: 1,
    takenAt: new Date().toISOString(),
    postgres,
    bytes: await bytesUnder(target),
  };
  // Written last: a backup that broke off has none.
  await writeFile(path.join(target, 'backup.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** @returns the server's major version */
async function copyCluster(ownerUrl: string, target: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'medcall-backup' });
  await client.connect();
  const show = async (name: string) =>
    String(
      (await client.query<{ value: string }>(`select current_setting($1) as value`, [name])).rows[0]
        ?.value,
    );
  const keep = await show('wal_keep_size');
  try {
    const source = await show('data_directory');
    const version = String(Math.floor(Number(await show('server_version_num')) / 10_000));
    // Until the copy is complete no WAL file may be taken away.
    await client.query(`alter system set wal_keep_size = '4GB'`);
    await client.query('select pg_reload_conf()');
    await client.query(`select pg_backup_start('medcall', true)`);
    await cp(source, target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (one) => !isServersOwn(path.relative(source, one)),
    });
    const { rows } = await client.query<{ labelfile: string; spcmapfile: string }>(
      'select labelfile, spcmapfile from pg_backup_stop(false)',
    );
    await writeFile(path.join(target, 'backup_label'), rows[0]?.labelfile ?? '', { mode: 0o600 });
    await cp(path.join(source, 'pg_wal'), path.join(target, 'pg_wal'), { recursive: true });
    await chmod(target, 0o700);
    return version;
  } finally {
    await client.query(`alter system set wal_keep_size = '${keep.replaceAll("'", '')}'`);
    await client.query('select pg_reload_conf()');
    await client.end();
  }
}

/** Empty folders stay: the server wants to find them. */
function isServersOwn(relative: string): boolean {
  const [first = '', ...rest] = relative.split(path.sep);
  if (first === 'pg_wal')
    return rest.length > 0 && rest[0] !== 'archive_status' && rest[0] !== 'summaries';
  if (!notOfTheCopy.has(first)) return false;
  return first.startsWith('postmaster') || rest.length > 0;
}

/** Removes the oldest backups of a folder of backups, by their names (which begin with the time). */
export async function keepNewest(folder: string, count: number): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-\d{2}-\d{2}T/.test(name)).sort();
  const gone = names.slice(0, Math.max(0, names.length - count));
  for (const name of gone) await rm(path.join(folder, name), { recursive: true });
  return gone;
}
