import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { closeServer, listen, shadowed } from '@medcall/service-kit';
import { createUpstream, type ProxyDeadlines, type Upstream } from '../upstream.ts';

export interface ShadowAnswerer {
  upstream: Upstream;
  /** Goes with each request; only this process knows it. */
  secret: string;
  stop(): Promise<void>;
}

export const shadowHeader = 'X-Medcall-Shadow';

/**
 * Our own side of a shadow read: the gateway's app on a port of the loopback, where every transaction is
 * rolled back. It takes reads with this process's secret and nothing else: a read that leaves no audit row
 * is nobody else's to ask for.
 */
export async function startShadowAnswerer(
  app: RequestListener,
  deadlines: ProxyDeadlines,
): Promise<ShadowAnswerer> {
  const key = randomBytes(32);
  const secret = key.toString('hex');
  const server = createServer((req, res) => {
    const given = Buffer.from(String(req.headers[shadowHeader.toLowerCase()] ?? ''), 'hex');
    const isOurs = given.length === key.length && timingSafeEqual(given, key);
    if (!isOurs || (req.method !== 'GET' && req.method !== 'HEAD')) {
      res.writeHead(404).end();
      return;
    }
    shadowed(() => app(req, res));
  });
  const port = await listen(server, 0, '127.0.0.1');
  const upstream = createUpstream('gateway-shadow', `http://127.0.0.1:${port}`, deadlines);
  return {
    upstream,
    secret,
    async stop() {
      await upstream.pool.destroy();
      await closeServer(server, 500);
    },
  };
}
