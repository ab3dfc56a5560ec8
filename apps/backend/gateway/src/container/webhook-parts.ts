import { createWebhookDeliveries, type WebhookDeliveries } from '../services/webhook-deliveries.ts';
import { createWebhooks, type Webhooks } from '../services/webhooks.ts';
import { type WebhookDeps, webhookBackOff } from '../webhooks/webhook-deps.ts';
import { type Resolve, systemResolve } from '../webhooks/webhook-target.ts';
import type { Foundation } from './foundation.ts';

export interface WebhookParts {
  webhooks: Webhooks;
  webhookDeliveries: WebhookDeliveries;
  /** What the jobs that deliver webhooks take. */
  delivery: WebhookDeps;
}

/** @param resolve where names of webhooks point to; a test brings its own */
export function createWebhookParts(
  foundation: Foundation,
  resolve: Resolve = systemResolve,
): WebhookParts {
  const { clock, db, env, logger, seal } = foundation;
  const delivery: WebhookDeps = {
    db,
    clock,
    logger,
    seal,
    rules: { resolve, allowLoopback: env.WEBHOOK_ALLOW_LOOPBACK },
    timeoutMs: env.WEBHOOK_TIMEOUT_MS,
    backOff: { ...webhookBackOff, firstMs: env.DELIVERY_RETRY_MS },
  };
  return {
    delivery,
    webhooks: createWebhooks(delivery),
    webhookDeliveries: createWebhookDeliveries(delivery),
  };
}
