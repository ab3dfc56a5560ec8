import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  AppError,
  answerError,
  clientOf,
  corsHeaders,
  currentTraceparent,
  type Limiter,
  type Logger,
  outsideTraceparent,
  requestIdFrom,
  requestRecorder,
  securityHeaders,
} from '@medcall/service-kit';
import { pathOf } from './built-in-routes.ts';
import { forward } from './forward.ts';
import type { RouteTable } from './route-table.ts';
import { isSafePath } from './safe-path.ts';
import type { ProxyTargets } from './targets.ts';
import type { ProxyDeadlines } from './upstream.ts';

export interface ServiceLaneDeps {
  targets: ProxyTargets;
  deadlines: ProxyDeadlines;
  /** Who answers what, at this moment. */
  table: () => RouteTable;
  limiter: Limiter;
  corsOrigins: readonly string[];
  trustProxyHops: number;
  logger: Logger;
}

/**
 * Requests that a service behind us answers, by the table of this moment, go past Express: id, record, limit,
 * protecting headers and CORS are those of the app (`createApp`), without the cost of its layers. Everything else, an
 * ambiguous path and a preflight among it, goes to the app.
 */
export function serviceLane(deps: ServiceLaneDeps, app: RequestListener): RequestListener {
  const record = requestRecorder(deps.logger, 'gateway');
  return (req, res) => {
    const target = req.url ?? '';
    const method = req.method ?? '';
    if (method === 'OPTIONS' || !isSafePath(target)) {
      app(req, res);
      return;
    }
    const answerer = deps.table().answererOf(target);
    if (answerer === 'gateway') {
      app(req, res);
      return;
    }
    const id = requestIdFrom(req.headers['x-request-id']);
    record(
      {
        id,
        method,
        path: pathOf(target),
        traceparent: outsideTraceparent(req.headers.traceparent),
      },
      res,
      () => sendOn(deps, answerer, id, req, res),
    );
  };
}

function sendOn(
  deps: ServiceLaneDeps,
  answerer: keyof ProxyTargets,
  requestId: string,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  const { deadlines, limiter, logger, targets } = deps;
  const answerHeaders = [
    'X-Request-Id',
    requestId,
    ...corsHeaders(deps.corsOrigins, req.headers.origin),
  ];
  const fail = (thrown: unknown) => {
    setAll(res, securityHeaders);
    setAll(res, answerHeaders);
    answerError(logger, thrown, requestId, res);
  };
  const upstream = targets[answerer];
  if (upstream === undefined) {
    fail(new AppError('unavailable'));
    return;
  }
  const { address, protocol } = clientOf(req, deps.trustProxyHops);
  const pass = () => {
    const by = {
      clientAddress: address,
      protocol,
      requestId,
      traceparent: currentTraceparent(),
    };
    forward(upstream, deadlines, { req, res, by, answerHeaders, fail });
  };
  // Also what throws before anything is on its way: nobody else would answer it.
  limiter.take(address).then(pass).catch(fail);
}

function setAll(res: ServerResponse, headers: readonly string[]): void {
  for (let at = 0; at + 1 < headers.length; at += 2) {
    res.setHeader(headers[at] ?? '', headers[at + 1] ?? '');
  }
}
