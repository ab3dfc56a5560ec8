import { commonEnv, envPort } from '@medcall/service-kit';
import { z } from 'zod';

/** Environment of the realtime service. */
export const realtimeEnv = commonEnv.extend({
  PORT: envPort.default(3002),
  AI_SERVICE_URL: z.url().default('http://localhost:3003'),
  DATA_DIR: z.string().default('.data'),
  MODELS_DIR: z.string().default('models'),
  STT_PROVIDER: z.enum(['embedded', 'azure', 'openai']).default('embedded'),
  /** Decoder processes; by default one core is left to the sockets. */
  STT_DECODERS: z.coerce.number().int().min(1).max(64).optional(),
  /** ffmpeg for uploads and recordings; the system's or npm's when unset. */
  FFMPEG_PATH: z.string().optional(),
  TURN_URLS: z.string().optional(),
  TURN_SECRET: z.string().min(16).optional(),
});
export type RealtimeEnv = z.infer<typeof realtimeEnv>;
