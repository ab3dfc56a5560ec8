import { noRedirects, retryAfterMs } from '@medcall/service-kit';
import OpenAI, {
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AzureOpenAI,
} from 'openai';
import type { ChatCompletionCreateParamsBase } from 'openai/resources/chat/completions';
import type { z } from 'zod';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../llm.ts';
import { bestDialect, type Dialect, stepDown } from './dialect.ts';
import { findJson } from './find-json.ts';
import { type Charge, ModelFailure } from './model-failure.ts';
import { type Output, readStream, readWhole } from './read-output.ts';
import { strictSchema } from './strict-schema.ts';

/** A stream that is silent for this long will not go on. */
const defaultStallMs = 10_000;
const longestCallMs = 120_000;
/** More than any token has letters: what is longer was not held to its limit. */
const charactersPerToken = 32;
/** What the vendor adds around each message. */
const tokensPerMessage = 16;

export interface AzureModelSettings {
  endpoint: string;
  apiKey: string;
  apiVersion: string;
  deployment: string;
  stallMs?: number;
}

export interface OpenAiModelSettings {
  baseUrl: string;
  apiKey: string;
  model: string;
  stallMs?: number;
}

/** A chat model as a deployment of Azure OpenAI. */
export function createAzureModel(settings: AzureModelSettings): LanguageModel {
  const client = new AzureOpenAI({
    endpoint: settings.endpoint,
    apiKey: settings.apiKey,
    apiVersion: settings.apiVersion,
    deployment: settings.deployment,
    maxRetries: 0,
    timeout: longestCallMs,
    fetchOptions: noRedirects,
  });
  return new ChatModel('azure', client, settings.deployment, settings.stallMs ?? defaultStallMs);
}

/** Any server that speaks OpenAI's chat API: OpenAI itself, Ollama, vLLM. */
export function createOpenAiModel(settings: OpenAiModelSettings): LanguageModel {
  const client = new OpenAI({
    baseURL: settings.baseUrl,
    apiKey: settings.apiKey,
    maxRetries: 0,
    timeout: longestCallMs,
    fetchOptions: noRedirects,
  });
  return new ChatModel('openai', client, settings.model, settings.stallMs ?? defaultStallMs);
}

class ChatModel implements LanguageModel {
  readonly name: string;
  readonly model: string;
  private readonly client: OpenAI;
  private readonly stallMs: number;
  private dialect: Dialect = bestDialect;

  constructor(vendor: 'azure' | 'openai', client: OpenAI, model: string, stallMs: number) {
    this.name = `${vendor}:${model}`;
    this.model = model;
    this.client = client;
    this.stallMs = stallMs;
  }

  /** A token is at least one byte, so bytes bound tokens whatever the tokenizer. */
  inputBound({ prompt, input, answer }: Parameters<LanguageModel['inputBound']>[0]): number {
    const schema = JSON.stringify(strictSchema(answer));
    return (
      Buffer.byteLength(prompt.text + schemaHint(schema) + schema + input) + 2 * tokensPerMessage
    );
  }

  async complete<T extends z.ZodObject>(
    request: ModelRequest<T>,
  ): Promise<ModelAnswer<z.output<T>>> {
    const output = await this.write(request);
    const charge: Charge = output.usage
      ? { kind: 'used', usage: output.usage, version: output.model }
      : { kind: 'unknown' };
    if (output.refusal) throw new ModelFailure('refusal', { charge });
    if (output.finishReason === 'content_filter') {
      throw new ModelFailure('content_filter', { charge });
    }
    const parsed = request.answer.safeParse(findJson(output.content));
    if (!parsed.success) {
      const reason = output.finishReason === 'length' ? 'too_long' : 'invalid_answer';
      throw new ModelFailure(reason, { charge, cause: parsed.error });
    }
    return {
      answer: parsed.data,
      usage: output.usage,
      version: output.model || this.model,
      outputId: output.id,
    };
  }

