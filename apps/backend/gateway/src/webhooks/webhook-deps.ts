import type { Clock, Database, Logger } from '@medcall/service-kit';
import type { BackOff } from '../jobs/back-off.ts';
import type { Seal } from '../keys/seal.ts';
import type { TargetRules } from './webhook-target.ts';

/** What delivering a webhook takes. */
export interface WebhookDeps {
  db: Database;
  clock: Clock;
  logger: Logger;
  seal: Seal;
  rules: TargetRules;
  timeoutMs: number;
  backOff: BackOff;
}

/** ≈ 10 s, 40 s, 3 min, 11 min, 43 min, 3 h, then every six hours: a day and a half in all. */
export const webhookBackOff: BackOff = {
  firstMs: 10_000,
  factor: 4,
  longestMs: 6 * 3_600_000,
  attempts: 12,
};

/** With what a clinic's sealed secret is bound to it. */
export function webhookSecretContext(clinicaId: string): string {
  return `webhook-secret:${clinicaId}`;
}
