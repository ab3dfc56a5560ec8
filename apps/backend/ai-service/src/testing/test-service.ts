import { resolve } from 'node:path';
import {
  createDatabase,
  createLimiter,
  createLogger,
  createTokenVerifier,
  type Logger,
  signServiceToken,
  systemClock,
  type TokenVerifier,
} from '@medcall/service-kit';
import { createTestTokens, type TestTokens } from '@medcall/service-kit/testing/tokens';
import { chooseEmbedder, chooseModel, pricesInUse } from '../choose-model.ts';
import { aiEnv } from '../config/env.ts';
import type { Container } from '../container.ts';
import { startAiService } from '../server.ts';
import type { Embedder } from '../services/embeddings.ts';
import { loadLexicon } from '../services/lexicon.ts';
import { projectRoot } from './project-root.ts';

const secret = 'a secret of at least thirty-two characters';

export interface TestService {
  url: string;
  tokens: TestTokens;
  /** A token of the realtime service for one consultation. */
  serviceToken(consultationId: string, clinicaId: string): Promise<string>;
  call(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<{ status: number; body: never }>;
  stop(): Promise<void>;
}

/** The real service on a free port, with the real weights unless the test brings an embedder. */
export async function startTestService(options: {
  appUrl: string;
  embedder?: Embedder;
  /** Whose tokens count, when the test has issuers of its own. */
  verifier?: TokenVerifier;
  logger?: Logger;
  /** Environment variables beside the usual ones. */
  env?: Record<string, string>;
}): Promise<TestService> {
  const tokens = await createTestTokens();
  const env = aiEnv.parse({
    DATABASE_URL: options.appUrl,
    AUTH_PROVIDER: 'embedded',
    INTERNAL_SERVICE_SECRET: secret,
    PORT: '0',
    MODELS_DIR: resolve(projectRoot, 'models'),
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    ...options.env,
  });
  const logger = options.logger ?? createLogger({ service: 'test', level: env.LOG_LEVEL });
  const database = createDatabase({
    url: env.DATABASE_URL,
    applicationName: 'ai-test',
    systemRole: 'medcall_ai',
    poolSize: 5,
    logger,
  });
  const container: Container = {
    env,
    clock: systemClock,
    logger,
    database,
    verifier: options.verifier ?? either(tokens.verifier),
    limiter: createLimiter({ prefix: 'test', points: 10_000, durationSeconds: 1 }),
    embedder: options.embedder ?? chooseEmbedder({ env, database, clock: systemClock, logger }),
    ...loadLexicon(),
    consultationModel: chooseModel({ env, database, clock: systemClock, logger }),
    pricesInUse: pricesInUse(env),
    guidelinesDir: resolve(projectRoot, 'database/seeds/guidelines'),
    close: () => database.close(),
  };
  const service = await startAiService(container);
  await service.ready;
  const url = `http://127.0.0.1:${service.port}`;
  return {
    url,
    tokens,
    serviceToken: (consultationId, clinicaId) =>
      signServiceToken({
        secret,
        from: 'realtime-service',
        to: 'ai-service',
        consultationId,
        clinicaId,
      }),
    async call(method, path, { token, body, headers } = {}) {
      const answer = await fetch(url + path, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: (await answer.json()) as never };
    },
    stop: () => service.stop(),
  };
}

/** People's tokens as the test signs them, services' as they sign them themselves. */
function either(people: TokenVerifier): TokenVerifier {
  const services = createTokenVerifier([
    {
      issuer: 'service:realtime-service',
      audience: 'service:ai-service',
      algorithms: ['HS256'],
      key: new TextEncoder().encode(secret),
    },
  ]);
  return {
    verify: (token) => services.verify(token).catch(() => people.verify(token)),
  };
}
