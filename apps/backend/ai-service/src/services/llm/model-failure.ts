import type { ModelUsage } from '../llm.ts';

export type ModelFailureReason =
  | 'rate_limited'
  /** 5xx, no connection, broken off. */
  | 'unavailable'
  | 'timeout'
  /** The model declined to answer. */
  | 'refusal'
  /** The vendor's filter stopped the prompt or the answer. */
  | 'content_filter'
  | 'invalid_answer'
  /** The answer did not fit into its limit. */
  | 'too_long'
  /** 4xx: key, deployment or request are wrong; asking again changes nothing. */
  | 'rejected';

/**
 * Whether the vendor charges a call that failed: not at all, exactly what it said, or nobody knows.
 * Azure charges a prompt that its filter refuses (400) and may charge a 408; it does not charge 401
 * and 429 (Azure OpenAI, "HTTP response code and billing status").
 */
export type Charge =
  | { kind: 'none' }
  | { kind: 'used'; usage: ModelUsage; version: string }
  | { kind: 'unknown' };

const worthAnotherTry: ReadonlySet<ModelFailureReason> = new Set([
  'rate_limited',
  'unavailable',
  'timeout',
  'invalid_answer',
]);
/** The server is well; only this answer was not. */
const serverIsWell: ReadonlySet<ModelFailureReason> = new Set([
  'refusal',
  'content_filter',
  'invalid_answer',
  'too_long',
]);

/** Why a model gave no answer. */
export class ModelFailure extends Error {
  readonly reason: ModelFailureReason;
  readonly charge: Charge;
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: ModelFailureReason,
    options: { charge: Charge; retryAfterMs?: number | undefined; cause?: unknown },
  ) {
    super(`the language model failed: ${reason}`, { cause: options.cause });
    this.name = 'ModelFailure';
    this.reason = reason;
    this.charge = options.charge;
    this.retryAfterMs = options.retryAfterMs;
  }

  get retryable(): boolean {
    return worthAnotherTry.has(this.reason);
  }

  get serverIsWell(): boolean {
    return serverIsWell.has(this.reason);
  }
}
