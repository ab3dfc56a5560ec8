import type { Logger } from '@medcall/service-kit';
import type { AiPricing } from './ai-pricing.ts';

export interface SearchUse {
  consultationId: string;
  transcriptionId: string | null;
}

export interface SearchLedger {
  book(use: SearchUse): void;
  /** Waits for bookings under way. */
  drain(): Promise<void>;
}

/** Books each use of the embedded search at no cost: the ledger then shows that, and how often, it ran. */
export function searchLedger(options: {
  pricing: AiPricing;
  model: string;
  logger: Logger;
}): SearchLedger {
  const underWay = new Set<Promise<void>>();
  return {
    book({ consultationId, transcriptionId }) {
      const caller = {
        kind: 'service',
        name: 'ai-service',
        consultationId,
        clinicaId: null,
      } as const;
      const entry = {
        consultation_id: consultationId,
        service: 'embedding',
        model: options.model,
        cost: 0,
      } as const;
      const key = transcriptionId === null ? undefined : `search:${transcriptionId}`;
      const booking = options.pricing
        .book(caller, entry, key)
        .then(() => undefined)
        .catch((error: unknown) => {
          options.logger.warn({ err: error }, 'a search was not booked');
        })
        .finally(() => underWay.delete(booking));
      underWay.add(booking);
    },
    async drain() {
      await Promise.all(underWay);
    },
  };
}

/** For engines that book their own use. */
export const noSearchLedger: SearchLedger = {
  book: () => undefined,
  drain: async () => undefined,
};
