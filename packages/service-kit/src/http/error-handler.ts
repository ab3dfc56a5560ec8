import type { ErrorRequestHandler, RequestHandler } from 'express';
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
    const error = toAppError(thrown);
    metrics.errors.inc({ code: error.code });
    if (error.status >= 500) {
      logger.error({ err: error.cause ?? error, requestId: req.id, code: error.code }, 'failed');
    }
    if (res.headersSent) {
      next(thrown);
      return;
    }
    if (error.retryAfterMs !== undefined) {
      res.setHeader('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
    }
    res.status(error.status).json(error.toBody(req.id));
  };
}
