import { callerOf } from '@medcall/service-kit';
import { bookCost, pricingStatsQuery } from '@medcall/shared-types/pricing';
import { uuid } from '@medcall/shared-types/primitives';
import { Router } from 'express';
import { z } from 'zod';
import type { AiPricing } from '../services/ai-pricing.ts';

const idempotencyKey = z.string().min(1).max(200).optional();
const listQuery = z.object({
  consultation_id: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: uuid.optional(),
});

/** `/api/ai-pricing`: what the engines cost. */
export function pricingRoutes(pricing: AiPricing): Router {
  const router = Router();
  router.get('/', async (req, res) => {
    const query = listQuery.parse(req.query);
    const items = await pricing.list(callerOf(req), {
      limit: query.limit,
      ...(query.consultation_id === undefined ? {} : { consultationId: query.consultation_id }),
      ...(query.cursor === undefined ? {} : { after: query.cursor }),
    });
    const last = items.length === query.limit ? items.at(-1) : undefined;
    res.json({ items, nextCursor: last?.id ?? null });
  });
  router.post('/', async (req, res) => {
    const key = idempotencyKey.parse(req.get('idempotency-key'));
    res.status(201).json(await pricing.book(callerOf(req), bookCost.parse(req.body), key));
  });
  router.get('/stats', async (req, res) => {
    const query = pricingStatsQuery.parse(req.query);
    res.json(
      await pricing.stats(callerOf(req), {
        period: query.period,
        ...(query.doctor_id === undefined ? {} : { doctorId: query.doctor_id }),
        ...(query.service === undefined ? {} : { service: query.service }),
      }),
    );
  });
  return router;
}
