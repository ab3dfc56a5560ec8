import { createLogger, readEnv, runService } from '@medcall/service-kit';
import { aiEnv } from './config/env.ts';
import { createContainer, serviceName } from './container.ts';
import { startAiService } from './server.ts';

const logger = createLogger({ service: serviceName, level: process.env.LOG_LEVEL ?? 'info' });
await runService(serviceName, logger, () =>
  startAiService(createContainer(readEnv(aiEnv, process.env))),
);
