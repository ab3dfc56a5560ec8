import { noRedirects, retryAfterMs } from '@medcall/service-kit';
import OpenAI, { APIError, AzureOpenAI } from 'openai';
import { z } from 'zod';
import { ModelFailure } from './model-failure.ts';

/** What a vendor gives for some texts. */
export interface EmbeddedTexts {
  /** Of length one, in the order of the texts. */
  vectors: Float32Array[];
  /** Null when the server keeps it to itself. */
  tokens: number | null;
  /** The model as the vendor names it. */
  version: string;
}

/** A vendor's embeddings: one attempt, no booking, no masking. */
export interface EmbeddingVendor {
  /** `azure:text-embedding-3-small` */
  readonly name: string;
  /** Name in the price table. */
  readonly model: string;
  /** @throws ModelFailure */
  embed(texts: readonly string[], signal: AbortSignal): Promise<EmbeddedTexts>;
}

const longestCallMs = 60_000;

const answer = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
  model: z.string().default(''),
  usage: z.object({ prompt_tokens: z.number().int().min(0) }).nullish(),
});

/** Embeddings as a deployment of Azure OpenAI. */
export function createAzureEmbeddings(settings: {
  endpoint: string;
  apiKey: string;
  apiVersion: string;
  deployment: string;
}): EmbeddingVendor {
  const client = new AzureOpenAI({
    ...settings,
    maxRetries: 0,
    timeout: longestCallMs,
    fetchOptions: noRedirects,
  });
  return createVendor('azure', client, settings.deployment);
}

/** Any server that speaks OpenAI's embeddings API. */
export function createOpenAiEmbeddings(settings: {
  baseUrl: string;
  apiKey: string;
  model: string;
}): EmbeddingVendor {
  const client = new OpenAI({
    baseURL: settings.baseUrl,
    apiKey: settings.apiKey,
    maxRetries: 0,
    timeout: longestCallMs,
    fetchOptions: noRedirects,
  });
  return createVendor('openai', client, settings.model);
}

function createVendor(vendor: 'azure' | 'openai', client: OpenAI, model: string): EmbeddingVendor {
  return {
    name: `${vendor}:${model}`,
    model,
    async embed(texts, signal) {
      let given: unknown;
      try {
        given = await client.embeddings.create(
          // Plain numbers: not every server knows the SDK's own default, base64.
          { model, input: [...texts], encoding_format: 'float' },
          { signal },
        );
      } catch (thrown) {
        throw toFailure(thrown, signal);
      }
      return read(given, texts.length, model);
    },
  };
}

function read(given: unknown, count: number, model: string): EmbeddedTexts {
  const parsed = answer.safeParse(given);
  const charge = { kind: 'unknown' } as const;
  if (!parsed.success) throw new ModelFailure('invalid_answer', { charge, cause: parsed.error });
  const vectors = [...parsed.data.data]
    .sort((a, b) => a.index - b.index)
    .map(({ embedding }) => unit(embedding));
  if (vectors.length !== count || new Set(vectors.map((one) => one.length)).size > 1) {
    throw new ModelFailure('invalid_answer', { charge });
  }
  return {
    vectors,
    tokens: parsed.data.usage?.prompt_tokens ?? null,
    version: parsed.data.model || model,
  };
}

/** Servers of one's own may give vectors of any length; the search compares directions. */
function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return Float32Array.from(vector, (value) => value / length);
}

function toFailure(thrown: unknown, signal: AbortSignal): ModelFailure {
  if (signal.aborted) {
    return new ModelFailure('timeout', { charge: { kind: 'unknown' }, cause: thrown });
  }
  const status = thrown instanceof APIError ? thrown.status : undefined;
  if (!(thrown instanceof APIError) || status === undefined || status >= 500 || status === 408) {
    return new ModelFailure('unavailable', { charge: { kind: 'unknown' }, cause: thrown });
  }
  return new ModelFailure(status === 429 ? 'rate_limited' : 'rejected', {
    charge: { kind: 'none' },
    retryAfterMs: retryAfterMs(thrown.headers, Date.now()),
    cause: thrown,
  });
}
