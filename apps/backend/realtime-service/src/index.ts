import { createLogger, readEnv, runService, startTracing } from '@medcall/service-kit';
import { realtimeEnv } from './config/env.ts';
import { obeyParent, readTestHooks } from './config/test-hooks.ts';
import { createContainer, serviceName } from './container.ts';
import { startRealtimeService } from './server.ts';

const logger = createLogger({ service: serviceName, level: process.env.LOG_LEVEL ?? 'info' });
await runService(serviceName, logger, async () => {
  const hooks = readTestHooks(process.env);
  if (hooks) obeyParent();
  const env = readEnv(realtimeEnv, process.env);
  const tracing = await startTracing({ env, service: serviceName, logger });
  const service = await startRealtimeService(createContainer(env, hooks));
  return {
    async stop() {
      await service.stop();
      await tracing.stop();
    },
  };
});
