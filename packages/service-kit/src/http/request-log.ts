import type { RequestHandler } from 'express';
import { isShadowed } from '../database/shadowed.ts';
import type { Logger } from '../logging/logger.ts';
import { outsideTraceparent } from '../tracing/spans.ts';
import { requestRecorder } from './request-record.ts';

/** Records each request (`request-record.ts`). Stands behind `requestId`. */
export function requestLog(logger: Logger, service: string, isEdge = false): RequestHandler {
  const record = requestRecorder(logger, service);
  return (req, res, next) => {
    // Nobody asked for it: it is no request of the day.
    if (isShadowed()) {
      next();
      return;
    }
    // The path now, because a router that answers leaves its own part of it behind.
    const { id, method, path } = req;
    const said = req.get('traceparent');
    const traceparent = isEdge ? outsideTraceparent(said) : said;
    record({ id, method, path, traceparent }, res, next);
  };
}
