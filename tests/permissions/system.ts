import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commonEnv,
  createTokenVerifier,
  issuersFromEnv,
  type Logger,
  signServiceToken,
  type TokenVerifier,
} from '@medcall/service-kit';
import { createTestDatabase } from '@medcall/service-kit/database/test-database';
import { startTestService as startAi } from '../../apps/backend/ai-service/src/testing/test-service.ts';
import { serviceOf } from '../../apps/backend/gateway/src/proxy/built-in-routes.ts';
import { startGateway, type TestGateway } from '../../apps/backend/gateway/src/testing/world.ts';
import {
  type AiClient,
  createAiClient,
} from '../../apps/backend/realtime-service/src/services/ai-client.ts';
import type { SpeechEngine } from '../../apps/backend/realtime-service/src/speech/ports.ts';
import {
  type TestService as RealtimeTestService,
  startTestService as startRealtime,
} from '../../apps/backend/realtime-service/src/testing/test-service.ts';

/** Gateway, realtime and AI service in this process, on one database and with each other's tokens. */
export interface TestSystem {
  gateway: TestGateway;
  /** How this system's gateway was configured, for another one beside it. */
  gatewayEnv: Record<string, string>;
  realtime: RealtimeTestService;
  /** Where a path is asked: at the gateway, or at the service for what only services call. */
  urlOf(path: string): string;
  /** A token by which another service calls whoever answers the path. */
  serviceToken(path: string, of: { consultationId: string; clinicaId: string }): Promise<string>;
  stop(): Promise<void>;
}

const secret = 'x'.repeat(40);
const plenty = '1000000';
const publicUrl = 'http://gateway.test';
/** Asked between the services only: the gateway does not send it on. */
const internalPrefixes: Readonly<Record<string, 'ai'>> = { notes: 'ai' };

export interface SystemOptions {
  /** Variables of the realtime service beside the usual ones. */
  realtimeEnv?: Record<string, string>;
  engine?: SpeechEngine;
  /** The realtime service asks the AI service for questions, as in production. */
  questions?: boolean;
  /** Logger of a service, for a test of what it writes. */
  loggerOf?: (service: string) => Logger;
}

export async function aSystem({
  engine,
  loggerOf,
  questions = false,
  realtimeEnv = {},
}: SystemOptions = {}): Promise<TestSystem> {
  const logging = (service: string) => (loggerOf ? { logger: loggerOf(service) } : {});
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'medcall-permissions-'));
  const keysAt: { gateway?: string } = {};
  const aiAt: { url?: string } = {};
  const [realtime, ai] = await Promise.all([
    startRealtime({
      appUrl: database.appUrl,
      env: realtimeEnv,
      ...(engine ? { engine } : {}),
      ...(questions ? { ai: aiClientOf(aiAt) } : {}),
      ...logging('realtime-service'),
      verifier: verifierOf('realtime-service', ['gateway', 'ai-service'], keysAt),
    }),
    startAi({
      appUrl: database.appUrl,
      embedder: wordless,
      ...logging('ai-service'),
      verifier: verifierOf('ai-service', ['gateway', 'realtime-service'], keysAt),
    }),
  ]);
  aiAt.url = ai.url;
  const gatewayEnv = {
    DATA_DIR: dataDir,
    INTERNAL_SERVICE_SECRET: secret,
    PUBLIC_GATEWAY_URL: publicUrl,
    REALTIME_SERVICE_URL: realtime.url,
    AI_SERVICE_URL: ai.url,
    RATE_LIMIT_PER_MINUTE: plenty,
    AUTH_RATE_LIMIT_PER_MINUTE: plenty,
    INVITATION_RATE_LIMIT_PER_MINUTE: plenty,
  };
  const running = await startGateway(database, gatewayEnv, loggerOf?.('gateway'));
  keysAt.gateway = running.url;
  return {
    gateway: { ...running, database },
    gatewayEnv,
    realtime,
    urlOf: (path) => (internalPrefixes[prefixOf(path)] === 'ai' ? ai.url : running.url),
    serviceToken: (path, of) => {
      const to = calleeOf(path);
      return signServiceToken({
        secret,
        from: to === 'gateway' ? 'ai-service' : 'gateway',
        to,
        ...of,
      });
    },
    async stop() {
      await running.stop();
      await Promise.all([realtime.stop(), ai.stop()]);
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function prefixOf(path: string): string {
  return path.split('/')[2] ?? '';
}

function calleeOf(path: string): 'gateway' | 'realtime-service' | 'ai-service' {
  const service = internalPrefixes[prefixOf(path)] ?? serviceOf(path);
  if (service === undefined) return 'gateway';
  return service === 'ai' ? 'ai-service' : 'realtime-service';
}

/** The AI service's address is known once it runs. */
function aiClientOf(at: { url?: string }): AiClient {
  return {
    suggest: (request) => createAiClient({ baseUrl: at.url ?? '', secret }).suggest(request),
  };
}

/** The issuers that a service accepts in production; the gateway's address is known once it runs. */
function verifierOf(self: string, peers: string[], keysAt: { gateway?: string }): TokenVerifier {
  let verifier: TokenVerifier | undefined;
  return {
    verify(token) {
      verifier ??= createTokenVerifier(
        issuersFromEnv(
          commonEnv.parse({
            DATABASE_URL: 'postgres://unused',
            INTERNAL_SERVICE_SECRET: secret,
            AUTH_PROVIDER: 'embedded',
            PUBLIC_GATEWAY_URL: publicUrl,
            GATEWAY_INTERNAL_URL: keysAt.gateway,
          }),
          self,
          peers,
        ),
      );
      return verifier.verify(token);
    },
  };
}

/** Who may search is the matter here, not what is found. */
const wordless = {
  model: 'none',
  dimension: 1,
  start: async () => undefined,
  embed: async (_kind: string, texts: readonly string[]) => texts.map(() => Float32Array.of(1)),
  stop: async () => undefined,
};
