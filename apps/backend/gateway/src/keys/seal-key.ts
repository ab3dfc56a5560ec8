import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The key that seals the gateway's secrets in the database: from the configuration (several gateways
 * share one), else a file made once in the data folder with mode 0600.
 */
export async function sealKey(configured: string | undefined, dataDir: string): Promise<Buffer> {
  if (configured !== undefined) return Buffer.from(configured, 'base64');
  const folder = join(dataDir, 'keys');
  const path = join(folder, 'gateway-seal.key');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return (await existing(path)) ?? (await make(folder, path));
}

async function existing(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Written aside and linked into place: of two gateways that start at once, both end with one key. */
async function make(folder: string, path: string): Promise<Buffer> {
  const draft = join(folder, `.${randomBytes(8).toString('hex')}`);
  await writeFile(draft, randomBytes(32), { mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(path);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
