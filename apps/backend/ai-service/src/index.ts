import { createLogger, readEnv, runService, startTracing } from '@medcall/service-kit';
import { aiEnv } from './config/env.ts';
import { createContainer, serviceName } from './container.ts';
import { startAiService } from './server.ts';

const logger = createLogger({ service: serviceName, level: process.env.LOG_LEVEL ?? 'info' });
await runService(serviceName, logger, async () => {
  const env = readEnv(aiEnv, process.env);
  const tracing = await startTracing({ env, service: serviceName, logger });
  const service = await startAiService(createContainer(env));
  return {
    async stop() {
      await service.stop();
      await tracing.stop();
    },
  };
});
