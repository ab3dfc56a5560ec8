import type { JobKind } from '@medcall/service-kit';
import { jobHandlers } from '../jobs/handlers.ts';
import type { TestGateway } from './world.ts';

export interface DoneJob {
  kind: string;
  subjectId: string;
  failed?: unknown;
}

/**
 * Does the jobs that are due on the test's clock, one after the other and those that they cause too, as
 * the worker would: so that a test moves hours in no time. Returns what was done.
 */
export async function drainJobs(
  gateway: TestGateway,
  options: { only?: readonly JobKind[]; most?: number } = {},
): Promise<DoneJob[]> {
  const handlers = jobHandlers(gateway.jobs);
  const done: DoneJob[] = [];
  while (done.length < (options.most ?? 200)) {
    const now = new Date(gateway.clock.now());
    const job = await gateway.database.database.asSystem('test: take a job', async (trx) => {
      const next = await trx
        .selectFrom('app.job_outbox')
        .select(['id', 'kind', 'subject_id', 'caused_by'])
        .where('run_after', '<=', now)
        .where('kind', 'in', options.only ?? Object.keys(handlers))
        .orderBy('run_after')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      if (next) await trx.deleteFrom('app.job_outbox').where('id', '=', next.id).execute();
      return next;
    });
    if (!job) break;
    const entry: DoneJob = { kind: job.kind, subjectId: job.subject_id };
    try {
      await handlers[job.kind as JobKind]?.({
        subjectId: job.subject_id,
        causedBy: job.caused_by,
        signal: new AbortController().signal,
      });
    } catch (error) {
      entry.failed = error;
    }
    done.push(entry);
  }
  return done;
}
