import type { Limiter, Logger } from '@medcall/service-kit';
import { Router } from 'express';
import { z } from 'zod';
import type { SigningKeys } from '../keys/signing-keys.ts';
import { adminRoutes } from './admin-routes.ts';
import type { AdminUsers } from './admin-users.ts';
import { AuthApiError } from './auth-api-error.ts';
import {
  authErrors,
  bearerOf,
  body,
  limitAttempts,
  noStore,
  originOf,
  parse,
} from './auth-http.ts';
import type { AdminFactors } from './factors/admin-factors.ts';
import { factorRoutes } from './factors/factor-routes.ts';
import type { Factors } from './factors/factors.ts';
import type { RecoveryCodes } from './factors/recovery-codes.ts';
import type { Identity } from './identity.ts';
import type { Recovery } from './recovery.ts';
import { recoveryRoutes } from './recovery-routes.ts';

const passwordGrant = z.object({
  email: z.string().min(3).max(254),
  password: z.string().min(1).max(1024),
});
const refreshGrant = z.object({ refresh_token: z.string().min(1).max(512) });
const userChanges = z.object({
  email: z.email().max(254).optional(),
  password: z.string().max(1024).optional(),
  current_password: z.string().min(1).max(1024).optional(),
  data: z
    .record(z.string().max(100), z.unknown())
    .refine((data) => JSON.stringify(data).length <= 4096)
    .optional(),
});
const signOutScope = z.enum(['global', 'local', 'others']).default('global');

export interface AuthRoutesDeps {
  identity: Identity;
  recovery: Recovery;
  admin: AdminUsers;
  factors: Factors;
  recoveryCodes: RecoveryCodes;
  adminFactors: AdminFactors;
  /** Bearers of this key administer accounts; nobody does without one. */
  serviceRoleKey: string | null;
  /** Links in mails lead there and nowhere else. */
  frontendUrl: string;
  keys: SigningKeys;
  limiter: Limiter;
  logger: Logger;
  version: string;
}

/** `/auth/v1/*`: Supabase Auth's HTTP API as supabase-js 2 calls it, errors included. */
export function authRoutes(deps: AuthRoutesDeps): Router {
  const { identity, keys } = deps;
  const router = Router({ caseSensitive: true });
  router.use(noStore);

  router.get('/health', (_req, res) => {
    res.json({ name: 'GoTrue', version: deps.version, description: 'MedCall embedded identity' });
  });
  router.get('/settings', (_req, res) => {
    res.json(settings);
  });
  router.get('/.well-known/jwks.json', async (_req, res) => {
    res.setHeader('Cache-Control', 'public, max-age=60');
    res.json(await keys.jwks());
  });

  router.post('/token', limitAttempts(deps.limiter), body, async (req, res) => {
    switch (req.query.grant_type) {
      case 'password':
        res.json(await identity.signIn(parse(passwordGrant, req.body), originOf(req)));
        return;
      case 'refresh_token':
        res.json(
          await identity.refresh(parse(refreshGrant, req.body).refresh_token, originOf(req)),
        );
        return;
      default:
        throw new AuthApiError('unsupported_grant_type');
    }
  });
  router.get('/user', async (req, res) => {
    res.json(await identity.user(bearerOf(req)));
  });
  router.put('/user', limitAttempts(deps.limiter), body, async (req, res) => {
    const changes = parse(userChanges, req.body);
    res.json(await identity.updateUser(bearerOf(req), changes, originOf(req)));
  });
  router.post('/logout', async (req, res) => {
    await identity.signOut(bearerOf(req), parse(signOutScope, req.query.scope), originOf(req));
    res.status(204).end();
  });
  router.post('/signup', () => {
    throw new AuthApiError('signup_disabled');
  });
  router.use(recoveryRoutes(deps));
  router.use(factorRoutes(deps));
  router.use(adminRoutes(deps));

  router.use(authErrors(deps.logger));
  return router;
}

/** What `GET /settings` tells a client: e-mail and password, no self-registration. */
const settings = {
  external: { email: true, phone: false, anonymous_users: false },
  disable_signup: true,
  mailer_autoconfirm: false,
  phone_autoconfirm: false,
  sms_provider: '',
  saml_enabled: false,
};
