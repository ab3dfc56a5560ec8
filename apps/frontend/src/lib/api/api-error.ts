import type { ErrorCode } from '@medcall/shared-types';
import * as z from '@medcall/shared-types/lean';

/** `unreachable`: no answer came; `bad_answer`: one came that is not the contract's. */
export type ApiErrorCode = ErrorCode | 'unreachable' | 'bad_answer';

/** A refused or failed request. `message` is pt-BR and fit for the screen. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number | null;
  readonly details: unknown;
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ApiErrorCode,
    message: string,
    options: {
      status?: number;
      details?: unknown;
      retryAfterSeconds?: number | null;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? null;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** The sentence that a person reads for any caught error. */
export function errorSentence(error: unknown): string {
  return error instanceof ApiError
    ? error.message
    : 'Algo não funcionou aqui. Tente de novo em instantes.';
}

/** It is not there, or not this person's: asking again gives the same answer. */
export function isOutOfReach(error: unknown): boolean {
  return error instanceof ApiError && ['not_found', 'forbidden'].includes(error.code);
}

const fieldProblems = z.array(z.object({ path: z.string() }));

/** Whether a refusal is about this field of what was sent. */
export function namesField(error: unknown, path: string): boolean {
  const problems =
    error instanceof ApiError ? z.safeParse(fieldProblems, error.details) : undefined;
  return problems?.data?.some((one) => one.path === path) ?? false;
}
