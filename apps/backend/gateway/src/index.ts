import { ConfigError, createLogger, runService } from '@medcall/service-kit';
import { type GatewayEnv, readGatewayEnv } from './config/env.ts';
import { createContainer } from './container.ts';
import { createGateway } from './server.ts';

function configuration(): GatewayEnv {
  try {
    return readGatewayEnv(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

const env = configuration();
const logger = createLogger({ service: 'gateway', level: env.LOG_LEVEL });

await runService('gateway', logger, async () => {
  const gateway = createGateway(await createContainer({ env, logger }));
  await gateway.start(env.GATEWAY_PORT, env.HOST);
  return gateway;
});
