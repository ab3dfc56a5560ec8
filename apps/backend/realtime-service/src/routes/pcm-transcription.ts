import { memberOf } from '@medcall/service-kit';
import { Router } from 'express';
import type { PcmSockets } from '../websocket/pcmTranscriptionHandler.ts';

/** `/api/pcm-transcription/stats`: counters of this node's native sockets, no consultation's data. */
export function pcmRoutes(sockets: PcmSockets): Router {
  const router = Router();
  router.get('/stats', (req, res) => {
    memberOf(req);
    res.json(sockets.stats());
  });
  return router;
}
