import express, { type Express } from 'express';
import type { Logger } from '../logging/logger.ts';
import { corsFor } from './cors.ts';
import { requestId } from './request-id.ts';
import { requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';

export interface AppOptions {
  logger: Logger;
  corsOrigins: readonly string[];
  trustProxyHops: number;
  /** Name of the service in its metrics. */
  service: string;
  /** Whoever calls is outside of the installation, not a service of ours. */
  isEdge?: boolean;
}

/** An Express app with what every service needs before its routes: ids, log, headers, CORS. No body parser. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxyHops);
  app.use(requestId);
  app.use(requestLog(options.logger, options.service, options.isEdge));
  app.use((_req, res, next) => {
    for (let at = 0; at + 1 < securityHeaders.length; at += 2) {
      res.setHeader(securityHeaders[at] ?? '', securityHeaders[at + 1] ?? '');
    }
    next();
  });
  app.use(corsFor(options.corsOrigins));
  return app;
}
