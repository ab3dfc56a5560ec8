import { PgBoss } from 'pg-boss';
import type { Database } from '../database/database.ts';

export interface BossOptions {
  /** The services' own login. */
  readonly url: string;
  readonly onError: (error: Error) => void;
  readonly poolSize?: number;
}

/**
 * pg-boss on the services' login, as service_role from its first statement on: the login itself may
 * do nothing. Its tables live in the schema `pgboss`, which the migrations made for it.
 */
export function createBoss(options: BossOptions): PgBoss {
  const url = new URL(options.url);
  url.searchParams.set('options', '-c role=service_role');
  const boss = new PgBoss({
    connectionString: url.href,
    schema: 'pgboss',
    createSchema: false,
    application_name: 'medcall-jobs',
    max: options.poolSize ?? 4,
  });
  boss.on('error', options.onError);
  return boss;
}

/** One queue per kind of `app.job_kinds`. Retries back off; what fails for good stays to be seen. */
export async function createQueues(boss: PgBoss, database: Database): Promise<string[]> {
  const rows = await database.asSystem('jobs: which kinds exist', (trx) =>
    trx.selectFrom('app.job_kinds').select('kind').orderBy('kind').execute(),
  );
  const kinds = rows.map(({ kind }) => kind);
  for (const kind of kinds) {
    await boss.createQueue(kind, { retryLimit: 8, retryDelay: 5, retryBackoff: true });
  }
  return kinds;
}
