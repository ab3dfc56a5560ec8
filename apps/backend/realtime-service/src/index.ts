import { createLogger, readEnv, runService } from '@medcall/service-kit';
import { realtimeEnv } from './config/env.ts';
import { createContainer, serviceName } from './container.ts';
import { startRealtimeService } from './server.ts';

const logger = createLogger({ service: serviceName, level: process.env.LOG_LEVEL ?? 'info' });
await runService(serviceName, logger, () =>
  startRealtimeService(createContainer(readEnv(realtimeEnv, process.env))),
);
