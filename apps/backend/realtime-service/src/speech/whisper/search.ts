import type { Tensor } from 'onnxruntime-node';
import type { WhisperModel } from './model.ts';
import { trailingLoop } from './repetition.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface SearchOptions {
  readonly language: string;
  /** Text said before, as left context. */
  readonly prompt?: string;
  readonly maxTokens: number;
  /** Asked between two tokens; true ends the search with an AbortError. */
  readonly cancelled?: () => boolean;
}

export interface SearchResult {
  readonly tokens: readonly number[];
  /** Natural logarithm of the probability of each token, the closing one included. */
  readonly logprobs: readonly number[];
  /** Probability that nobody speaks, from the first position; null when the vocabulary lacks it. */
  readonly noSpeechProb: number | null;
  /** The search ended because it said the same thing again and again. */
  readonly looped: boolean;
  /** The search ended because its budget was spent. */
  readonly exhausted: boolean;
}

/** Whisper reads at most half of its text window as context. */
const PROMPT_TOKENS = 200;

function logSumExp(logits: Float32Array, from: number, size: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = from; i < from + size; i += 1) {
    const value = logits[i] as number;
    if (value > top) top = value;
  }
  let sum = 0;
  for (let i = from; i < from + size; i += 1) {
    const over = (logits[i] as number) - top;
    // Below e^-20 nothing is left of a float32 sum.
    if (over > -20) sum += Math.exp(over);
  }
  return top + Math.log(sum);
}

/** Masks in place what may not be written: annotations, special tokens, timestamps. */
function suppress(logits: Float32Array, from: number, size: number, vocabulary: Vocabulary): void {
  for (const id of vocabulary.suppressed) logits[from + id] = Number.NEGATIVE_INFINITY;
  logits.fill(Number.NEGATIVE_INFINITY, from + vocabulary.start, from + size);
}

function best(logits: Float32Array, from: number, size: number): number {
  let at = from;
  for (let i = from + 1; i < from + size; i += 1) {
    if ((logits[i] as number) > (logits[at] as number)) at = i;
  }
  return at - from;
}

/** The tokens before the text: context, start, language, task, no timestamps. */
function promptTokens(vocabulary: Vocabulary, options: SearchOptions): number[] {
  const context = options.prompt
    ? [vocabulary.previous, ...vocabulary.encode(` ${options.prompt}`).slice(-PROMPT_TOKENS)]
    : [];
  return [
    ...context,
    vocabulary.start,
    vocabulary.language(options.language),
    vocabulary.transcribe,
    vocabulary.noTimestamps,
  ];
}

/** Reads the most probable token each time. Throws an AbortError when cancelled. */
export async function searchGreedy(
  model: WhisperModel,
  vocabulary: Vocabulary,
  sound: Tensor,
  options: SearchOptions,
): Promise<SearchResult> {
  const size = model.vocabularySize;
  const prompt = promptTokens(vocabulary, options);
  let step = await model.begin(sound, prompt);
  const atStart = prompt.indexOf(vocabulary.start) * size;
  const noSpeechProb =
    vocabulary.noSpeech === undefined
      ? null
      : Math.exp(
          (step.logits[atStart + vocabulary.noSpeech] as number) -
            logSumExp(step.logits, atStart, size),
        );
  const tokens: number[] = [];
  const logprobs: number[] = [];
  let from = (prompt.length - 1) * size;
  for (;;) {
    suppress(step.logits, from, size, vocabulary);
    const token = best(step.logits, from, size);
    logprobs.push((step.logits[from + token] as number) - logSumExp(step.logits, from, size));
    if (token === vocabulary.end) {
      return { tokens, logprobs, noSpeechProb, looped: false, exhausted: false };
    }
    tokens.push(token);
    const loop = trailingLoop(tokens);
    if (loop) {
      return {
        tokens: tokens.slice(0, loop.keep),
        logprobs: logprobs.slice(0, loop.keep),
        noSpeechProb,
        looped: true,
        exhausted: false,
      };
    }
    if (tokens.length >= options.maxTokens || prompt.length + tokens.length >= model.maxTokens) {
      return { tokens, logprobs, noSpeechProb, looped: false, exhausted: true };
    }
    if (options.cancelled?.()) throw new DOMException('The decode was cancelled', 'AbortError');
    step = await model.advance(sound, step.state, [token]);
    from = 0;
  }
}
