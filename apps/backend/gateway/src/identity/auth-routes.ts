import {
  type AppError,
  bearerToken,
  type Limiter,
  type Logger,
  toAppError,
} from '@medcall/service-kit';
import { type ErrorRequestHandler, json, type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { SigningKeys } from '../keys/signing-keys.ts';
import { AuthApiError, apiVersion, apiVersionHeader, errorAnswer } from './auth-api-error.ts';
import type { Identity } from './identity.ts';
import type { Origin } from './identity-deps.ts';

const passwordGrant = z.object({
  email: z.string().min(3).max(254),
  password: z.string().min(1).max(1024),
});
const refreshGrant = z.object({ refresh_token: z.string().min(1).max(512) });
const userChanges = z.object({
  // A new address must be confirmed by mail first; ignoring it would look like success.
  email: z.undefined().optional(),
  password: z.string().max(1024).optional(),
  data: z
    .record(z.string().max(100), z.unknown())
    .refine((data) => JSON.stringify(data).length <= 4096)
    .optional(),
});
const signOutScope = z.enum(['global', 'local', 'others']).default('global');

export interface AuthRoutesDeps {
  identity: Identity;
  keys: SigningKeys;
  limiter: Limiter;
  logger: Logger;
  version: string;
}

/** `/auth/v1/*`: Supabase Auth's HTTP API as supabase-js 2 calls it, errors included. */
export function authRoutes(deps: AuthRoutesDeps): Router {
  const { identity, keys } = deps;
  const router = Router({ caseSensitive: true });
  router.use(noStore);

  router.get('/health', (_req, res) => {
    res.json({ name: 'GoTrue', version: deps.version, description: 'MedCall embedded identity' });
  });
  router.get('/settings', (_req, res) => {
    res.json(settings);
  });
  router.get('/.well-known/jwks.json', async (_req, res) => {
    res.setHeader('Cache-Control', 'public, max-age=60');
    res.json(await keys.jwks());
  });

  router.post('/token', limitAttempts(deps.limiter), body, async (req, res) => {
    switch (req.query.grant_type) {
      case 'password':
        res.json(await identity.signIn(parse(passwordGrant, req.body), originOf(req)));
        return;
      case 'refresh_token':
        res.json(
          await identity.refresh(parse(refreshGrant, req.body).refresh_token, originOf(req)),
        );
        return;
      default:
        throw new AuthApiError('unsupported_grant_type');
    }
  });
  router.get('/user', async (req, res) => {
    res.json(await identity.user(bearerOf(req)));
  });
  router.put('/user', limitAttempts(deps.limiter), body, async (req, res) => {
    const changes = parse(userChanges, req.body);
    res.json(await identity.updateUser(bearerOf(req), changes, originOf(req)));
  });
  router.post('/logout', async (req, res) => {
    await identity.signOut(bearerOf(req), parse(signOutScope, req.query.scope), originOf(req));
    res.status(204).end();
  });

  router.use(authErrors(deps.logger));
  return router;
}

const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};

// auth-js sends `application/json;charset=UTF-8`; whatever it is called, the body is JSON.
const body = json({ limit: '16kb', type: () => true });

function limitAttempts(limiter: Limiter): RequestHandler {
  return async (req, _res, next) => {
    await limiter.take(req.ip ?? 'unknown');
    next();
  };
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AuthApiError('validation_failed', { cause: parsed.error });
  return parsed.data;
}

function bearerOf(req: Request): string {
  const token = bearerToken(req.get('authorization'));
  if (token === undefined) throw new AuthApiError('no_authorization');
  return token;
}

function originOf(req: Request): Origin {
  return {
    address: req.ip ?? '0.0.0.0',
    userAgent: req.get('user-agent')?.slice(0, 400) ?? null,
    requestId: req.id,
  };
}

function authErrors(logger: Logger): ErrorRequestHandler {
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

/** What `GET /settings` tells a client: e-mail and password, no self-registration. */
const settings = {
  external: { email: true, phone: false, anonymous_users: false },
  disable_signup: true,
  mailer_autoconfirm: false,
  phone_autoconfirm: false,
  sms_provider: '',
  saml_enabled: false,
};
