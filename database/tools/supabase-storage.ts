import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const file = fileURLToPath(new URL('../supabase/storage.sql', import.meta.url));

/**
 * Makes or closes the private bucket of Supabase Storage, where there is such a thing.
 * @returns whether there is
 */
export async function closeStorageBucket(ownerUrl: string, bucket: string): Promise<boolean> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'medcall-deploy' });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ there: boolean }>(
      "select to_regclass('storage.buckets') is not null as there",
    );
    if (!rows[0]?.there) return false;
    await owner.query('begin');
    await owner.query("select set_config('medcall.bucket', $1, true)", [bucket]);
    await owner.query(await readFile(file, 'utf8'));
    await owner.query('commit');
    return true;
  } finally {
    await owner.end();
  }
}
