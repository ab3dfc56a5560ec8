import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, clientOf, type Limiter, type Logger } from '@medcall/service-kit';
import { type SocketPrefix, socketPrefixes, socketPrefixOf } from '../proxy/built-in-routes.ts';
import { movedSockets } from '../proxy/route-table.ts';
import type { RouteTableSource } from '../proxy/route-table-file.ts';
import { isSafePath } from '../proxy/safe-path.ts';
import type { ProxyTargets } from '../proxy/targets.ts';
import { forwardUpgrade, refuseUpgrade } from '../proxy/upgrade.ts';
import type { ProxyDeadlines } from '../proxy/upstream.ts';

export interface SocketProxyDeps {
  /** How many proxies stand before us, hence whose address a request has. */
  trustProxyHops: number;
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
    const { address, protocol } = clientOf(req, deps.trustProxyHops);
    const by = { clientAddress: address, protocol, requestId: randomUUID() };
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
