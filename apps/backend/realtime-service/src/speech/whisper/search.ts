import type { Tensor } from 'onnxruntime-node';
import { logSumExp, suppress, topTokens } from './logits.ts';
import type { DecoderStep, WhisperModel } from './model.ts';
import { trailingLoop } from './repetition.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface SearchOptions {
  readonly language: string;
  /** Text said before, as left context. */
  readonly prompt?: string;
  readonly maxTokens: number;
  /** Hypotheses kept side by side; 1 is greedy. */
  readonly width: number;
  /** Asked between two tokens; true ends the search with an AbortError. */
  readonly cancelled?: () => boolean;
}

export interface SearchResult {
  readonly tokens: readonly number[];
  /** Mean natural logarithm of the probability of the tokens, the closing one included. */
  readonly avgLogprob: number;
  /** Probability that nobody speaks, from the first position; null when the vocabulary lacks it. */
  readonly noSpeechProb: number | null;
  /** Every hypothesis said the same thing again and again. */
  readonly looped: boolean;
  /** The budget of tokens was spent. */
  readonly exhausted: boolean;
}

interface Hypothesis {
  readonly tokens: readonly number[];
  readonly logprob: number;
}

interface Candidate extends Hypothesis {
  readonly parent: number;
  readonly token: number;
}

/** Whisper reads at most half of its text window as context. */
const PROMPT_TOKENS = 200;

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

function noSpeechOf(
  step: DecoderStep,
  prompt: readonly number[],
  vocabulary: Vocabulary,
  size: number,
): number | null {
  if (vocabulary.noSpeech === undefined) return null;
  const from = prompt.indexOf(vocabulary.start) * size;
  const total = logSumExp({ logits: step.logits, from, size });
  return Math.exp((step.logits[from + vocabulary.noSpeech] as number) - total);
}

/** Every way to go on by one token, the most probable first. */
function expand(
  step: DecoderStep,
  offset: number,
  live: readonly Hypothesis[],
  vocabulary: Vocabulary,
  { size, width }: { size: number; width: number },
): Candidate[] {
  return live
    .flatMap((hypothesis, parent) => {
      const row = { logits: step.logits, from: offset + parent * size, size };
      suppress(row, vocabulary);
      return topTokens(row, width + 1).map(({ token, logprob }) => ({
        parent,
        token,
        tokens: [...hypothesis.tokens, token],
        logprob: hypothesis.logprob + logprob,
      }));
    })
    .sort((a, b) => b.logprob - a.logprob);
}

function mean({ tokens, logprob }: Hypothesis): number {
  return logprob / Math.max(1, tokens.length);
}

function better(a: Hypothesis, b: Hypothesis): Hypothesis {
  return mean(b) > mean(a) ? b : a;
}

/**
 * Beam search over the decoder, as in OpenAI's reference: it ends when as many hypotheses have
 * ended as are kept side by side, and the best mean log-probability wins. A hypothesis that falls
 * into a loop is given up. Throws an AbortError when cancelled.
 */
export async function search(
  model: WhisperModel,
  vocabulary: Vocabulary,
  sound: Tensor,
  options: SearchOptions,
): Promise<SearchResult> {
  const size = model.vocabularySize;
  const prompt = promptTokens(vocabulary, options);
  const { width } = options;
  const budget = Math.min(options.maxTokens, model.maxTokens - prompt.length);
  let step = await model.begin(sound, prompt);
  const noSpeechProb = noSpeechOf(step, prompt, vocabulary, size);
  let offset = (prompt.length - 1) * size;
  let live: Hypothesis[] = [{ tokens: [], logprob: 0 }];
  let looped: Hypothesis | null = null;
  const ended: Hypothesis[] = [];

  const result = (hypothesis: Hypothesis, how: { looped: boolean; exhausted: boolean }) => ({
    tokens: hypothesis.tokens.filter((token) => token !== vocabulary.end),
    avgLogprob: mean(hypothesis),
    noSpeechProb,
    ...how,
  });

  for (let length = 1; ; length += 1) {
    const next: Candidate[] = [];
    for (const candidate of expand(step, offset, live, vocabulary, { size, width })) {
      if (next.length === width) break;
      if (candidate.token === vocabulary.end) {
        ended.push(candidate);
        continue;
      }
      const loop = trailingLoop(candidate.tokens);
      if (loop === null) next.push(candidate);
      else looped ??= { ...candidate, tokens: candidate.tokens.slice(0, loop.keep) };
    }
    if (ended.length >= width || (next.length === 0 && ended.length > 0)) {
      return result(ended.reduce(better), { looped: false, exhausted: false });
    }
    if (next.length === 0) {
      return result(looped ?? { tokens: [], logprob: 0 }, { looped: true, exhausted: false });
    }
    if (length >= budget) {
      return result(
        ended.length > 0
          ? ended.reduce(better)
          : next.reduce<Hypothesis>(better, next[0] as Hypothesis),
        {
          looped: false,
          exhausted: ended.length === 0,
        },
      );
    }
    if (options.cancelled?.()) throw new DOMException('The decode was cancelled', 'AbortError');
    const parents = next.map((candidate) => candidate.parent);
    const unchanged = parents.length === live.length && parents.every((parent, i) => parent === i);
    const state = unchanged ? step.state : model.select(step.state, parents);
    live = next;
    step = await model.advance(
      sound,
      state,
      next.map((candidate) => candidate.token),
    );
    offset = 0;
  }
}
