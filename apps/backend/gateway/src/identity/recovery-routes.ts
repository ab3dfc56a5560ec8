import type { Limiter } from '@medcall/service-kit';
import { Router } from 'express';
import { z } from 'zod';
import { body, limitAttempts, originOf, parse } from './auth-http.ts';
import { ownPath } from './own-path.ts';
import type { Recovery } from './recovery.ts';

const email = z.string().trim().toLowerCase().min(3).max(254);
const recoverBody = z.object({ email });
const resendBody = z.object({ type: z.literal('signup'), email });
const verifyBody = z.object({
  type: z.enum(['recovery', 'signup', 'invite', 'email_change', 'email']),
  token_hash: z.string().min(16).max(200),
});

interface RecoveryRoutesDeps {
  recovery: Recovery;
  limiter: Limiter;
  frontendUrl: string;
}

/** `resetPasswordForEmail`, `resend` and `verifyOtp` of supabase-js. */
export function recoveryRoutes({ recovery, limiter, frontendUrl }: RecoveryRoutesDeps): Router {
  const router = Router({ caseSensitive: true });
  const limited = limitAttempts(limiter);

  router.post('/recover', limited, body, async (req, res) => {
    const wanted = parse(recoverBody, req.body);
    const path = ownPath(req.query.redirect_to, frontendUrl);
    await recovery.recover(wanted.email, path, originOf(req));
    res.json({});
  });
  router.post('/resend', limited, body, async (req, res) => {
    const wanted = parse(resendBody, req.body);
    const path = ownPath(req.query.redirect_to, frontendUrl);
    await recovery.resend(wanted.email, path, originOf(req));
    res.json({ message_id: null });
  });
  router.post('/verify', limited, body, async (req, res) => {
    const { token_hash, type } = parse(verifyBody, req.body);
    res.json(await recovery.verify(token_hash, type, originOf(req)));
  });
  return router;
}
