import { ZodError } from 'zod';
import { AppError } from './app-error.ts';

/** SQLSTATEs that mean something to a caller (PostgreSQL manual, appendix A). */
const sqlStates: Record<string, ConstructorParameters<typeof AppError>[0]> = {
  '23505': 'conflict',
  '23P01': 'conflict',
  '23503': 'validation_failed',
  '23514': 'validation_failed',
  '22P02': 'not_found',
  '23001': 'conflict',
  '42501': 'forbidden',
  '40001': 'unavailable',
  '40P01': 'unavailable',
  '53300': 'unavailable',
  '55P03': 'unavailable',
  '57014': 'unavailable',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
};
/** What pg says, without a code, when the line to the server breaks or stays silent. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Query read timeout|timeout exceeded when trying to connect)/i;
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Translates whatever was thrown into an AppError, keeping the cause; unknown things become `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof ZodError) {
    const details = thrown.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    }));
    return new AppError('validation_failed', { details, cause: thrown });
  }
  const code = codeOf(thrown);
  if (code !== undefined) {
    const known = sqlStates[code];
    if (known) return new AppError(known, { cause: thrown });
    if (networkCodes.has(code)) return new AppError('unavailable', { cause: thrown });
  }
  const type = typeOf(thrown);
  if (type === 'entity.too.large') return new AppError('payload_too_large', { cause: thrown });
  if (type?.startsWith('entity.') || type === 'encoding.unsupported') {
    return new AppError('validation_failed', { cause: thrown });
  }
  if (thrown instanceof Error && lostConnection.test(thrown.message)) {
    return new AppError('unavailable', { cause: thrown });
  }
  return new AppError('internal', { cause: thrown });
}

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
    ? thrown.code
    : undefined;
}

function typeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'type' in thrown && typeof thrown.type === 'string'
    ? thrown.type
    : undefined;
}
