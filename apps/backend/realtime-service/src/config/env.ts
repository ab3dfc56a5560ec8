import { commonEnv, envList, envPort, objectStoreEnv } from '@medcall/service-kit';
import { z } from 'zod';
import { recordingEnv } from '../recordings/recording-env.ts';
import { LONGEST_REVISION_MS } from '../speech/turn-texts.ts';

export const sttProvider = z.enum(['embedded', 'azure', 'openai']);
export type SttProvider = z.infer<typeof sttProvider>;

/** Environment of the realtime service. */
export const realtimeEnv = commonEnv.extend({
  ...objectStoreEnv.shape,
  ...recordingEnv.shape,
  PORT: envPort.default(3002),
  AI_SERVICE_URL: z.url().default('http://localhost:3003'),
  DATA_DIR: z.string().default('.data'),
  MODELS_DIR: z.string().default('models'),
  STT_PROVIDER: sttProvider.default('embedded'),
  /** Engines to ask when the first one fails or its money is spent, in order. */
  STT_FALLBACK: envList.pipe(z.array(sttProvider)).default(['embedded']),
  AZURE_OPENAI_ENDPOINT: z.url().optional(),
  AZURE_OPENAI_API_KEY: z.string().optional(),
  AZURE_OPENAI_API_VERSION: z.string().default('2024-10-21'),
  AZURE_OPENAI_WHISPER_DEPLOYMENT: z.string().default('whisper'),
  OPENAI_BASE_URL: z.url().default('https://api.openai.com/v1'),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_STT_MODEL: z.string().default('whisper-1'),
  /** Calls to a foreign engine under way at once. */
  STT_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(4),
  /** Reais for one dollar; without it the rate of the price table. */
  BRL_PER_USD: z.coerce.number().min(0.1).max(100).optional(),
  /** A turn's better text is not waited for longer than this after the turn is known to be over. */
  STT_REVISION_MS: z.coerce.number().int().min(100).max(60_000).default(LONGEST_REVISION_MS),
  /** Decoder processes; by default one core is left to the sockets. */
  STT_DECODERS: z.coerce.number().int().min(1).max(64).optional(),
  /** ffmpeg for uploads and recordings; the system's or npm's when unset. */
  FFMPEG_PATH: z.string().optional(),
  /** A speaker model in ONNX (src/speakers/README.md); cepstra do without one. */
  SPEAKER_MODEL_PATH: z.string().min(1).optional(),
  /** How often open connections ask again what their bearer may do, beside the events that say so. */
  RIGHTS_CHECK_MS: z.coerce.number().int().min(100).max(60_000).default(30_000),
  TURN_URLS: z.string().optional(),
  TURN_SECRET: z.string().min(16).optional(),
});
export type RealtimeEnv = z.infer<typeof realtimeEnv>;
