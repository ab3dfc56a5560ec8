import { PgBoss } from 'pg-boss';
import type { Database } from '../database/database.ts';

export interface BossOptions {
  /** The services' own login. */
  readonly url: string;
  readonly onError: (error: Error) => void;
  readonly poolSize?: number;
  /** How often jobs of dead workers are looked for. */
  readonly superviseSeconds?: number;
}

export interface QueueSettings {
  /** A worker that gave no sign for so long is taken for dead and its job goes to another. At least 10. */
  readonly heartbeatSeconds: number;
  readonly retryLimit: number;
  /** The first pause between tries; it doubles each time. */
  readonly retryDelaySeconds: number;
}

/** Tries of one job: over ≈ 20 minutes, then it is put aside for a person. */
export const usualQueue: QueueSettings = {
  heartbeatSeconds: 30,
  retryLimit: 8,
  retryDelaySeconds: 5,
};

/** Where jobs end that failed for good; `redrive` sends them back. */
export const deadLetters = 'dead-letters';

/**
 * pg-boss on the services' login, as medcall_jobs from its first statement on: the login itself may do
 * nothing. Its tables are that role's and live in the schema `pgboss`, which the migrations made for it.
 */
export function createBoss(options: BossOptions): PgBoss {
  const url = new URL(options.url);
  url.searchParams.set('options', '-c role=medcall_jobs');
  const supervise = options.superviseSeconds ?? 15;
  const boss = new PgBoss({
    connectionString: url.href,
    schema: 'pgboss',
    createSchema: false,
    application_name: 'medcall-jobs',
    max: options.poolSize ?? 4,
    useListenNotify: true,
    superviseIntervalSeconds: supervise,
    monitorIntervalSeconds: supervise,
  });
  boss.on('error', options.onError);
  return boss;
}

/** One queue per kind of `app.job_kinds`. Retries back off; what fails for good stays to be seen. */
export async function createQueues(
  boss: PgBoss,
  database: Database,
  settings: QueueSettings = usualQueue,
): Promise<string[]> {
  const rows = await database.asSystem('jobs: which kinds exist', (trx) =>
    trx.selectFrom('app.job_kinds').select('kind').orderBy('kind').execute(),
  );
  const kinds = rows.map(({ kind }) => kind);
  // Kept long enough that somebody who comes back from holidays still finds them.
  await boss.createQueue(deadLetters, { retentionSeconds: 90 * 24 * 3600 });
  const options = {
    heartbeatSeconds: settings.heartbeatSeconds,
    retryLimit: settings.retryLimit,
    retryDelay: settings.retryDelaySeconds,
    retryBackoff: true,
    deadLetter: deadLetters,
    notify: true,
  };
  for (const kind of kinds) {
    await boss.createQueue(kind, options);
    // A queue that an earlier version made keeps its old settings otherwise.
    await boss.updateQueue(kind, options);
  }
  return kinds;
}
