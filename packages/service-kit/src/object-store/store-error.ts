import { AppError } from '../errors/app-error.ts';

/** What a store answered, in words that all vendors share. */
export interface StoreFailure {
  /** HTTP status, or null when there was no answer. */
  status: number | null;
  /** The vendor's own code, for example `SlowDown`. */
  code: string | null;
}

/** Codes for "no room left": MinIO's full disk and quota, Supabase's plan limit. */
const fullCodes = new Set([
  'XMinioStorageFull',
  'XMinioAdminBucketQuotaExceeded',
  'QuotaExceeded',
  'InsufficientStorage',
]);
/** 402 is how Supabase refuses uploads of a project that is over its plan. */
const fullStatuses = new Set([402, 507]);

/** A store's refusal as the one error that services know; the cause keeps the vendor's words for the log. */
export function toStoreError(failure: StoreFailure, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const { code, status } = failure;
  if ((code !== null && fullCodes.has(code)) || (status !== null && fullStatuses.has(status))) {
    return new AppError('storage_full', { cause });
  }
  if (code === 'EntityTooLarge' || status === 413) {
    return new AppError('payload_too_large', { cause });
  }
  // Wrong keys, rights or bucket stay wrong until somebody changes the configuration.
  const forGood = status !== null && status >= 400 && status < 500 && !passing.has(status);
  return new AppError('unavailable', { cause, retryable: !forGood });
}

const passing = new Set([408, 425, 429]);
