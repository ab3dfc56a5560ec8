import type { RequestHandler } from 'express';
import type { Logger } from '../logging/logger.ts';
import { requestRecorder } from './request-record.ts';

/** Records each request (`request-record.ts`). Stands behind `requestId`. */
export function requestLog(logger: Logger, service: string): RequestHandler {
  const record = requestRecorder(logger, service);
  return (req, res, next) => {
    // The path now, because a router that answers leaves its own part of it behind.
    const { id, method, path } = req;
    record({ id, method, path, traceparent: req.get('traceparent') }, res, next);
  };
}
