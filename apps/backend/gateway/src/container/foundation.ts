import { join } from 'node:path';
import {
  type Clock,
  chooseStore,
  createDatabase,
  createFolderStore,
  createRedis,
  type Database,
  type Logger,
  type ObjectStore,
  type RedisClient,
  type SystemRole,
} from '@medcall/service-kit';
import type { GatewayEnv } from '../config/env.ts';
import { createSeal, type Seal } from '../keys/seal.ts';
import { sealKey } from '../keys/seal-key.ts';
import { createSessionCache, type SessionCache } from '../services/session-cache.ts';

/** What every part of the gateway stands on. */
export interface Foundation {
  env: GatewayEnv;
  logger: Logger;
  clock: Clock;
  db: Database;
  redis: RedisClient | undefined;
  sessions: SessionCache;
  /** The key that other keys of this installation are derived from. */
  rootKey: Uint8Array;
  seal: Seal;
  store: ObjectStore;
}

/** Nothing connects before the first query. */
export async function layFoundation(parts: {
  env: GatewayEnv;
  logger: Logger;
  clock: Clock;
  systemRole: SystemRole;
}): Promise<Foundation> {
  const { env, logger, clock, systemRole } = parts;
  const redis = env.REDIS_URL ? createRedis(env.REDIS_URL, logger) : undefined;
  const rootKey = await sealKey(env.KEY_ENCRYPTION_KEY, env.DATA_DIR);
  return {
    env,
    logger,
    clock,
    db: createDatabase({
      url: env.DATABASE_URL,
      applicationName: 'medcall-gateway',
      poolSize: env.DATABASE_POOL_SIZE,
      systemRole,
      logger,
      clock,
    }),
    redis,
    sessions: createSessionCache(clock, logger, redis),
    rootKey,
    seal: createSeal(rootKey),
    store: objectStoreOf(env),
  };
}

/** Papers, archives and heads of the audit chains are kept there. */
export function objectStoreOf(env: GatewayEnv): ObjectStore {
  return chooseStore(env) ?? createFolderStore(join(env.DATA_DIR, 'objects'));
}
