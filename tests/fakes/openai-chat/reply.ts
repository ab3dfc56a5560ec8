import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ChatBehaviour, ChatCall, ChatCharge } from './chat-behaviour.ts';
import { safeResults, sendError, sendJson, sendPromptFiltered } from './vendor-errors.ts';

/** Azure and OpenAI name the model behind a deployment or alias with its date. */
const modelVersion = 'gpt-4o-2024-11-20';

export interface ReplyOptions {
  id: string;
  includeUsage: boolean;
  charge: (charge: ChatCharge) => void;
}

/** One answer under way, whole or as a stream. */
export class Reply {
  readonly res: ServerResponse;
  readonly stream: boolean;
  private readonly call: ChatCall;
  private readonly options: ReplyOptions;
  private readonly azure: boolean;

  constructor(res: ServerResponse, call: ChatCall, options: ReplyOptions) {
    this.res = res;
    this.call = call;
    this.options = options;
    this.stream = call.stream;
    this.azure = call.deployment !== null;
  }

  charge(content: string): { prompt_tokens: number; completion_tokens: number } {
    const inputTokens = tokensOf(this.call.system) + tokensOf(this.call.user);
    const outputTokens = tokensOf(content);
    this.options.charge({ model: 'gpt-4o', inputTokens, outputTokens });
    return { prompt_tokens: inputTokens, completion_tokens: outputTokens };
  }

  begin(): void {
    this.res.writeHead(200, { 'content-type': 'text/event-stream' });
    if (this.azure) {
      this.event({
        id: '',
        model: '',
        object: '',
        choices: [],
        prompt_filter_results: [{ prompt_index: 0, content_filter_results: safeResults }],
      });
    }
    this.delta({ role: 'assistant', content: '' });
  }

  delta(delta: Record<string, unknown>, finish: string | null = null): void {
    this.event({
      ...this.head('chat.completion.chunk'),
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
  }

  /** Pieces of uneven length, as tokens are. */
  pieces(content: string): void {
    for (let at = 0; at < content.length; at += 7) {
      this.delta({ content: content.slice(at, at + 7) });
    }
  }

  finish(
    content: string,
    reason: string,
    options: { usage?: boolean; refusal?: string } = {},
  ): void {
    const counted = this.charge(options.refusal ?? content);
    const usage =
      options.usage === false
        ? undefined
        : { ...counted, total_tokens: counted.prompt_tokens + counted.completion_tokens };
    const { refusal } = options;
    if (!this.stream) {
      sendJson(this.res, 200, {
        ...this.head('chat.completion'),
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: refusal === undefined ? content : null,
              refusal: refusal ?? null,
            },
            finish_reason: reason,
            ...(this.azure ? { content_filter_results: safeResults } : {}),
          },
        ],
        ...(usage ? { usage } : {}),
      });
      return;
    }
    this.begin();
    if (refusal === undefined) this.pieces(content);
    else this.delta({ refusal });
    this.delta({}, reason);
    if (usage && this.options.includeUsage) {
      this.event({ ...this.head('chat.completion.chunk'), choices: [], usage });
    }
    this.res.end('data: [DONE]\n\n');
  }

  head(object: string): Record<string, unknown> {
    return { id: this.options.id, object, created: 1_764_000_000, model: modelVersion };
  }

  private event(value: unknown): void {
    this.res.write(`data: ${JSON.stringify(value)}\n\n`);
  }
}

export async function behave(reply: Reply, behaviour: ChatBehaviour): Promise<void> {
  const { res } = reply;
  switch (behaviour.kind) {
    case 'answer':
      return reply.finish(JSON.stringify(behaviour.answer), 'stop');
    case 'content':
      return reply.finish(behaviour.content, 'stop');
    case 'no_usage':
      return reply.finish(JSON.stringify(behaviour.answer), 'stop', { usage: false });
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, behaviour.ms));
      return reply.finish(JSON.stringify(behaviour.answer), 'stop');
    case 'rate_limited':
      return sendRateLimited(res, behaviour.retryAfterMs, behaviour.azureHeader ?? false);
    case 'server_error':
      return sendError(res, behaviour.status ?? 500, {
        message: 'The server had an error while processing your request',
        type: 'server_error',
      });
    case 'unauthorized':
      return sendError(res, 401, { message: 'Access denied', code: '401' });
    case 'hang':
      return;
    case 'stall':
      reply.begin();
      reply.delta({ content: '{"' });
      return;
    case 'endless':
      return writeOn(reply, 'x'.repeat(1000), 0);
    case 'trickle':
      return writeOn(reply, ' ', behaviour.everyMs);
    case 'cut_off':
      return cutOff(reply, JSON.stringify(behaviour.answer));
    case 'not_json':
      reply.charge('');
      res.writeHead(200, { 'content-type': 'text/html' });
      res.end('<html>proxy error</html>');
      return;
    case 'wrong_json':
      return reply.finish(JSON.stringify({ resultado: ['outra', 'coisa'] }), 'stop');
    case 'refusal':
      return reply.finish('', 'stop', { refusal: 'Não posso ajudar com isso.' });
    case 'prompt_filtered':
      reply.charge('');
      return sendPromptFiltered(res);
    case 'answer_filtered':
      return reply.finish('', 'content_filter');
    case 'too_long':
      return reply.finish(JSON.stringify(behaviour.answer).slice(0, -3), 'length');
  }
}

/** A stream without an end. A server that writes its answer whole would be done some day; this one hangs. */
async function writeOn(reply: Reply, piece: string, everyMs: number): Promise<void> {
  reply.charge(piece);
  if (!reply.stream) return;
  reply.begin();
  reply.delta({ content: '{"perguntas":[{"pergunta":"' });
  while (!reply.res.closed) {
    reply.delta({ content: piece });
    if (reply.res.writableNeedDrain) {
      await Promise.race([once(reply.res, 'drain'), once(reply.res, 'close')]);
    } else if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** The line breaks in the middle; the vendor has worked and charges. */
function cutOff(reply: Reply, content: string): void {
  reply.charge(content);
  const half = content.slice(0, content.length / 2);
  if (reply.stream) {
    reply.begin();
    reply.pieces(half);
  } else {
    reply.res.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    reply.res.write(`{"id":"chatcmpl-x","choices":[{"message":{"content":"${half.slice(0, 3)}`);
  }
  setTimeout(() => reply.res.destroy(), 10);
}

export function sendRateLimited(
  res: ServerResponse,
  retryAfterMs: number,
  azureHeader: boolean,
): void {
  if (azureHeader) res.setHeader('retry-after-ms', String(retryAfterMs));
  else res.setHeader('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  sendError(res, 429, {
    message: 'Requests have exceeded the call rate limit of your current pricing tier.',
    type: 'requests',
    code: 'rate_limit_exceeded',
  });
}

/** About what a tokenizer counts; never more than one token a byte. */
export function tokensOf(text: string): number {
  return text === '' ? 0 : Math.ceil(text.length / 4) + 3;
}
