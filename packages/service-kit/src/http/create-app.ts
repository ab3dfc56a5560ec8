import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from '../logging/logger.ts';
import { corsFor } from './cors.ts';
import { requestId } from './request-id.ts';
import { requestLog } from './request-log.ts';

export interface AppOptions {
  logger: Logger;
  corsOrigins: readonly string[];
  trustProxyHops: number;
  /** Name of the service in its metrics. */
  service: string;
}

/** An Express app with what every service needs before its routes: ids, log, headers, CORS. No body parser. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxyHops);
  app.use(requestId);
  app.use(requestLog(options.logger, options.service));
  app.use(
    helmet({
      contentSecurityPolicy: {
        // Data, no page: helmet's defaults would allow more, at three times the length.
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use(corsFor(options.corsOrigins));
  return app;
}
