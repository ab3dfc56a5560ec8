import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

declare global {
  namespace Express {
    interface Request {
      /** Id of this request in every log line and error body of every service that it passes. */
      id: string;
    }
  }
}

const wellFormed = /^[A-Za-z0-9_-]{8,64}$/;

/** The caller's id when it is well formed, a new one otherwise. */
export function requestIdFrom(given: string | string[] | undefined): string {
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
}

/** Takes the caller's X-Request-Id when it is well formed, makes one otherwise, and answers with it. */
export const requestId: RequestHandler = (req, res, next) => {
  req.id = requestIdFrom(req.get('x-request-id'));
  res.setHeader('X-Request-Id', req.id);
  next();
};
