import { callerOf } from '@medcall/service-kit';
import { requestNoteDraft } from '@medcall/shared-types/note-draft';
import { Router } from 'express';
import type { NoteDrafts } from '../services/note/note-drafts.ts';

/** `/api/notes`: drafts for the gateway, which stores them. Service tokens only. */
export function noteRoutes(drafts: NoteDrafts): Router {
  const router = Router();
  router.post('/draft', async (req, res) => {
    const { consultation_id } = requestNoteDraft.parse(req.body);
    res.json(await drafts.draft(callerOf(req), consultation_id));
  });
  router.post('/letter', async (req, res) => {
    const { consultation_id } = requestNoteDraft.parse(req.body);
    res.json(await drafts.letter(callerOf(req), consultation_id));
  });
  return router;
}
