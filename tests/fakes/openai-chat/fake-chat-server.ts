import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { ChatBehaviour, ChatCall, ChatCharge, ChatLimits } from './chat-behaviour.ts';
import { vectorsFor } from './embed.ts';
import { behave, Reply, sendRateLimited, tokensOf } from './reply.ts';
import { strictComplaint } from './strict-rules.ts';
import { sendError, sendJson, sendUnsupported } from './vendor-errors.ts';

export interface FakeChatServer {
  url: string;
  apiKey: string;
  calls: ChatCall[];
  /** Texts whose embedding was asked for. */
  embedded: string[];
  charges: ChatCharge[];
  limits: ChatLimits;
  /** Length of the vectors that the embedding model gives. */
  dimension: number;
  /** Answers calls that no behaviour is waiting for. */
  answers: (call: ChatCall) => unknown;
  next(...behaviours: ChatBehaviour[]): void;
  /** Lets go of behaviours that no call came for. */
  forget(): void;
  close(): Promise<void>;
}

const apiKey = 'fake-key';
const embeddingModel = 'text-embedding-3-small';

const message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
const chatBody = z.object({
  model: z.string().optional(),
  messages: z.array(message).min(1),
  stream: z.boolean().optional(),
  stream_options: z.object({ include_usage: z.boolean() }).nullish(),
  temperature: z.number().optional(),
  max_tokens: z.number().int().optional(),
  max_completion_tokens: z.number().int().optional(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.object({
          name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
          strict: z.boolean().optional(),
          schema: z.unknown(),
        }),
      }),
    ])
    .optional(),
});
type ChatBody = z.infer<typeof chatBody>;
const embeddingBody = z.object({
  input: z.union([z.string(), z.array(z.string())]),
  model: z.string().optional(),
  encoding_format: z.enum(['float', 'base64']).optional(),
});

/**
 * Speaks `POST /chat/completions` and `/embeddings` as OpenAI does (`/v1/…`, Bearer) and as Azure
 * OpenAI does (`/openai/deployments/<name>/…?api-version=`, `api-key`): whole or as a stream of
 * server-sent events, with usage figures, strict schemas and the vendors' own errors.
 */
export async function startFakeChatServer(): Promise<FakeChatServer> {
  const queue: ChatBehaviour[] = [];
  const server: Server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      res.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeChatServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    calls: [],
    embedded: [],
    charges: [],
    limits: {},
    dimension: 8,
    answers: () => ({}),
    next: (...behaviours) => queue.push(...behaviours),
    forget: () => {
      queue.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://fake');
    const azure = /^\/openai\/deployments\/([^/]+)\/(chat\/completions|embeddings)$/.exec(
      url.pathname,
    );
    const task = azure?.[2] ?? /^\/v1\/(chat\/completions|embeddings)$/.exec(url.pathname)?.[1];
    if (req.method !== 'POST' || !task || (azure && !url.searchParams.get('api-version'))) {
      sendError(res, 404, { message: 'Resource not found', code: '404' });
      return;
    }
    const key = azure ? req.headers['api-key'] : req.headers.authorization?.replace('Bearer ', '');
    if (key !== apiKey) {
      sendError(res, 401, { message: 'Incorrect API key provided', code: 'invalid_api_key' });
      return;
    }
    const sent: unknown = JSON.parse(await bodyOf(req));
    if (task === 'embeddings') embed(res, embeddingBody.parse(sent));
    else await chat(res, url, azure?.[1] ?? null, chatBody.parse(sent));
  }

  async function chat(
    res: ServerResponse,
    url: URL,
    deployment: string | null,
    body: ChatBody,
  ): Promise<void> {
    if (refusesParameters(res, fake.limits, body)) return;
    const call = toCall(url, deployment, body);
    fake.calls.push(call);
    const behaviour = queue.shift() ?? { kind: 'answer', answer: fake.answers(call) };
    const reply = new Reply(res, call, {
      id: `chatcmpl-fake${fake.calls.length}`,
      includeUsage: body.stream_options?.include_usage ?? false,
      charge: (charge) => fake.charges.push(charge),
    });
    await behave(reply, behaviour);
  }

  function embed(res: ServerResponse, body: z.infer<typeof embeddingBody>): void {
    const texts = typeof body.input === 'string' ? [body.input] : body.input;
    const behaviour = queue.shift();
    if (behaviour?.kind === 'rate_limited') {
      sendRateLimited(res, behaviour.retryAfterMs, behaviour.azureHeader ?? false);
      return;
    }
    if (behaviour?.kind === 'server_error') {
      sendError(res, 500, { message: 'The server had an error', type: 'server_error' });
      return;
    }
    if (behaviour?.kind === 'hang') return;
    if (behaviour?.kind === 'wrong_json') {
      sendJson(res, 200, { object: 'list', data: [{ index: 0 }], model: embeddingModel });
      return;
    }
    fake.embedded.push(...texts);
    const tokens = texts.reduce((sum, text) => sum + tokensOf(text), 0);
    fake.charges.push({ model: embeddingModel, inputTokens: tokens, outputTokens: 0 });
    sendJson(res, 200, {
      object: 'list',
      data: vectorsFor(texts, fake.dimension, body.encoding_format === 'base64'),
      model: embeddingModel,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    });
  }

  return fake;
}

function refusesParameters(res: ServerResponse, limits: ChatLimits, body: ChatBody): boolean {
  const format = body.response_format;
  if (limits.noJsonSchema && format?.type === 'json_schema') {
    sendError(res, 400, {
      message: "Invalid parameter: 'response_format' of type 'json_schema' is not supported.",
      param: 'response_format',
    });
    return true;
  }
  if (limits.noJsonObject && format?.type === 'json_object') {
    sendError(res, 400, {
      message: "Invalid parameter: 'response_format' of type 'json_object' is not supported.",
      param: 'response_format',
    });
    return true;
  }
  if (limits.noMaxTokens && body.max_tokens !== undefined) {
    sendUnsupported(res, 'max_tokens', "Use 'max_completion_tokens' instead.");
    return true;
  }
  if (limits.noTemperature && body.temperature !== undefined) {
    sendUnsupported(res, 'temperature', 'Only the default (1) value is supported.');
    return true;
  }
  if (limits.noStreamOptions && body.stream_options) {
    sendUnsupported(res, 'stream_options', '');
    return true;
  }
  if (format?.type === 'json_schema' && format.json_schema.strict) {
    const complaint = strictComplaint(format.json_schema.schema);
    if (complaint) {
      sendError(res, 400, {
        message: `Invalid schema for response_format '${format.json_schema.name}': ${complaint}`,
        param: 'response_format',
      });
      return true;
    }
  }
  return false;
}

function toCall(url: URL, deployment: string | null, body: ChatBody): ChatCall {
  const text = (role: string) =>
    body.messages
      .filter((one) => one.role === role)
      .map((one) => one.content)
      .join('\n');
  const name =
    body.max_completion_tokens !== undefined
      ? 'max_completion_tokens'
      : body.max_tokens !== undefined
        ? 'max_tokens'
        : 'none';
  return {
    path: url.pathname,
    deployment,
    apiVersion: url.searchParams.get('api-version'),
    model: body.model ?? null,
    stream: body.stream ?? false,
    format: body.response_format?.type ?? 'text',
    limit: { name, tokens: body.max_completion_tokens ?? body.max_tokens ?? 0 },
    system: text('system'),
    user: text('user'),
  };
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of req as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
