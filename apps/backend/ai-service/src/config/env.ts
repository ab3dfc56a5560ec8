import { commonEnv, envFlag, envPort } from '@medcall/service-kit';
import { z } from 'zod';

const provider = z.enum(['embedded', 'azure', 'openai']);

/** Environment of the AI service. It listens on loopback unless told otherwise: no browser calls it. */
export const aiEnv = commonEnv.extend({
  PORT: envPort.default(3003),
  HOST: z.string().default('127.0.0.1'),
  MODELS_DIR: z.string().default('models'),
  GUIDELINES_DIR: z.string().default('database/seeds/guidelines'),
  LLM_PROVIDER: provider.default('embedded'),
  EMBEDDING_PROVIDER: provider.default('embedded'),
  AZURE_OPENAI_ENDPOINT: z.url().optional(),
  AZURE_OPENAI_API_KEY: z.string().optional(),
  AZURE_OPENAI_API_VERSION: z.string().default('2024-10-21'),
  AZURE_OPENAI_CHAT_DEPLOYMENT: z.string().default('gpt-4o'),
  AZURE_OPENAI_EMBEDDING_DEPLOYMENT: z.string().default('text-embedding-3-small'),
  OPENAI_BASE_URL: z.url().default('https://api.openai.com/v1'),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_CHAT_MODEL: z.string().default('gpt-4o'),
  OPENAI_EMBEDDING_MODEL: z.string().default('text-embedding-3-small'),
  /** The price table's name for the model behind a deployment that is named otherwise. */
  LLM_PRICED_AS: z.string().optional(),
  /** `OPENAI_BASE_URL` is a server of one's own: its calls cost nothing. They are masked all the same. */
  OPENAI_SELF_HOSTED: envFlag.default(false),
  /** Reais for one dollar; without it the rate of the price table. */
  BRL_PER_USD: z.coerce.number().min(0.1).max(100).optional(),
});
export type AiEnv = z.infer<typeof aiEnv>;

/** What names a language model and its price, for who wants nothing else of the service. */
export const modelEnv = aiEnv.pick({
  LLM_PROVIDER: true,
  LLM_PRICED_AS: true,
  AZURE_OPENAI_ENDPOINT: true,
  AZURE_OPENAI_API_KEY: true,
  AZURE_OPENAI_API_VERSION: true,
  AZURE_OPENAI_CHAT_DEPLOYMENT: true,
  OPENAI_BASE_URL: true,
  OPENAI_API_KEY: true,
  OPENAI_CHAT_MODEL: true,
  BRL_PER_USD: true,
});
export type ModelEnv = z.infer<typeof modelEnv>;
