import type { RequestHandler } from 'express';
import { type Logger, scrubUrl } from '../logging/logger.ts';
import { metrics } from '../metrics/metrics.ts';
import { routeLabel } from '../metrics/route-label.ts';

const quietPaths = new Set(['/api/health', '/api/health/ready']);

/** One line per answered request: no body, no query secrets, no person. */
export function requestLog(logger: Logger, service: string): RequestHandler {
  return (req, res, next) => {
    const startedAt = process.hrtime.bigint();
    res.on('close', () => {
      const durationMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
      const { method, path } = req;
      metrics.requests.observe(
        { service, method, route: routeLabel(path, res.statusCode), status: res.statusCode },
        durationMs / 1000,
      );
      // A probe that finds a starting service not ready is no failure.
      const level = quietPaths.has(req.path) ? 'debug' : res.statusCode >= 500 ? 'error' : 'info';
      logger[level](
        {
          requestId: req.id,
          method: req.method,
          path: scrubUrl(req.originalUrl).split('?')[0],
          status: res.statusCode,
          durationMs: Math.round(durationMs * 10) / 10,
        },
        'request',
      );
    });
    next();
  };
}
