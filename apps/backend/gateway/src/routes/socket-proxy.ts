import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, type Limiter, type Logger } from '@medcall/service-kit';
import type { Express } from 'express';
import { type SocketPrefix, socketPrefixes, socketPrefixOf } from '../proxy/built-in-routes.ts';
import { movedSockets } from '../proxy/route-table.ts';
import type { RouteTableSource } from '../proxy/route-table-file.ts';
import { isSafePath } from '../proxy/safe-path.ts';
import { forwardUpgrade, refuseUpgrade } from '../proxy/upgrade.ts';
import type { ProxyDeadlines } from '../proxy/upstream.ts';
import type { ProxyTargets } from './proxy.ts';

export interface SocketProxyDeps {
  /** Knows how many proxies stand before us, hence whose address a request has. */
  app: Express;
  table: RouteTableSource;
  targets: ProxyTargets;
  deadlines: ProxyDeadlines;
  limiter: Limiter;
  logger: Logger;
}

/**
 * Upgrades sockets to the monolith or to the realtime service. When a prefix moves, its open lines are
 * cut: clients come back by themselves, and the people of one room do not stay on two sides.
 * @returns cuts every open line
 */
export function serveSockets(server: Server, deps: SocketProxyDeps): () => void {
  const lines: Record<SocketPrefix, Set<() => void>> = {
    '/socket.io': new Set(),
    '/pcm-transcription': new Set(),
  };
  const cut = (prefixes: readonly SocketPrefix[]) => {
    for (const prefix of prefixes) for (const line of [...lines[prefix]]) line();
  };
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Without a listener a broken line would end the process.
    socket.on('error', () => socket.destroy());
    const target = req.url ?? '';
    const prefix = isSafePath(target) ? socketPrefixOf(target) : undefined;
    const by = forwardedBy(deps.app, req);
    deps.limiter
      .take(by.clientAddress)
      .then(() => {
        const answerer = prefix && deps.table.current().socketAnswererOf(target);
        const upstream = answerer && deps.targets[answerer];
        if (!prefix || !upstream) return refuseUpgrade(socket, 404);
        const { connectMs, headersMs } = deps.deadlines;
        forwardUpgrade(req, socket, head, by, {
          origin: upstream.origin,
          answerMs: connectMs + headersMs,
          open: lines[prefix],
        });
      })
      .catch((error: unknown) => {
        const limited = error instanceof AppError && error.code === 'rate_limited';
        if (!limited) deps.logger.error({ err: error }, 'an upgrade was not sent on');
        refuseUpgrade(socket, limited ? 429 : 503);
      });
  });
  deps.table.onChange((before, after) => cut(movedSockets(before, after)));
  return () => cut(socketPrefixes);
}

/** Express's own reading of X-Forwarded-For, for a request that did not pass through it. */
function forwardedBy(app: Express, req: IncomingMessage) {
  const seen: Express['request'] = Object.setPrototypeOf(req, app.request);
  return {
    clientAddress: seen.ip ?? 'unknown',
    protocol: seen.protocol,
    requestId: randomUUID(),
  };
}
