import { AppError } from '@medcall/service-kit';
import type { RequestHandler } from 'express';
import { isSafePath } from '../proxy/safe-path.ts';

/**
 * Refuses ambiguous paths everywhere. What a service behind us answers has left before (`proxy/service-lane.ts`);
 * which prefixes those are stands in `proxy/built-in-routes.ts`.
 */
export const refuseAmbiguousPaths: RequestHandler = (req, _res, next) => {
  if (!isSafePath(req.originalUrl)) {
    throw new AppError('validation_failed', { message: 'Endereço inválido.' });
  }
  next();
};
