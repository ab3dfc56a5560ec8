import { fromKysely, type PgBoss } from 'pg-boss';
import type { Database } from '../database/database.ts';

/** What a handler finds in a job: ids only, the rest it reads itself. */
export interface OutboxJob {
  /** Id of the subject; which table it names is in `app.job_kinds`. */
  readonly subjectId: string;
  /** `sub` of who caused it; null for the system. */
  readonly causedBy: string | null;
}

/**
 * Moves committed jobs from the outbox into pg-boss, both in one transaction: a crash at any moment
 * neither loses a job nor doubles it. Several workers may move at once.
 *
 * @returns how many were moved; as many as `limit` means that there may be more
 */
export function moveOutbox(database: Database, boss: PgBoss, limit = 200): Promise<number> {
  return database.asSystem('jobs: move the outbox', async (trx) => {
    const rows = await trx
      .deleteFrom('app.job_outbox')
      .where('id', 'in', (query) =>
        query
          .selectFrom('app.job_outbox')
          .select('id')
          .orderBy('id')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returning(['id', 'kind', 'subject_id', 'caused_by', 'run_after'])
      .execute();
    for (const [kind, jobs] of Map.groupBy(
      rows.toSorted((a, b) => a.id - b.id),
      (row) => row.kind,
    )) {
      await boss.insert(
        kind,
        jobs.map((job) => ({
          data: { subjectId: job.subject_id, causedBy: job.caused_by } satisfies OutboxJob,
          startAfter: job.run_after,
        })),
        { db: fromKysely(trx) },
      );
    }
    return rows.length;
  });
}
