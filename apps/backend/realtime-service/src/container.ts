import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Clock,
  chooseStore,
  createDatabase,
  createLimiter,
  createLogger,
  createRedis,
  createTokenVerifier,
  type Database,
  issuersFromEnv,
  type Limiter,
  type Logger,
  monotonicClock,
  type ObjectStore,
  systemClock,
  type TokenVerifier,
} from '@medcall/service-kit';
import { AudioLog } from './audio-log/audio-log.ts';
import { storageIdOf } from './audio-log/storage-id.ts';
import { RedisSoundExchange } from './cluster/redis-sound-exchange.ts';
import { noExchange, type SoundExchange } from './cluster/sound-exchange.ts';
import type { RealtimeEnv } from './config/env.ts';
import type { TestHooks } from './config/test-hooks.ts';
import { CapSignals } from './engines/cap-signals.ts';
import { chooseEngine } from './engines/choose-engine.ts';
import { findFfmpeg } from './media/ffmpeg.ts';
import { type AiClient, createAiClient } from './services/ai-client.ts';
import { chooseEmbedder } from './speakers/choose-embedder.ts';
import type { SpeakerEmbedder } from './speakers/voice-features.ts';
import type { EchoSearch } from './speech/echo/echo-search.ts';
import { EchoThread } from './speech/echo/echo-thread.ts';
import type { SpeechEngine, VadFactory } from './speech/ports.ts';
import { vadOf } from './speech/vad.ts';
import { loopTiming } from './speech/vad-gathering.ts';
import { VadThread } from './speech/vad-thread.ts';
import { loadVocabulary } from './vocabulary/correct.ts';

/** Everything that the service is put together from; the only place where adapters are chosen. */
export interface Container {
  env: RealtimeEnv;
  /** Names this process among the nodes; new at every start. */
  nodeId: string;
  /** Names the data folder: what lies there is this owner's, also after a restart. */
  storageId: string;
  clock: Clock;
  logger: Logger;
  database: Database;
  verifier: TokenVerifier;
  limiter: Limiter;
  audioLog: AudioLog;
  /** What all nodes share; null where this machine's disk is all there is. */
  objectStore: ObjectStore | null;
  engine: SpeechEngine;
  caps: CapSignals;
  /** Where echoes are looked for. */
  echoSearch: EchoSearch;
  /** How nodes hear each other's sound. */
  soundExchange: SoundExchange;
  loadVad: () => Promise<VadFactory>;
  /** Loads what sets near misses of medical words right; takes a moment and some memory. */
  loadCorrection: () => Promise<(text: string) => string>;
  /** What turns a voice into a point, for telling people apart on one microphone. */
  loadEmbedder: () => Promise<SpeakerEmbedder>;
  ai: AiClient;
  /** The ffmpeg binary that reads uploads. */
  ffmpeg: string;
  /** Closes what the container opened. */
  close(): Promise<void>;
}

export const serviceName = 'realtime-service';

/** Builds the container from the environment. Nothing connects or starts yet. */
export function createContainer(env: RealtimeEnv, hooks: TestHooks | null = null): Container {
  const logger = createLogger({ service: serviceName, level: env.LOG_LEVEL });
  const modelsDir = resolve(env.MODELS_DIR);
  const dataDir = resolve(env.DATA_DIR);
  const redis = env.REDIS_URL ? createRedis(env.REDIS_URL, logger) : undefined;
  const caps = new CapSignals();
  const database = createDatabase({
    url: env.DATABASE_URL,
    applicationName: serviceName,
    poolSize: env.DATABASE_POOL_SIZE,
    systemRole: 'medcall_realtime',
    logger,
  });
  const objectStore = chooseStore(env);
  const echoSearch = new EchoThread();
  const vadThread = new VadThread(modelsDir);
  const nodeId = `${hostname()}:${randomUUID()}`;
  const soundExchange = env.REDIS_URL
    ? new RedisSoundExchange({ url: env.REDIS_URL, node: nodeId, clock: monotonicClock, logger })
    : noExchange;
  return {
    env,
    nodeId,
    storageId: storageIdOf(dataDir),
    clock: systemClock,
    logger,
    database,
    verifier: createTokenVerifier(issuersFromEnv(env, serviceName, ['gateway', 'ai-service'])),
    // A counter of its own: the gateway counts the same address in the same Redis, and up to more.
    limiter: createLimiter(
      { prefix: 'ratelimit:realtime', points: 600, durationSeconds: 60 },
      redis,
    ),
    audioLog: new AudioLog({ root: join(dataDir, 'audio'), logger, store: objectStore }),
    objectStore,
    engine: chooseEngine({
      env,
      modelsDir,
      decoderScript: hooks?.decoderScript,
      database,
      clock: systemClock,
      caps,
      logger,
    }),
    caps,
    echoSearch,
    soundExchange,
    async loadVad() {
      await vadThread.start();
      return vadOf(vadThread, loopTiming);
    },
    loadCorrection,
    loadEmbedder: () => chooseEmbedder(env.SPEAKER_MODEL_PATH),
    ai: createAiClient({ baseUrl: env.AI_SERVICE_URL, secret: env.INTERNAL_SERVICE_SECRET }),
    ffmpeg: findFfmpeg(env.FFMPEG_PATH),
    async close() {
      redis?.disconnect();
      soundExchange.stop();
      await Promise.all([echoSearch.stop(), vadThread.stop()]);
      await database.close();
    },
  };
}

const lexiconDir = fileURLToPath(new URL('../data', import.meta.url));

async function loadCorrection(): Promise<(text: string) => string> {
  const vocabulary = loadVocabulary(lexiconDir);
  return (text) => vocabulary.correct(text).text;
}
