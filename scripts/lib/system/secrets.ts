import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Environment } from './settings.ts';

const secretsFile = z.object({
  INTERNAL_SERVICE_SECRET: z.string().min(32),
  NEXTAUTH_SECRET: z.string().min(32),
});
export type Secrets = z.infer<typeof secretsFile>;

/** The secrets as the environment gives them, or null when one is missing or too short. */
export function givenSecrets(env: Environment): Secrets | null {
  return secretsFile.safeParse(env).data ?? null;
}

/**
 * The secrets of `npm run dev`, made once in the data folder and readable by its owner only.
 * Production gets its own through the environment.
 */
export async function readOrMakeSecrets(dataDir: string): Promise<Secrets> {
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, 'secrets.json');
  const made: Secrets = {
    INTERNAL_SERVICE_SECRET: randomBytes(32).toString('base64url'),
    NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
  };
  try {
    // wx: of two processes that start together, one makes the file and both use it.
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${JSON.stringify(made, null, 2)}\n`);
    await handle.sync();
    await handle.close();
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  await chmod(file, 0o600);
  return secretsFile.parse(JSON.parse(await readFile(file, 'utf8')));
}
