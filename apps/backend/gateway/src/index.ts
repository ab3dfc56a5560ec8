import { createLogger, runService, startTracing } from '@medcall/service-kit';
import { configuration } from './config/configuration.ts';
import { createContainer } from './container.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { createGateway } from './server.ts';

const env = configuration();
const logger = createLogger({ service: 'gateway', level: env.LOG_LEVEL });

await runService('gateway', logger, async () => {
  const tracing = await startTracing({ env, service: 'gateway', logger });
  const container = await createContainer({ env, logger });
  const gateway = createGateway(container);
  await gateway.start(env.GATEWAY_PORT, env.HOST);
  const forJobs = env.JOBS_IN_PROCESS
    ? await createContainer({ env, logger, work: 'jobs' })
    : undefined;
  const jobs = forJobs && (await startJobs(forJobs));
  return {
    async stop() {
      await jobs?.stop();
      await forJobs?.close();
      await gateway.stop();
      await tracing.stop();
    },
  };
});
