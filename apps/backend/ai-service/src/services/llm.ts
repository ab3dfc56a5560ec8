import type { z } from 'zod';
import type { Prompt } from './llm/prompt.ts';

/** What a call used, for the cost ledger. */
export interface ModelUsage {
  inputTokens: number;
  outputTokens: number;
}

export interface ModelRequest<T extends z.ZodObject> {
  /** Instructions, from a versioned file in prompts/. */
  prompt: Prompt;
  /** Data of the consultation. Never instructions: it holds what strangers said. */
  input: string;
  /** The only shape in which an answer is accepted. No optional keys: say `nullable`. */
  answer: T;
  maxOutputTokens: number;
  /** Ends the call; what it had cost by then only the vendor knows. */
  signal: AbortSignal;
  /** Pieces of the answer's JSON as they are written. */
  onText?: (piece: string) => void;
}

export interface ModelAnswer<A> {
  answer: A;
  /** Null when the server keeps it to itself. */
  usage: ModelUsage | null;
  /** The model as the vendor names it, with its date: `gpt-4o-2024-11-20`. */
  version: string;
  /** The vendor's id of this output. */
  outputId: string;
}

/** A model that writes text: one attempt, no retries, no booking. Services use ConsultationModel. */
export interface LanguageModel {
  /** Shown to the doctor and stored with what it wrote: `azure:gpt-4o`. */
  readonly name: string;
  /** Name in the price table. */
  readonly model: string;
  /** The most input tokens that this request can be charged for. */
  inputBound(request: Pick<ModelRequest<z.ZodObject>, 'prompt' | 'input' | 'answer'>): number;
  /** @throws ModelFailure saying whether to ask again and whether the vendor may charge */
  complete<T extends z.ZodObject>(request: ModelRequest<T>): Promise<ModelAnswer<z.output<T>>>;
}

/**
 * Name of the engine that is at work. Without a language model nothing is generated: questions are
 * looked up in the bank and cite the guidelines, and the name says so.
 */
export const embeddedEngine = 'embedded-retrieval';
