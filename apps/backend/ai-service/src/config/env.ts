import { commonEnv, envPort } from '@medcall/service-kit';
import { z } from 'zod';

/** Environment of the AI service. It listens on loopback unless told otherwise: no browser calls it. */
export const aiEnv = commonEnv.extend({
  PORT: envPort.default(3003),
  HOST: z.string().default('127.0.0.1'),
  MODELS_DIR: z.string().default('models'),
  GUIDELINES_DIR: z.string().default('database/seeds/guidelines'),
  LLM_PROVIDER: z.enum(['embedded', 'azure', 'openai']).default('embedded'),
  EMBEDDING_PROVIDER: z.enum(['embedded', 'azure', 'openai']).default('embedded'),
});
export type AiEnv = z.infer<typeof aiEnv>;
