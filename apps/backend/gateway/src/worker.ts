import { createLogger, runService, serveMetrics, startTracing } from '@medcall/service-kit';
import { configuration } from './config/configuration.ts';
import { createContainer } from './container.ts';
import { startJobs } from './jobs/start-jobs.ts';

/** The gateway's jobs without its HTTP: `node src/worker.ts`, as many beside each other as it takes. */
const env = configuration();
const logger = createLogger({ service: 'worker', level: env.LOG_LEVEL });

await runService('worker', logger, async () => {
  const tracing = await startTracing({ env, service: 'worker', logger });
  const container = await createContainer({ env, logger, work: 'jobs' });
  const jobs = await startJobs(container);
  const stopMetrics = await serveMetrics(env.METRICS_PORT, env.HOST);
  return {
    async stop() {
      await jobs.stop();
      await stopMetrics();
      await container.close();
      await tracing.stop();
    },
  };
});
