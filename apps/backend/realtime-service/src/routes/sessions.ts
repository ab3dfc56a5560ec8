import { notFound, userOf } from '@medcall/service-kit';
import { roomId, uuid } from '@medcall/shared-types';
import { Router } from 'express';
import { z } from 'zod';
import type { SessionReader } from '../services/session-reader.ts';

const listQuery = z.object({
  room_id: roomId.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const idParam = z.object({ id: uuid });

/** `/api/sessions`: captures of consultations. */
export function sessionRoutes(sessions: SessionReader): Router {
  const router = Router();
  router.get('/', async (req, res) => {
    const query = listQuery.parse(req.query);
    const items = await sessions.list(userOf(req), {
      limit: query.limit,
      ...(query.room_id === undefined ? {} : { roomId: query.room_id }),
    });
    res.json({ items, nextCursor: null });
  });
  router.get('/:id', async (req, res) => {
    const params = idParam.safeParse(req.params);
    const session = params.success ? await sessions.byId(userOf(req), params.data.id) : null;
    if (!session) throw notFound();
    res.json(session);
  });
  return router;
}
