import { resolve } from 'node:path';
import {
  type Clock,
  createDatabase,
  createLimiter,
  createLogger,
  createRedis,
  createTokenVerifier,
  type Database,
  issuersFromEnv,
  type Limiter,
  type Logger,
  type PricesInUse,
  systemClock,
  type TokenVerifier,
} from '@medcall/service-kit';
import { chooseEmbedder, chooseModel, pricesInUse } from './choose-model.ts';
import type { AiEnv } from './config/env.ts';
import type { Embedder } from './services/embeddings.ts';
import { type Lexicon, loadLexicon } from './services/lexicon.ts';
import type { ConsultationModel } from './services/llm/consultation-model.ts';

/** Everything that the service is put together from; the only place where adapters are chosen. */
export interface Container extends Lexicon {
  env: AiEnv;
  clock: Clock;
  logger: Logger;
  database: Database;
  verifier: TokenVerifier;
  limiter: Limiter;
  embedder: Embedder;
  /** Writes texts for a consultation; without a provider it hands all work to the embedded engine. */
  consultationModel: ConsultationModel;
  pricesInUse: PricesInUse;
  guidelinesDir: string;
  /** Closes what the container opened. */
  close(): Promise<void>;
}

export const serviceName = 'ai-service';

/** Builds the container from the environment. Nothing connects or starts yet. */
export function createContainer(env: AiEnv): Container {
  const logger = createLogger({ service: serviceName, level: env.LOG_LEVEL });
  const redis = env.REDIS_URL ? createRedis(env.REDIS_URL, logger) : undefined;
  const database = createDatabase({
    url: env.DATABASE_URL,
    applicationName: serviceName,
    systemRole: 'medcall_ai',
    poolSize: env.DATABASE_POOL_SIZE,
    logger,
  });
  return {
    env,
    clock: systemClock,
    logger,
    database,
    verifier: createTokenVerifier(
      issuersFromEnv(env, serviceName, ['gateway', 'realtime-service']),
    ),
    // The gateway and the realtime service call from one address each: this only stops a runaway.
    limiter: createLimiter({ prefix: 'ratelimit:ai', points: 6_000, durationSeconds: 60 }, redis),
    embedder: chooseEmbedder({ env, database, clock: systemClock, logger }),
    ...loadLexicon(),
    consultationModel: chooseModel({ env, database, clock: systemClock, logger }),
    pricesInUse: pricesInUse(env),
    guidelinesDir: resolve(env.GUIDELINES_DIR),
    async close() {
      redis?.disconnect();
      await database.close();
    },
  };
}
