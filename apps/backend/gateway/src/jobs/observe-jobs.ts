import { type Database, observe } from '@medcall/service-kit';
import { sql } from 'kysely';

/** How much waits to be done, for Prometheus: asked when it is scraped. @returns takes the figures away */
export function observeJobs(database: Database): () => void {
  const forget = [
    observe('medcall_jobs_waiting', 'Jobs that nobody has begun, all gateways together', () =>
      count(database, 'queued'),
    ),
    observe('medcall_jobs_dead', 'Jobs that were put aside after their last try', () =>
      count(database, 'dead'),
    ),
  ];
  return () => {
    for (const one of forget) one();
  };
}

async function count(database: Database, what: 'queued' | 'dead'): Promise<number> {
  return database.asSystem(
    'metrics: count jobs',
    async (trx) => {
      const { rows } = await sql<{ jobs: string }>`
        select count(*) as jobs from pgboss.job
        where state in ('created', 'retry') and (name = 'dead-letters') = ${what === 'dead'}
      `.execute(trx);
      return Number(rows[0]?.jobs ?? 0);
    },
    { readOnly: true },
  );
}
