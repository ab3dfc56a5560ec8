import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SystemAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root (containers, CI): root gets the system account `postgres`,
 * made if it is missing; everybody else is already somebody.
 */
export async function postgresAccount(): Promise<SystemAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await lookUp();
  if (existing) return existing;
  await run('groupadd', ['--force', 'postgres'], { timeout: 10_000 });
  await run('useradd', ['--gid', 'postgres', '--no-create-home', 'postgres'], { timeout: 10_000 });
  const made = await lookUp();
  if (!made) throw new Error('running as root, and the system account "postgres" cannot be made');
  return made;
}

async function lookUp(): Promise<SystemAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([
      run('id', ['-u', 'postgres'], { timeout: 5_000 }),
      run('id', ['-g', 'postgres'], { timeout: 5_000 }),
    ]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    // `id` answers 1 when there is no such account: the caller makes it.
    return undefined;
  }
}
