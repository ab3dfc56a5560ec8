import { type ErrorBody, type ErrorCode, errorFaces } from '@medcall/shared-types';

export interface AppErrorOptions {
  /** pt-BR sentence for the person; the code's own sentence when left out. */
  message?: string;
  /** Machine-readable particulars that may leave the service: never clinical text, never a secret. */
  details?: unknown;
  cause?: unknown;
  /** Whether the same call may succeed later without a change. */
  retryable?: boolean;
  retryAfterMs?: number;
}

const retryableByNature: ReadonlySet<ErrorCode> = new Set(['unavailable', 'rate_limited']);

/** The one error that services throw on purpose. Its code decides status and wording at the border. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? errorFaces[code].message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
    this.retryable = options.retryable ?? retryableByNature.has(code);
    this.retryAfterMs = options.retryAfterMs;
  }

  get status(): number {
    return errorFaces[this.code].status;
  }

  toBody(requestId?: string): ErrorBody {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.details === undefined ? {} : { details: this.details }),
        ...(requestId === undefined ? {} : { requestId }),
      },
    };
  }
}

/** A foreign row is not found, never forbidden: existence itself is private. */
export function notFound(): AppError {
  return new AppError('not_found');
}