  /** Asks in the best dialect that the server takes; refused requests cost nothing. */
  private async write(request: ModelRequest<z.ZodObject>): Promise<Output> {
    for (;;) {
      const { dialect } = this;
      try {
        return await this.ask(request, dialect);
      } catch (thrown) {
        const next = thrown instanceof APIError ? stepDown(dialect, thrown) : undefined;
        if (!next) throw toFailure(thrown, request.signal);
        this.dialect = next;
      }
    }
  }

  private async ask(request: ModelRequest<z.ZodObject>, dialect: Dialect): Promise<Output> {
    const body = toBody(this.model, request, dialect);
    const { onText, signal } = request;
    const mostCharacters = request.maxOutputTokens * charactersPerToken;
    if (!onText) {
      return readWhole(
        await this.client.chat.completions.create({ ...body, stream: false }, { signal }),
        mostCharacters,
      );
    }
    const givenUp = new AbortController();
    const stream = await this.client.chat.completions.create(
      {
        ...body,
        stream: true,
        ...(dialect.streamUsage ? { stream_options: { include_usage: true } } : {}),
      },
      { signal: AbortSignal.any([signal, givenUp.signal]) },
    );
    const end = () => givenUp.abort();
    return readStream(stream, { onText, stallMs: this.stallMs, mostCharacters, end });
  }
}

type Body = Pick<
  ChatCompletionCreateParamsBase,
  'messages' | 'model' | 'response_format' | 'max_tokens' | 'max_completion_tokens' | 'temperature'
>;

function toBody(model: string, request: ModelRequest<z.ZodObject>, dialect: Dialect): Body {
  const { input, maxOutputTokens, prompt } = request;
  const schema = strictSchema(request.answer);
  const hint = dialect.format === 'json_schema' ? '' : schemaHint(JSON.stringify(schema));
  return {
    model,
    messages: [
      { role: 'system', content: prompt.text + hint },
      { role: 'user', content: input },
    ],
    [dialect.limit]: maxOutputTokens,
    ...(dialect.temperature ? { temperature: 0 } : {}),
    ...responseFormat(dialect, prompt.task, schema),
  };
}

function responseFormat(
  dialect: Dialect,
  name: string,
  schema: Record<string, unknown>,
): Pick<Body, 'response_format'> {
  switch (dialect.format) {
    case 'json_schema':
      return {
        response_format: { type: 'json_schema', json_schema: { name, strict: true, schema } },
      };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'text':
      return {};
  }
}

/** A server that cannot be held to a schema is told it. */
function schemaHint(schema: string): string {
  return `\n\nResponda somente com um objeto JSON que siga este JSON Schema, sem texto antes ou depois:\n${schema}`;
}

function toFailure(thrown: unknown, signal: AbortSignal): ModelFailure {
  const unknown: Charge = { kind: 'unknown' };
  // A stream whose deadline came ends like one that broke off.
  if (thrown instanceof ModelFailure && !signal.aborted) return thrown;
  if (
    signal.aborted ||
    thrown instanceof APIUserAbortError ||
    thrown instanceof APIConnectionTimeoutError
  ) {
    return new ModelFailure('timeout', { charge: unknown, cause: thrown });
  }
  if (!(thrown instanceof APIError) || thrown.status === undefined) {
    return new ModelFailure('unavailable', { charge: unknown, cause: thrown });
  }
  const none: Charge = { kind: 'none' };
  const { status } = thrown;
  if (status === 429) {
    const wait = retryAfterMs(thrown.headers, Date.now());
    return new ModelFailure('rate_limited', { charge: none, retryAfterMs: wait, cause: thrown });
  }
  if (status === 408) return new ModelFailure('timeout', { charge: unknown, cause: thrown });
  if (status >= 500) {
    const wait = retryAfterMs(thrown.headers, Date.now());
    return new ModelFailure('unavailable', { charge: unknown, retryAfterMs: wait, cause: thrown });
  }
  if (status === 400 && (thrown.code === 'content_filter' || /filtered/.test(thrown.message))) {
    return new ModelFailure('content_filter', { charge: unknown, cause: thrown });
  }
  return new ModelFailure('rejected', { charge: none, cause: thrown });
}
