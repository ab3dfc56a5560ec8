import { roomJwksPath } from '@medcall/service-kit';
import { Router } from 'express';
import type { SigningKeys } from './signing-keys.ts';

/** Public halves of the keys that sign room tokens: what the other services verify with. */
export function roomKeyRoutes(keys: SigningKeys): Router {
  const router = Router();
  router.get(roomJwksPath, async (_req, res) => {
    res.setHeader('Cache-Control', 'public, max-age=60');
    res.json(await keys.jwks());
  });
  return router;
}
