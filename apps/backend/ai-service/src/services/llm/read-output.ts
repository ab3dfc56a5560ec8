import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import { z } from 'zod';
import type { ModelUsage } from '../llm.ts';
import { ModelFailure } from './model-failure.ts';

/** What a server wrote, whole or as a stream. */
export interface Output {
  id: string;
  model: string;
  content: string;
  refusal: boolean;
  finishReason: string | null;
  usage: ModelUsage | null;
}

const usage = z.object({
  prompt_tokens: z.number().int().min(0),
  completion_tokens: z.number().int().min(0).default(0),
});
/** The SDK's types promise what a proxy or another server may not keep. */
const completion = z.object({
  id: z.string().default(''),
  model: z.string().default(''),
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: usage.nullish(),
});
const chunk = z.object({
  id: z.string().default(''),
  model: z.string().default(''),
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: usage.nullish(),
});

/** @throws ModelFailure invalid_answer when it is no completion, too_long past `mostCharacters` */
export function readWhole(answer: ChatCompletion, mostCharacters: number): Output {
  const parsed = completion.safeParse(answer);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || !choice) throw noCompletion(parsed.error);
  const { id, model } = parsed.data;
  const content = choice.message.content ?? '';
  if (content.length > mostCharacters) throw boundless();
  return {
    id,
    model,
    content,
    refusal: Boolean(choice.message.refusal),
    finishReason: choice.finish_reason ?? null,
    usage: toUsage(parsed.data.usage),
  };
}

/**
 * Collects a stream. Chunks without choices are no end: Azure begins with its filter's results, and
 * the usage comes last. A stream that ends without a reason was cut off.
 * @throws ModelFailure unavailable when it is cut off or silent for `stallMs`; too_long when the server
 *   writes past `mostCharacters`, whatever it was told
 */
export async function readStream(
  stream: AsyncIterable<ChatCompletionChunk>,
  options: {
    onText: (piece: string) => void;
    stallMs: number;
    mostCharacters: number;
    /** Ends the call: nothing more is wanted of it. */
    end: () => void;
  },
): Promise<Output> {
  const output: Output = {
    id: '',
    model: '',
    content: '',
    refusal: false,
    finishReason: null,
    usage: null,
  };
  let parts = 0;
  let stalled = false;
  const timer = setTimeout(() => {
    stalled = true;
    options.end();
  }, options.stallMs);
  try {
    for await (const part of stream) {
      timer.refresh();
      parts += 1;
      add(output, part, options.onText);
      if (output.content.length > options.mostCharacters) {
        options.end();
        throw boundless();
      }
    }
  } catch (thrown) {
    if (stalled) throw cutOff(thrown);
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
  if (parts === 0) throw noCompletion('an empty stream');
  if (output.finishReason === null) throw cutOff();
  return output;
}

function add(output: Output, part: ChatCompletionChunk, onText: (piece: string) => void): void {
  const parsed = chunk.safeParse(part);
  if (!parsed.success) throw noCompletion(parsed.error);
  const { choices, id, model } = parsed.data;
  output.id ||= id;
  output.model ||= model;
  output.usage = toUsage(parsed.data.usage) ?? output.usage;
  const [choice] = choices;
  if (!choice) return;
  if (choice.delta?.content) {
    output.content += choice.delta.content;
    onText(choice.delta.content);
  }
  if (choice.delta?.refusal) output.refusal = true;
  output.finishReason = choice.finish_reason ?? output.finishReason;
}

function toUsage(given: z.output<typeof usage> | null | undefined): ModelUsage | null {
  return given ? { inputTokens: given.prompt_tokens, outputTokens: given.completion_tokens } : null;
}

function noCompletion(cause: unknown): ModelFailure {
  return new ModelFailure('invalid_answer', { charge: { kind: 'unknown' }, cause });
}

function boundless(): ModelFailure {
  return new ModelFailure('too_long', { charge: { kind: 'unknown' } });
}

function cutOff(cause?: unknown): ModelFailure {
  return new ModelFailure('unavailable', { charge: { kind: 'unknown' }, cause });
}
