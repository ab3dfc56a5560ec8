import { callerOf } from '@medcall/service-kit';
import { Router } from 'express';
import { z } from 'zod';
import type { GuidelineSearch } from '../services/guideline-search.ts';

const searchQuery = z.object({
  q: z.string().trim().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(30).default(8),
  mode: z.enum(['hybrid', 'text', 'embedding']).default('hybrid'),
  age: z.coerce.number().min(0).max(130).optional(),
  sex: z.enum(['F', 'M']).optional(),
});

/** `/api/guidelines`: the passages that questions rest on. Without `q`, the list of documents. */
export function guidelineRoutes(guidelines: GuidelineSearch): Router {
  const router = Router();
  router.get('/', async (req, res) => {
    const query = searchQuery.parse(req.query);
    const items = query.q
      ? await guidelines.search(callerOf(req), {
          text: query.q,
          limit: query.limit,
          mode: query.mode,
          patient: {
            ...(query.age === undefined ? {} : { ageYears: query.age }),
            ...(query.sex === undefined ? {} : { sex: query.sex }),
          },
        })
      : await guidelines.documents(callerOf(req));
    res.json({ items, nextCursor: null });
  });
  return router;
}
