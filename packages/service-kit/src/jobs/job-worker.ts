import type { Job, JobResult, PgBoss } from 'pg-boss';
import type { JobKind } from '../database/actions.ts';
import type { Database } from '../database/database.ts';
import { AppError } from '../errors/app-error.ts';
import { type Listening, listenTo } from '../events/listen.ts';
import { type Repetition, repeatEvery } from '../lifecycle/repeat-every.ts';
import type { Logger } from '../logging/logger.ts';
import { createBoss, createQueues, type QueueSettings, usualQueue } from './boss.ts';
import { moveOutbox, type OutboxJob } from './move-outbox.ts';

/** One piece of work as its handler sees it. */
export interface JobToDo extends OutboxJob {
  /** Aborted when the job was given to another worker. */
  readonly signal: AbortSignal;
}

/**
 * Does one job. It may run more than once (a worker dies after the work and before the note that it
 * is done), so what it does to the world must be recognisable as done. Throwing tries again later.
 */
export type JobHandler = (job: JobToDo) => Promise<void>;

/** Who does what in this process. A kind that is missing waits for a process that does it. */
export type JobHandlers = Readonly<Partial<Record<JobKind, JobHandler>>>;

export interface JobWorkerOptions {
  /** The services' own login, reached directly: LISTEN does not pass a pooler in transaction mode. */
  readonly url: string;
  readonly database: Database;
  readonly logger: Logger;
  readonly handlers: JobHandlers;
  readonly queues?: QueueSettings;
  /** How often jobs of dead workers are looked for. */
  readonly superviseSeconds?: number;
  /** Jobs of one kind at a time in this process. */
  readonly atOnce?: number;
}

export interface JobWorker {
  /** Takes no further job, finishes what runs (≤ 20 s), lets go of the rest. */
  stop(): Promise<void>;
}

const jobChannel = 'medcall_jobs';
const moveEveryMs = 5_000;
const moveAtOnce = 200;
const stopWithinMs = 20_000;
/** Jobs for later are found by looking; jobs for now are announced. */
const lookEverySeconds = 2;

/** Moves committed jobs into pg-boss and does those that it has handlers for. Resolves when it works. */
export async function startJobWorker(options: JobWorkerOptions): Promise<JobWorker> {
  const { database, handlers, logger } = options;
  const boss = createBoss({
    url: options.url,
    onError: (error) => logger.error({ err: error }, 'jobs: pg-boss'),
    ...(options.superviseSeconds ? { superviseSeconds: options.superviseSeconds } : {}),
  });
  await boss.start();
  let mover: Mover | undefined;
  try {
    await createQueues(boss, database, options.queues ?? usualQueue);
    for (const [kind, handler] of Object.entries(handlers)) {
      await work(boss, kind, handler, options.atOnce ?? 8, logger);
    }
    mover = await startMover(options.url, database, boss, logger);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
  const running = mover;
  return {
    async stop() {
      await running.stop();
      await boss.stop({ graceful: true, timeout: stopWithinMs });
    },
  };
}

async function work(
  boss: PgBoss,
  kind: string,
  handler: JobHandler,
  atOnce: number,
  logger: Logger,
): Promise<void> {
  const one = async (job: Job<OutboxJob>): Promise<JobResult> => {
    const startedAt = performance.now();
    const about = { kind, subjectId: job.data.subjectId, attempt: job.retryCount + 1 };
    try {
      await handler({ ...job.data, signal: job.signal });
      const durationMs = Math.round(performance.now() - startedAt);
      logger.info({ ...about, durationMs }, 'job done');
      return { id: job.id, status: 'completed' };
    } catch (error) {
      logger.error({ ...about, err: error }, 'job failed');
      return { id: job.id, status: 'failed', output: whyOf(error) };
    }
  };
  await boss.work<OutboxJob>(
    kind,
    {
      batchSize: atOnce,
      perJobResults: true,
      pollingIntervalSeconds: lookEverySeconds,
      notifyPollingIntervalSeconds: lookEverySeconds,
    },
    (jobs) => Promise.all(jobs.map(one)),
  );
}

/** What the dead letter says: never a foreign message, which may hold a person's data. */
function whyOf(error: unknown): { error: string; code?: string } {
  if (error instanceof AppError) return { error: error.message, code: error.code };
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { error: error.name, ...(code === undefined ? {} : { code }) };
}

interface Mover {
  stop(): Promise<void>;
}

async function startMover(
  url: string,
  database: Database,
  boss: PgBoss,
  logger: Logger,
): Promise<Mover> {
  let moving: Promise<void> | undefined;
  let again = false;
  const round = async () => {
    do {
      again = false;
      while ((await moveOutbox(database, boss, moveAtOnce)) === moveAtOnce);
    } while (again);
  };
  // A notification during a round asks for one more, not for one beside it.
  const move = (): Promise<void> => {
    again = true;
    moving ??= round().finally(() => {
      moving = undefined;
    });
    return moving;
  };
  const complain = (error: unknown) => logger.error({ err: error }, 'jobs: outbox not moved');
  const listening: Listening = await listenTo({
    url,
    channel: jobChannel,
    applicationName: 'medcall-jobs-outbox',
    logger,
    onPayload: () => move().catch(complain),
    onGap: () => move().catch(complain),
  });
  const backstop: Repetition = repeatEvery(moveEveryMs, move, complain);
  await move().catch(complain);
  return {
    async stop() {
      await listening.stop();
      await backstop.stop();
      await moving?.catch(complain);
    },
  };
}
