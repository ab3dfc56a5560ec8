/** Why a foreign engine gave no text, and whether and when to ask it again. */
export class EngineFailure extends Error {
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** The vendor turned the call away: such a call is not charged. */
  readonly refused: boolean;

  constructor(
    message: string,
    options: { retryable: boolean; refused?: boolean; retryAfterMs?: number; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = 'EngineFailure';
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
    this.refused = options.refused ?? false;
  }
}
