import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** `database/migrations` of this repository. */
export const migrationsDirectory = fileURLToPath(
  new URL('../../../../database/migrations', import.meta.url),
);

/** One lock for all runners of a database: 'medcall' as a number. */
const MIGRATION_LOCK = 0x6d6564;

export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

export interface MigrateOptions {
  /** The owner's address: the services' own login may not create anything. */
  readonly url: string;
  readonly directory?: string;
  readonly onApplied?: (name: string) => void;
  /** How long a file waits for a lock before it steps back, how often it tries, and the pause between. */
  readonly lockTimeoutMs?: number;
  readonly lockTries?: number;
  readonly pauseMs?: number;
  /** Told PostgreSQL's code of what a file stepped back from. */
  readonly onRetry?: (code: string) => void;
}

/** Reads `NNNN_name.sql` files in order; a number that is used twice is an error. */
export async function readMigrations(directory = migrationsDirectory): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  for (const name of names) {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1];
    if (number === undefined) throw new Error(`migration ${name} is not named NNNN_name.sql`);
    if (numbers.has(number)) throw new Error(`migration number ${number} is used twice`);
    numbers.add(number);
  }
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8');
      // Line ends differ between checkouts; the statement does not.
      const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
      return { name, sql, checksum };
    }),
  );
}

/**
 * Brings a database up to date, each file in a transaction of its own. Safe to run from several
 * processes at once (advisory lock) and any number of times.
 *
 * @returns the names that were applied now, in order
 * @throws when an applied file was changed or removed afterwards
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const files = await readMigrations(options.directory);
  const client = new pg.Client({
    connectionString: options.url,
    application_name: 'medcall-migrate',
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('set search_path = public, extensions');
    // Supabase's login role has a short statement_timeout; building an index may take longer.
    await client.query('set statement_timeout = 0');
    const applied = await readApplied(client);
    refuseChangedHistory(files, applied);
    const pending = files.filter((file) => !applied.has(file.name));
    for (const file of pending) {
      await applyBetweenQueries(client, file, options);
      options.onApplied?.(file.name);
    }
    return pending.map((file) => file.name);
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  await client.query('create schema if not exists app');
  await client.query(`
    create table if not exists app.schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from app.schema_migrations',
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function refuseChangedHistory(files: MigrationFile[], applied: Map<string, string>): void {
  const known = new Map(files.map((file) => [file.name, file.checksum]));
  for (const [name, checksum] of applied) {
    if (!known.has(name)) throw new Error(`migration ${name} was applied but its file is gone`);
    if (known.get(name) !== checksum) {
      throw new Error(`migration ${name} was changed after it was applied: write a new one`);
    }
  }
}

/** Locks that were not to be had: none in time, or each side waited for the other and this one gave way. */
const lockNotAvailable = '55P03';
const deadlockDetected = '40P01';

/**
 * A table's change waits for the queries that run on it, and every later query waits behind it: a long
 * report would stop the clinic. So it waits shortly, steps back as a whole, and tries again.
 */
async function applyBetweenQueries(
  client: pg.Client,
  file: MigrationFile,
  options: MigrateOptions,
): Promise<void> {
  const { lockTimeoutMs = 3_000, lockTries = 10, pauseMs = lockTimeoutMs, onRetry } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`set lock_timeout = ${Math.round(lockTimeoutMs)}`);
      await apply(client, file);
      return;
    } catch (error) {
      const code = codeOf(error);
      const locked = code === lockNotAvailable || code === deadlockDetected;
      if (!locked || attempt >= lockTries) throw error;
      onRetry?.(code);
      await delay(pauseMs);
    }
  }
}

function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof pg.DatabaseError ? cause.code : undefined;
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  await client.query('begin');
  try {
    await client.query(file.sql);
    await client.query('insert into app.schema_migrations (name, checksum) values ($1, $2)', [
      file.name,
      file.checksum,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`migration ${file.name} failed: ${describe(cause, file.sql)}`, { cause });
  }
}

/** PostgreSQL gives an offset into the file; a person wants the line. */
function describe(cause: unknown, sql: string): string {
  if (!(cause instanceof pg.DatabaseError)) return String(cause);
  const position = Number(cause.position ?? 0);
  const line = position > 0 ? ` (line ${sql.slice(0, position).split('\n').length})` : '';
  return `${cause.message}${line}`;
}
