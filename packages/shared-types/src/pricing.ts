import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

export const aiService = z.enum(['whisper', 'gpt-4o', 'embedding']);
export type AiService = z.infer<typeof aiService>;

/** BRL, number or decimal string with at most 6 decimals. */
export const brlAmount = z.union([
  z.number().min(0).max(1_000_000),
  z.string().regex(/^\d{1,7}(\.\d{1,6})?$/),
]);

export const bookCost = z.object({
  consultation_id: uuid,
  /** `gpt` is the seed's word for what is stored as `gpt-4o`. */
  service: z.enum(['whisper', 'gpt', 'gpt-4o', 'embedding']),
  tokens: z.number().int().min(0).optional(),
  seconds: z.number().min(0).optional(),
  model: z.string().max(100).optional(),
  cost: brlAmount,
});
export type BookCost = z.infer<typeof bookCost>;

export const pricingStatsQuery = z.object({
  period: z.enum(['day', 'week', 'month']).default('month'),
  doctor_id: uuid.optional(),
  service: aiService.optional(),
});

/** A price or the rate of the dollar that nobody has looked up for longer than such figures hold. */
export const stalePrice = z.object({
  /** The model, or `BRL/USD`. */
  name: z.string(),
  /** Day (YYYY-MM-DD) of the last look, and where. */
  checkedAt: z.string(),
  source: z.string(),
  ageDays: z.number().int(),
});
export type StalePrice = z.infer<typeof stalePrice>;

export const pricingStats = z.object({
  period: z.enum(['day', 'week', 'month']),
  from: instant,
  to: instant,
  totalBrl: z.string(),
  /** Part of the total whose true price is not known (yet): booked at the most that it can be. */
  estimatedBrl: z.string(),
  byService: z.array(z.object({ service: aiService, totalBrl: z.string(), calls: z.number() })),
  byDoctor: z.array(z.object({ doctor_id: uuid, totalBrl: z.string(), calls: z.number() })),
  byDay: z.array(z.object({ day: z.string(), totalBrl: z.string() })),
  /** Old figures behind the period's costs and the engines in use; a monolith may not tell. */
  stalePrices: z.array(stalePrice).optional(),
});
export type PricingStats = z.infer<typeof pricingStats>;
