import {
  type Clock,
  createLimiter,
  type Limiter,
  type Logger,
  type RedisClient,
} from '@medcall/service-kit';
import type { GatewayEnv } from '../config/env.ts';
import { builtInRoutes, monolithRoutes } from '../proxy/route-table.ts';
import {
  fixedRouteTable,
  type RouteTableSource,
  routeTableFile,
} from '../proxy/route-table-file.ts';
import { createShadowReport, type ShadowReport } from '../proxy/shadow/shadow-report.ts';
import type { ProxyTargets } from '../proxy/targets.ts';
import { createUpstream, type ProxyDeadlines } from '../proxy/upstream.ts';

/** What stands before every route: limits by address, and the services that requests are sent on to. */
export interface EdgeParts {
  limits: { general: Limiter; signIn: Limiter; exchange: Limiter };
  proxy: {
    targets: ProxyTargets;
    deadlines: ProxyDeadlines;
    table: RouteTableSource;
    /** What reads that went to both sides of a migration have shown. */
    shadowReport: ShadowReport;
    close(): Promise<void>;
  };
}

const routeTableEveryMs = 1_000;

export function createLimits(env: GatewayEnv, redis: RedisClient | undefined): EdgeParts['limits'] {
  const perMinute = (prefix: string, points: number) =>
    createLimiter({ durationSeconds: 60, prefix, points }, redis);
  return {
    general: perMinute('ratelimit', env.RATE_LIMIT_PER_MINUTE),
    signIn: perMinute('ratelimit:auth', env.AUTH_RATE_LIMIT_PER_MINUTE),
    exchange: perMinute('ratelimit:invitation', env.INVITATION_RATE_LIMIT_PER_MINUTE),
  };
}

export function createProxy(env: GatewayEnv, logger: Logger, clock: Clock): EdgeParts['proxy'] {
  const deadlines = {
    connectMs: env.PROXY_CONNECT_TIMEOUT_MS,
    headersMs: env.PROXY_HEADERS_TIMEOUT_MS,
    bodyIdleMs: env.PROXY_BODY_IDLE_TIMEOUT_MS,
  };
  const targets: ProxyTargets = {
    realtime: createUpstream('realtime-service', env.REALTIME_SERVICE_URL, deadlines),
    ai: createUpstream('ai-service', env.AI_SERVICE_URL, deadlines),
  };
  if (env.MONOLITH_URL) {
    targets.monolith = createUpstream('monolith', env.MONOLITH_URL, deadlines);
  }
  const table = chooseRouteTable(env, logger);
  const shadowReport = createShadowReport(clock);
  table.onChange(() => shadowReport.clear());
  return {
    deadlines,
    targets,
    table,
    shadowReport,
    async close() {
      await Promise.all(Object.values(targets).map(({ pool }) => pool.destroy()));
    },
  };
}

/** Without a file beside a monolith everything is the monolith's still. */
function chooseRouteTable(env: GatewayEnv, logger: Logger): RouteTableSource {
  if (!env.MONOLITH_URL) return fixedRouteTable(builtInRoutes);
  if (!env.ROUTE_TABLE_FILE) return fixedRouteTable(monolithRoutes);
  return routeTableFile({ path: env.ROUTE_TABLE_FILE, everyMs: routeTableEveryMs, logger });
}
