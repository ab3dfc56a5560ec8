import { randomUUID } from 'node:crypto';
import {
  type Clock,
  ConfigError,
  createCostLedger,
  type Database,
  exchangeRate,
  type Logger,
  warnOfStalePrices,
} from '@medcall/service-kit';
import type { RealtimeEnv, SttProvider } from '../config/env.ts';
import { createDecoderPool } from '../speech/decoder-pool.ts';
import type { SpeechEngine, SpeechToText } from '../speech/ports.ts';
import type { CapSignals } from './cap-signals.ts';
import { consultationOfRoom } from './consultation-of-room.ts';
import { createFallbackEngine } from './fallback-engine.ts';
import { createAzureSpeech, createOpenAiSpeech } from './openai-speech.ts';
import { createRemoteEngine } from './remote-engine.ts';

const breaker = { failures: 3, openMs: 30_000 };

export interface EngineParts {
  env: RealtimeEnv;
  modelsDir: string;
  /** Another decoder program than ours, for verification. */
  decoderScript?: string | undefined;
  database: Database;
  clock: Clock;
  caps: CapSignals;
  logger: Logger;
}

/** Engines as configured: the provider first, then the fallbacks that differ from it. */
export function chooseEngine(parts: EngineParts): SpeechEngine {
  const { STT_FALLBACK, STT_PROVIDER } = parts.env;
  const order = [...new Set<SttProvider>([STT_PROVIDER, ...STT_FALLBACK])];
  // Nothing better comes after the embedded engine: it asks no network and no money.
  const end = order.indexOf('embedded');
  const used = end < 0 ? order : order.slice(0, end + 1);
  const [first, ...others] = used.map((provider) => createEngine(provider, parts));
  if (!first) throw new ConfigError(['STT_PROVIDER: names no engine']);
  return others.length === 0 ? first : createFallbackEngine([first, ...others]);
}

function createEngine(provider: SttProvider, parts: EngineParts): SpeechEngine {
  const { decoderScript, env, logger, modelsDir } = parts;
  switch (provider) {
    case 'embedded':
      return createDecoderPool({
        modelsDir,
        ...(env.STT_DECODERS === undefined ? {} : { decoders: env.STT_DECODERS }),
        ...(decoderScript === undefined ? {} : { script: decoderScript }),
        log: (message, details) => logger.info(details, message),
      });
    case 'azure':
      return paid(parts, env.AZURE_OPENAI_WHISPER_DEPLOYMENT, remoteSpeech('azure', env));
    case 'openai':
      return paid(parts, env.OPENAI_STT_MODEL, remoteSpeech('openai', env));
  }
}

/** What names a foreign engine. */
export type RemoteSpeechEnv = Pick<
  RealtimeEnv,
  Extract<keyof RealtimeEnv, `${'AZURE_' | ''}OPENAI_${string}`>
>;

/**
 * A foreign engine as the environment names it, without queue, breaker or ledger.
 * @throws ConfigError when its address or key is missing
 */
export function remoteSpeech(provider: 'azure' | 'openai', env: RemoteSpeechEnv): SpeechToText {
  return provider === 'azure' ? azureSpeech(env) : openAiSpeech(env);
}

function azureSpeech(env: RemoteSpeechEnv): SpeechToText {
  if (!env.AZURE_OPENAI_ENDPOINT || !env.AZURE_OPENAI_API_KEY) {
    throw new ConfigError(['AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY: needed by azure']);
  }
  return createAzureSpeech({
    endpoint: env.AZURE_OPENAI_ENDPOINT,
    apiKey: env.AZURE_OPENAI_API_KEY,
    apiVersion: env.AZURE_OPENAI_API_VERSION,
    deployment: env.AZURE_OPENAI_WHISPER_DEPLOYMENT,
  });
}

function openAiSpeech(env: RemoteSpeechEnv): SpeechToText {
  return createOpenAiSpeech({
    baseUrl: env.OPENAI_BASE_URL,
    // A server of one's own may ask for none; the SDK insists on something.
    apiKey: env.OPENAI_API_KEY ?? 'none',
    model: env.OPENAI_STT_MODEL,
  });
}

function paid(parts: EngineParts, model: string, stt: SpeechToText): SpeechEngine {
  const { caps, clock, database, env } = parts;
  const ownRate = env.BRL_PER_USD !== undefined;
  warnOfStalePrices(parts.logger, { models: [model], ownRate }, clock.now());
  return createRemoteEngine({
    stt,
    model,
    concurrency: env.STT_CONCURRENCY,
    breaker,
    ledger: createCostLedger(database),
    rate: exchangeRate(env.BRL_PER_USD),
    consultationOf: (roomId) => consultationOfRoom(database, roomId),
    caps,
    newKey: () => `stt:${randomUUID()}`,
    clock,
  });
}
