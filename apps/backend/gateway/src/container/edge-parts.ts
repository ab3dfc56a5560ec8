import { createLimiter, type Limiter, type RedisClient } from '@medcall/service-kit';
import type { GatewayEnv } from '../config/env.ts';
import { createUpstream, type ProxyDeadlines } from '../proxy/upstream.ts';
import type { ProxyTargets } from '../routes/proxy.ts';

/** What stands before every route: limits by address, and the services that requests are sent on to. */
export interface EdgeParts {
  limits: { general: Limiter; signIn: Limiter; exchange: Limiter };
  proxy: { targets: ProxyTargets; deadlines: ProxyDeadlines };
}

export function createLimits(env: GatewayEnv, redis: RedisClient | undefined): EdgeParts['limits'] {
  const perMinute = (prefix: string, points: number) =>
    createLimiter({ durationSeconds: 60, prefix, points }, redis);
  return {
    general: perMinute('ratelimit', env.RATE_LIMIT_PER_MINUTE),
    signIn: perMinute('ratelimit:auth', env.AUTH_RATE_LIMIT_PER_MINUTE),
    exchange: perMinute('ratelimit:invitation', env.INVITATION_RATE_LIMIT_PER_MINUTE),
  };
}

export function createProxy(env: GatewayEnv): EdgeParts['proxy'] {
  const deadlines = {
    connectMs: env.PROXY_CONNECT_TIMEOUT_MS,
    headersMs: env.PROXY_HEADERS_TIMEOUT_MS,
    bodyIdleMs: env.PROXY_BODY_IDLE_TIMEOUT_MS,
  };
  return {
    deadlines,
    targets: {
      realtime: createUpstream('realtime-service', env.REALTIME_SERVICE_URL, deadlines),
      ai: createUpstream('ai-service', env.AI_SERVICE_URL, deadlines),
    },
  };
}
