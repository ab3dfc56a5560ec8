import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { isShadowed } from '../database/shadowed.ts';
import { AppError } from '../errors/app-error.ts';
import type { RedisClient } from '../redis/redis.ts';

export interface LimitRule {
  /** Part of the counter's key; the general limit per address is `ratelimit:{ip}`. */
  prefix: string;
  points: number;
  durationSeconds: number;
}

export interface Limiter {
  /** @throws AppError rate_limited with retryAfterMs */
  take(key: string, points?: number): Promise<void>;
}

/** Counters in Redis when there is one; when it is down, in this process's memory at once. */
export function createLimiter(rule: LimitRule, redis?: RedisClient): Limiter {
  const memory = new RateLimiterMemory({
    keyPrefix: rule.prefix,
    points: rule.points,
    duration: rule.durationSeconds,
  });
  const limiter = redis
    ? new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: rule.prefix,
        points: rule.points,
        duration: rule.durationSeconds,
        insuranceLimiter: memory,
      })
    : memory;
  return {
    async take(key, points = 1) {
      // The client paid for it with the read that he was answered.
      if (isShadowed()) return;
      try {
        await limiter.consume(key, points);
      } catch (thrown) {
        if (thrown instanceof RateLimiterRes) {
          throw new AppError('rate_limited', { retryAfterMs: thrown.msBeforeNext, cause: thrown });
        }
        throw thrown;
      }
    },
  };
}

/** Limits requests per client address. */
export function limitByAddress(limiter: Limiter): RequestHandler {
  return async (req, _res, next) => {
    await limiter.take(req.ip ?? 'unknown');
    next();
  };
}
