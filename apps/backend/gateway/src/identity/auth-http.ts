import {
  type AppError,
  bearerToken,
  type Limiter,
  type Logger,
  toAppError,
} from '@medcall/service-kit';
import { type ErrorRequestHandler, json, type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import { AuthApiError, apiVersion, apiVersionHeader, errorAnswer } from './auth-api-error.ts';
import type { Origin } from './identity-deps.ts';

export const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};

// auth-js sends `application/json;charset=UTF-8`; whatever it is called, the body is JSON.
export const body = json({ limit: '16kb', type: () => true });

export function limitAttempts(limiter: Limiter): RequestHandler {
  return async (req, _res, next) => {
    await limiter.take(req.ip ?? 'unknown');
    next();
  };
}

export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AuthApiError('validation_failed', { cause: parsed.error });
  return parsed.data;
}

export function bearerOf(req: Request): string {
  const token = bearerToken(req.get('authorization'));
  if (token === undefined) throw new AuthApiError('no_authorization');
  return token;
}

export function originOf(req: Request): Origin {
  return {
    address: req.ip ?? '0.0.0.0',
    userAgent: req.get('user-agent')?.slice(0, 400) ?? null,
    requestId: req.id,
  };
}

export function authErrors(logger: Logger): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    if (res.headersSent) {
      next(thrown);
      return;
    }
    const error = toAuthApiError(thrown);
    if (error.status >= 500)
      logger.error({ err: error.cause, requestId: req.id }, 'identity failed');
    if (error.retryAfterMs !== undefined) {
      res.setHeader('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
    }
    const asked = req.get(apiVersionHeader);
    if (asked !== undefined) res.setHeader(apiVersionHeader, apiVersion);
    res.status(error.status).json(errorAnswer(error, asked));
  };
}

function toAuthApiError(thrown: unknown): AuthApiError {
  if (thrown instanceof AuthApiError) return thrown;
  const error: AppError = toAppError(thrown);
  switch (error.code) {
    case 'rate_limited':
      return new AuthApiError('over_request_rate_limit', {
        cause: thrown,
        ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
      });
    case 'validation_failed':
    case 'payload_too_large':
      return new AuthApiError('bad_json', { cause: thrown });
    case 'unavailable':
      return new AuthApiError('service_unavailable', { cause: thrown });
    default:
      return new AuthApiError('unexpected_failure', { cause: thrown });
  }
}
