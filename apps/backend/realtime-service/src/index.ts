import { createLogger, readEnv, runService } from '@medcall/service-kit';
import { realtimeEnv } from './config/env.ts';
import { obeyParent, readTestHooks } from './config/test-hooks.ts';
import { createContainer, serviceName } from './container.ts';
import { startRealtimeService } from './server.ts';

const logger = createLogger({ service: serviceName, level: process.env.LOG_LEVEL ?? 'info' });
await runService(serviceName, logger, async () => {
  const hooks = readTestHooks(process.env);
  if (hooks) obeyParent();
  return startRealtimeService(createContainer(readEnv(realtimeEnv, process.env), hooks));
});
