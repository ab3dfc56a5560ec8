import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { isShadowed } from '../database/shadowed.ts';
import { notFound } from '../errors/app-error.ts';
import { toAppError } from '../errors/to-app-error.ts';
import type { Logger } from '../logging/logger.ts';
import { metrics } from '../metrics/metrics.ts';

/** Last but one: no route matched. */
export const unknownRoute: RequestHandler = () => {
  throw notFound();
};

/** Last: every thrown thing becomes the error envelope; the cause goes to the log, never to the caller. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    if (!answerError(logger, thrown, req.id, res)) next(thrown);
  };
}

/**
 * Answers a thrown thing as the error envelope, and counts it.
 * @returns false when an answer has begun already: then there is nothing left to say
 */
export function answerError(
  logger: Logger,
  thrown: unknown,
  requestId: string,
  res: ServerResponse,
): boolean {
  const error = toAppError(thrown);
  if (!isShadowed()) metrics.errors.inc({ code: error.code });
  if (error.status >= 500) {
    logger.error({ err: error.cause ?? error, requestId, code: error.code }, 'failed');
  }
  if (res.headersSent) return false;
  if (error.retryAfterMs !== undefined) {
    res.setHeader('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
  }
  const body = Buffer.from(JSON.stringify(error.toBody(requestId)));
  res.statusCode = error.status;
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', body.length);
  // A HEAD has no body; Node leaves it out by itself.
  res.end(body);
  return true;
}
