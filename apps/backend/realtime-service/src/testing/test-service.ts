import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chooseStore,
  createDatabase,
  createLimiter,
  createLogger,
  type Logger,
  monotonicClock,
  systemClock,
  type TokenVerifier,
} from '@medcall/service-kit';
import { createTestTokens, type TestTokens } from '@medcall/service-kit/testing/tokens';
import type { ClientToServerEvents, ServerToClientEvents } from '@medcall/shared-types';
import { io as connect, type Socket } from 'socket.io-client';
import { AudioLog } from '../audio-log/audio-log.ts';
import { storageIdOf } from '../audio-log/storage-id.ts';
import { RedisSoundExchange } from '../cluster/redis-sound-exchange.ts';
import { noExchange } from '../cluster/sound-exchange.ts';
import { realtimeEnv } from '../config/env.ts';
import type { Container } from '../container.ts';
import { CapSignals } from '../engines/cap-signals.ts';
import { findFfmpeg } from '../media/ffmpeg.ts';
import { type RealtimeService, startRealtimeService } from '../server.ts';
import type { AiClient } from '../services/ai-client.ts';
import { createMfccEmbedder } from '../speakers/voice-features.ts';
import { EchoThread } from '../speech/echo/echo-thread.ts';
import type { SpeechEngine, VadFactory } from '../speech/ports.ts';
import { loudnessVad, scriptedEngine } from './scripted-engine.ts';

export type TestSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

export interface TestService {
  url: string;
  tokens: TestTokens;
  dataDir: string;
  /** Connects and resolves when the handshake was accepted. */
  connect(token: string, more?: { traceparent?: string }): Promise<TestSocket>;
  /** Ends the service without ceremony, as a crash would, and starts it again on the same data. */
  /** `meanwhile` happens while it is down. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export interface TestServiceOptions {
  appUrl: string;
  engine?: SpeechEngine;
  vadFactory?: VadFactory;
  ai?: AiClient;
  /** Environment variables beside the usual ones. */
  env?: Record<string, string>;
  /** Whose tokens count, when the test has issuers of its own. */
  verifier?: TokenVerifier;
  logger?: Logger;
  /** For several nodes: what they share. */
  cluster?: { redisUrl: string; objectStoreDir: string; tokens: TestTokens };
}

/** The real service on a free port: real sockets, real PostgreSQL; speech and AI as the test wants them. */
export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const tokens = options.cluster?.tokens ?? (await createTestTokens());
  const dataDir = await mkdtemp(join(tmpdir(), 'medcall-realtime-'));
  const sockets = new Set<TestSocket>();
  const env = realtimeEnv.parse({
    DATABASE_URL: options.appUrl,
    AUTH_PROVIDER: 'embedded',
    INTERNAL_SERVICE_SECRET: 'a secret of at least thirty-two characters',
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    ...(options.cluster
      ? { REDIS_URL: options.cluster.redisUrl, OBJECT_STORE_DIR: options.cluster.objectStoreDir }
      : {}),
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    ...options.env,
  });
  const logger = options.logger ?? createLogger({ service: 'test', level: env.LOG_LEVEL });
  const container = (): Container => {
    const objectStore = chooseStore(env);
    const echoSearch = new EchoThread();
    const database = createDatabase({
      url: env.DATABASE_URL,
      applicationName: 'realtime-test',
      poolSize: 5,
      systemRole: 'medcall_realtime',
      logger,
    });
    const nodeId = randomUUID();
    const soundExchange = env.REDIS_URL
      ? new RedisSoundExchange({ url: env.REDIS_URL, node: nodeId, clock: monotonicClock, logger })
      : noExchange;
    return {
      env,
      nodeId,
      clock: systemClock,
      logger,
      database,
      verifier: options.verifier ?? tokens.verifier,
      limiter: createLimiter({ prefix: 'test', points: 10_000, durationSeconds: 1 }),
      audioLog: new AudioLog({
        root: join(dataDir, 'audio'),
        logger,
        store: objectStore,
      }),
      objectStore,
      storageId: storageIdOf(dataDir),
      engine: options.engine ?? scriptedEngine(),
      caps: new CapSignals(),
      echoSearch,
      soundExchange,
      loadVad: async () => options.vadFactory ?? loudnessVad,
      loadCorrection: async () => (text) => text,
      loadEmbedder: async () => createMfccEmbedder(),
      ai: options.ai ?? { suggest: async () => ({ suggestions: [], items: [] }) },
      ffmpeg: findFfmpeg(undefined),
      async close() {
        await echoSearch.stop();
        soundExchange.stop();
        await database.close();
      },
    };
  };
  let service: RealtimeService = await startRealtimeService(container());
  const test: TestService = {
    url: `http://127.0.0.1:${service.port}`,
    tokens,
    dataDir,
    connect: (token, more) =>
      new Promise((resolve, reject) => {
        const socket: TestSocket = connect(test.url, {
          auth: (done) => done({ token, ...more }),
          transports: ['websocket'],
          reconnection: false,
          forceNew: true,
        });
        sockets.add(socket);
        socket.once('connect', () => resolve(socket));
        socket.once('connect_error', reject);
      }),
    async restart(meanwhile) {
      await service.stop();
      await meanwhile?.();
      service = await startRealtimeService(container());
      test.url = `http://127.0.0.1:${service.port}`;
    },
    async stop() {
      for (const socket of sockets) socket.close();
      await service.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return test;
}
