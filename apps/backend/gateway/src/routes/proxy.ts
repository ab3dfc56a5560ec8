import { AppError } from '@medcall/service-kit';
import { Router } from 'express';
import type { BackService } from '../proxy/built-in-routes.ts';
import { forward } from '../proxy/forward.ts';
import { builtInRoutes, type RouteTable } from '../proxy/route-table.ts';
import { isSafePath } from '../proxy/safe-path.ts';
import type { ProxyDeadlines, Upstream } from '../proxy/upstream.ts';

export type ProxyTargets = Record<BackService, Upstream> & {
  /** What is being replaced; there while `MONOLITH_URL` is set. */
  monolith?: Upstream;
};

/**
 * Refuses ambiguous paths everywhere, and hands a path to who answers it by the table of this moment.
 * Stands before body parsers.
 */
export function proxyRoutes(
  targets: ProxyTargets,
  deadlines: ProxyDeadlines,
  table: () => RouteTable = () => builtInRoutes,
): Router {
  const router = Router();
  router.use((req, res, next) => {
    const target = req.originalUrl;
    if (!isSafePath(target)) {
      throw new AppError('validation_failed', { message: 'Endereço inválido.' });
    }
    const answerer = table().answererOf(target);
    if (answerer === 'gateway') {
      next();
      return;
    }
    const upstream = targets[answerer];
    if (upstream === undefined) throw new AppError('unavailable');
    forward(upstream, deadlines, req, res, next);
  });
  return router;
}
