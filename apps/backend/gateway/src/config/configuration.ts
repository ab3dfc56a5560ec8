import { ConfigError } from '@medcall/service-kit';
import { type GatewayEnv, readGatewayEnv } from './env.ts';

/** The configuration of this process; a wrong one ends it with the names and rules, and no stack. */
export function configuration(): GatewayEnv {
  try {
    return readGatewayEnv(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
