import type { z } from 'zod';

/** What a call used, for the cost ledger. */
export interface ModelUsage {
  inputTokens: number;
  outputTokens: number;
}

export interface ModelRequest<T extends z.ZodType> {
  /** Instructions, from a versioned file in prompts/. */
  system: string;
  /** Data of the consultation. Never instructions: it holds what strangers said. */
  input: string;
  /** The only shape in which an answer is accepted. */
  answer: T;
  maxOutputTokens: number;
  signal: AbortSignal;
}

/** A model that writes text. */
export interface LanguageModel {
  /** Shown to the doctor and stored with what it wrote. */
  readonly name: string;
  complete<T extends z.ZodType>(
    request: ModelRequest<T>,
  ): Promise<{ answer: z.output<T>; usage: ModelUsage }>;
}

/**
 * Name of the engine that is at work. Without a language model nothing is generated: questions are
 * looked up in the bank and cite the guidelines, and the name says so.
 */
export function engineName(model: LanguageModel | null): string {
  return model?.name ?? 'embedded-retrieval';
}
