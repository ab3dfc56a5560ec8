import { repeatEvery, startJobWorker, usualQueue } from '@medcall/service-kit';
import { refreshBusy } from '../calendar/read-calendar.ts';
import { renewChannels } from '../calendar/watch-calendar.ts';
import type { Container } from '../container.ts';
import { warnOfDeadlines } from '../services/incidents/warn-of-deadlines.ts';
import { jobHandlers } from './handlers.ts';
import { sweepLate } from './sweep.ts';

export interface RunningJobs {
  stop(): Promise<void>;
}

const sweepEveryMs = 5 * 60_000;

/** Does the gateway's jobs in this process until it is stopped. @param container one made for jobs */
export async function startJobs(container: Container): Promise<RunningJobs> {
  const { clock, db, env, logger } = container;
  const worker = await startJobWorker({
    url: env.DATABASE_URL,
    database: db,
    logger,
    handlers: jobHandlers(container),
    queues: { ...usualQueue, heartbeatSeconds: env.JOB_HEARTBEAT_SECONDS },
    superviseSeconds: env.JOB_SUPERVISE_SECONDS,
  });
  const sweep = repeatEvery(
    sweepEveryMs,
    async () => {
      await sweepLate(db, clock.now());
      await warnOfDeadlines(db, clock.now());
      await refreshBusy(container.outsideCalendar);
      await renewChannels(container.outsideCalendar);
    },
    (error) => logger.error({ err: error }, 'jobs: the sweep failed'),
  );
  logger.info('jobs are being done');
  return {
    async stop() {
      await sweep.stop();
      await worker.stop();
    },
  };
}
