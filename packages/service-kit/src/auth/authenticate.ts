import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors/app-error.ts';
import type { Caller, MemberCaller, UserCaller } from './caller.ts';
import type { TokenVerifier } from './token-verifier.ts';

declare global {
  namespace Express {
    interface Request {
      caller?: Caller;
    }
  }
}

/** The bearer token of an Authorization header, or undefined. */
export function bearerToken(header: string | undefined): string | undefined {
  const match = /^Bearer\s+([A-Za-z0-9._~+/-]+=*)$/i.exec(header ?? '');
  return match?.[1];
}

/** Refuses requests without a valid bearer token and sets `req.caller`. */
export function authenticate(verifier: TokenVerifier): RequestHandler {
  return async (req, _res, next) => {
    const token = bearerToken(req.get('authorization'));
    if (token === undefined) throw new AppError('unauthenticated');
    req.caller = await verifier.verify(token);
    next();
  };
}

/** The verified caller of a request behind `authenticate`. */
export function callerOf(req: Request): Caller {
  if (!req.caller) throw new AppError('unauthenticated');
  return req.caller;
}

/** The caller, when a person and not a service. */
export function userOf(req: Request): UserCaller {
  const caller = callerOf(req);
  if (caller.kind === 'service') throw new AppError('forbidden');
  return caller;
}

/** The caller, when somebody with an account. */
export function memberOf(req: Request): MemberCaller {
  const caller = callerOf(req);
  if (caller.kind !== 'member') throw new AppError('forbidden');
  return caller;
}
