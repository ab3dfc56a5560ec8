import { Pool } from 'undici';

export interface ProxyDeadlines {
  connectMs: number;
  /** From the end of the request's body to the answer's headers. */
  headersMs: number;
  /** Between two pieces of a body, either way. */
  bodyIdleMs: number;
}

/** One service behind the gateway, with its kept-alive connections. */
export interface Upstream {
  name: string;
  origin: string;
  pool: Pool;
}

const maxConnections = 64;
/** More waiting than this means that the service hangs: refuse at once instead of queueing. */
const maxQueued = 256;

/** Opens a pool to a service. Nothing connects before the first request. */
export function createUpstream(name: string, url: string, deadlines: ProxyDeadlines): Upstream {
  const origin = new URL(url).origin;
  const pool = new Pool(origin, {
    connections: maxConnections,
    connect: { timeout: deadlines.connectMs },
    headersTimeout: deadlines.headersMs,
    bodyTimeout: deadlines.bodyIdleMs,
    // Below the 5 s after which Node's servers close an idle connection, so that we close first.
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 4_000,
  });
  return { name, origin, pool };
}

/** True when so many requests wait that one more would only wait too. */
export function isSaturated(upstream: Upstream): boolean {
  return upstream.pool.stats.queued >= maxQueued;
}
