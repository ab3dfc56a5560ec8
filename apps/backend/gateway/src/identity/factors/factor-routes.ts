import type { Limiter } from '@medcall/service-kit';
import { type Request, Router } from 'express';
import { z } from 'zod';
import { AuthApiError } from '../auth-api-error.ts';
import { bearerOf, body, limitAttempts, originOf, parse } from '../auth-http.ts';
import type { Factors } from './factors.ts';
import type { RecoveryCodes } from './recovery-codes.ts';

const name = z
  .string()
  .trim()
  .max(100)
  .nullish()
  .transform((given) => given || null);
const newFactor = z.object({
  factor_type: z.literal('totp'),
  friendly_name: name,
  // A colon separates issuer and account in the address for apps.
  issuer: name.refine((given) => given === null || !given.includes(':')),
});
const shownCode = z.object({ challenge_id: z.uuid(), code: z.string().trim().min(1).max(40) });
const newCodes = z.object({ friendly_name: name }).default({ friendly_name: null });
const recoveryCode = z.object({ code: z.string().trim().min(1).max(100) });

interface FactorRoutesDeps {
  factors: Factors;
  recoveryCodes: RecoveryCodes;
  limiter: Limiter;
}

/** `auth.mfa` of supabase-js: `/factors` and what lies below. */
export function factorRoutes({ factors, limiter, recoveryCodes }: FactorRoutesDeps): Router {
  const router = Router({ caseSensitive: true });
  const limited = limitAttempts(limiter);

  router.get('/factors/recovery-codes', async (req, res) => {
    res.json(await recoveryCodes.status(bearerOf(req)));
  });
  router.post('/factors/recovery-codes', limited, body, async (req, res) => {
    const { friendly_name } = parse(newCodes, req.body);
    res.json(await recoveryCodes.generate(bearerOf(req), friendly_name, originOf(req)));
  });
  router.post('/factors/recovery-codes/regenerate', limited, async (req, res) => {
    res.json(await recoveryCodes.regenerate(bearerOf(req), originOf(req)));
  });
  router.post('/factors/recovery-codes/verify', limited, body, async (req, res) => {
    const { code } = parse(recoveryCode, req.body);
    res.json(await recoveryCodes.verify(bearerOf(req), code, originOf(req)));
  });
  router.delete('/factors/recovery-codes', async (req, res) => {
    res.json(await recoveryCodes.remove(bearerOf(req), originOf(req)));
  });

  router.post('/factors', limited, body, async (req, res) => {
    const { friendly_name: friendlyName, issuer } = parse(newFactor, req.body);
    res.json(await factors.enroll(bearerOf(req), { friendlyName, issuer }, originOf(req)));
  });
  router.post('/factors/:id/challenge', async (req, res) => {
    res.json(await factors.challenge(bearerOf(req), factorIdOf(req), originOf(req)));
  });
  router.post('/factors/:id/verify', limited, body, async (req, res) => {
    const { challenge_id: challengeId, code } = parse(shownCode, req.body);
    const shown = { challengeId, code };
    res.json(await factors.verify(bearerOf(req), factorIdOf(req), shown, originOf(req)));
  });
  router.delete('/factors/:id', async (req, res) => {
    res.json(await factors.unenroll(bearerOf(req), factorIdOf(req), originOf(req)));
  });
  return router;
}

export function factorIdOf(req: Request): string {
  const id = z.uuid().safeParse(req.params.factorId ?? req.params.id);
  if (!id.success) {
    throw new AuthApiError('validation_failed', {
      status: 404,
      msg: 'factor_id must be an UUID',
    });
  }
  return id.data;
}
