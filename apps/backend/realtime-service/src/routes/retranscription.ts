import { memberOf, notFound } from '@medcall/service-kit';
import { roomId } from '@medcall/shared-types';
import { type Request, Router } from 'express';
import type { Retranscriptions } from '../retranscription/retranscriptions.ts';

/** `/api/rooms/:roomId/retranscription`: transcribing a consultation again from its audio log. */
export function retranscriptionRoutes(parts: { retranscriptions: Retranscriptions }): Router {
  const { retranscriptions } = parts;
  const router = Router();

  router.get('/:roomId/retranscription', async (req, res) => {
    res.json(await retranscriptions.read(memberOf(req), roomOf(req)));
  });

  router.post('/:roomId/retranscription', async (req, res) => {
    res.status(202).json(await retranscriptions.ask(memberOf(req), roomOf(req)));
  });

  router.delete('/:roomId/retranscription', async (req, res) => {
    res.json(await retranscriptions.callOff(memberOf(req), roomOf(req)));
  });

  router.get('/:roomId/retranscription/changes', async (req, res) => {
    const items = await retranscriptions.changes(memberOf(req), roomOf(req));
    res.set('Cache-Control', 'private, no-store').json({ items, nextCursor: null });
  });

  return router;
}

function roomOf(req: Request): string {
  const room = roomId.safeParse(req.params.roomId);
  if (!room.success) throw notFound();
  return room.data;
}
