import { memberOf } from '@medcall/service-kit';
import { Router } from 'express';
import type { SpeechEngine } from '../speech/ports.ts';

/** `/api/openai/connections`: the speech engines of this node and what they are doing. */
export function engineRoutes(engine: SpeechEngine): Router {
  const router = Router();
  router.get('/connections', (req, res) => {
    memberOf(req);
    const stats = engine.stats();
    res.json({
      engine: engine.name,
      active: stats.decoders.busy,
      queued: Object.values(stats.queued).reduce((sum, count) => sum + count, 0),
      stats,
    });
  });
  return router;
}
