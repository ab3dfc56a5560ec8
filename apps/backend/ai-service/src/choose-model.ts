import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import {
  CircuitBreaker,
  type Clock,
  ConfigError,
  createCostLedger,
  type Database,
  exchangeRate,
  hasTokenPrice,
  type Logger,
  type PricesInUse,
  priceOfEmbedding,
  priceOfTokens,
  priceVersion,
} from '@medcall/service-kit';
import type { AiEnv, ModelEnv } from './config/env.ts';
import { createE5Embedder } from './services/e5-embedder.ts';
import type { Embedder } from './services/embeddings.ts';
import {
  type ConsultationModel,
  createConsultationModel,
  noModel,
} from './services/llm/consultation-model.ts';
import {
  createAzureEmbeddings,
  createOpenAiEmbeddings,
  type EmbeddingVendor,
} from './services/llm/openai-embeddings.ts';
import { createAzureModel, createOpenAiModel } from './services/llm/openai-model.ts';
import { createRemoteEmbedder } from './services/llm/remote-embedder.ts';
import { wait } from './services/llm/wait.ts';
import type { LanguageModel } from './services/llm.ts';
import { namesInConsultation } from './services/privacy/people.ts';

const breaker = { failures: 3, openMs: 30_000 };
const attempts = 3;

export interface ModelParts {
  env: AiEnv;
  database: Database;
  clock: Clock;
  logger: Logger;
}

/** The language model as configured, behind consent, cap, masking and circuit breaker. */
export function chooseModel({ clock, database, env, logger }: ModelParts): ConsultationModel {
  const model = createModel(env);
  if (!model) return noModel;
  const rate = exchangeRate(env.BRL_PER_USD);
  const pricedAs = env.LLM_PRICED_AS ?? model.model;
  return createConsultationModel({
    model,
    ledger: createCostLedger(database),
    priceOf: ({ inputTokens, outputTokens }, version) => {
      if (isFree(env)) return 0;
      const name = version !== undefined && hasTokenPrice(version) ? version : pricedAs;
      return priceOfTokens(name, { input: inputTokens, output: outputTokens }, rate);
    },
    priceVersion: priceVersion(rate),
    namesIn: (consultationId) => namesInConsultation(database, consultationId),
    breaker: new CircuitBreaker(breaker, clock),
    attempts,
    newKey: () => `llm:${randomUUID()}`,
    now: () => clock.now(),
    wait,
    logger,
  });
}

/** Embeddings as configured: the weights in models/, or a vendor's behind consent, cap and masking. */
export function chooseEmbedder({ clock, database, env, logger }: ModelParts): Embedder {
  const vendor = createVendor(env);
  if (!vendor) return createE5Embedder(resolve(env.MODELS_DIR));
  const rate = exchangeRate(env.BRL_PER_USD);
  const free = env.EMBEDDING_PROVIDER === 'openai' && env.OPENAI_SELF_HOSTED;
  return createRemoteEmbedder({
    vendor,
    ledger: createCostLedger(database),
    priceOf: (tokens, version) =>
      free ? 0 : priceOfEmbedding(version ?? vendor.model, tokens, rate),
    priceVersion: priceVersion(rate),
    namesIn: (consultationId) => namesInConsultation(database, consultationId),
    breaker: new CircuitBreaker(breaker, clock),
    newKey: () => `embedding:${randomUUID()}`,
    wait,
    logger,
  });
}

/** By which prices this service's engines are paid; none when all of them are its own. */
export function pricesInUse(env: AiEnv): PricesInUse {
  const model = isFree(env) ? null : createModel(env);
  const free = env.EMBEDDING_PROVIDER === 'openai' && env.OPENAI_SELF_HOSTED;
  const vendor = free ? null : createVendor(env);
  return {
    models: [
      ...(model ? [env.LLM_PRICED_AS ?? model.model] : []),
      ...(vendor ? [vendor.model] : []),
    ],
    ownRate: env.BRL_PER_USD !== undefined,
  };
}

function createVendor(env: AiEnv): EmbeddingVendor | null {
  switch (env.EMBEDDING_PROVIDER) {
    case 'embedded':
      return null;
    case 'azure':
      return createAzureEmbeddings({
        ...azureAccess(env),
        deployment: env.AZURE_OPENAI_EMBEDDING_DEPLOYMENT,
      });
    case 'openai':
      return createOpenAiEmbeddings({ ...openAiAccess(env), model: env.OPENAI_EMBEDDING_MODEL });
  }
}

/** The language model that the environment names, without anything around it; null for none. */
export function createModel(env: ModelEnv): LanguageModel | null {
  switch (env.LLM_PROVIDER) {
    case 'embedded':
      return null;
    case 'azure':
      return createAzureModel({
        ...azureAccess(env),
        deployment: env.AZURE_OPENAI_CHAT_DEPLOYMENT,
      });
    case 'openai':
      return createOpenAiModel({ ...openAiAccess(env), model: env.OPENAI_CHAT_MODEL });
  }
}

type Access = Pick<
  AiEnv,
  | 'AZURE_OPENAI_ENDPOINT'
  | 'AZURE_OPENAI_API_KEY'
  | 'AZURE_OPENAI_API_VERSION'
  | 'OPENAI_BASE_URL'
  | 'OPENAI_API_KEY'
>;

/** @throws ConfigError naming what azure needs and has not */
function azureAccess(env: Access) {
  if (!env.AZURE_OPENAI_ENDPOINT || !env.AZURE_OPENAI_API_KEY) {
    throw new ConfigError(['AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY: needed by azure']);
  }
  return {
    endpoint: env.AZURE_OPENAI_ENDPOINT,
    apiKey: env.AZURE_OPENAI_API_KEY,
    apiVersion: env.AZURE_OPENAI_API_VERSION,
  };
}

function openAiAccess(env: Access) {
  // A server of one's own may ask for none; the SDK insists on something.
  return { baseUrl: env.OPENAI_BASE_URL, apiKey: env.OPENAI_API_KEY ?? 'none' };
}

/** Azure is never one's own server. */
function isFree(env: AiEnv): boolean {
  return env.LLM_PROVIDER === 'openai' && env.OPENAI_SELF_HOSTED;
}
