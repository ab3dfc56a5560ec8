import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { AdminUsers } from './admin-users.ts';
import { AuthApiError } from './auth-api-error.ts';
import { bearerOf, body, originOf, parse } from './auth-http.ts';
import type { AdminFactors } from './factors/admin-factors.ts';
import { factorIdOf } from './factors/factor-routes.ts';
import { ownPath } from './own-path.ts';

const email = z.string().trim().toLowerCase().pipe(z.email().max(254));
const metadata = z
  .record(z.string().max(100), z.unknown())
  .refine((given) => JSON.stringify(given).length <= 4096);
const newUser = z.object({
  email,
  password: z.string().max(1024).optional(),
  email_confirm: z.boolean().default(false),
  user_metadata: metadata.optional(),
});
const changedUser = z.object({
  email: email.optional(),
  password: z.string().max(1024).optional(),
  user_metadata: metadata.optional(),
  ban_duration: z
    .string()
    .regex(/^(none|\d{1,6}h)$/)
    .optional(),
});
const invitation = z.object({ email, data: metadata.optional() });
const page = z.object({
  page: z.coerce.number().int().min(1).catch(1),
  per_page: z.coerce.number().int().min(1).max(1000).catch(50),
});
const hourMs = 3_600_000;

interface AdminRoutesDeps {
  admin: AdminUsers;
  adminFactors: AdminFactors;
  serviceRoleKey: string | null;
  frontendUrl: string;
}

/** `auth.admin` of supabase-js: create, invite, list, read, change and close accounts, reset second factors. */
export function adminRoutes(deps: AdminRoutesDeps): Router {
  const { admin, adminFactors, frontendUrl, serviceRoleKey } = deps;
  const router = Router({ caseSensitive: true });
  const asAdmin = onlyWith(serviceRoleKey);

  router.post('/invite', asAdmin, body, async (req, res) => {
    const wanted = parse(invitation, req.body);
    const path = ownPath(req.query.redirect_to, frontendUrl);
    res.json(await admin.invite(wanted.email, wanted.data, path));
  });
  router.get('/admin/users', asAdmin, async (req, res) => {
    const { page: number, per_page } = parse(page, req.query);
    const { total, users } = await admin.list(number, per_page);
    res.set('X-Total-Count', String(total)).set('Link', pageLinks(number, per_page, total));
    res.json({ users, aud: 'authenticated' });
  });
  router.post('/admin/users', asAdmin, body, async (req, res) => {
    const wanted = parse(newUser, req.body);
    const { email_confirm: confirmed, user_metadata: data, password } = wanted;
    res.json(await admin.create({ email: wanted.email, password, confirmed, data }));
  });
  router.get('/admin/users/:id', asAdmin, async (req, res) => {
    res.json(await admin.get(idOf(req)));
  });
  router.put('/admin/users/:id', asAdmin, body, async (req, res) => {
    const { ban_duration, email: address, password, user_metadata } = parse(changedUser, req.body);
    const patch = { email: address, password, data: user_metadata, banMs: banOf(ban_duration) };
    res.json(await admin.update(idOf(req), patch, originOf(req)));
  });
  router.delete('/admin/users/:id', asAdmin, async (req, res) => {
    res.json(await admin.remove(idOf(req), originOf(req)));
  });
  router.get('/admin/users/:id/factors', asAdmin, async (req, res) => {
    res.json(await adminFactors.list(idOf(req)));
  });
  router.delete('/admin/users/:id/factors/:factorId', asAdmin, async (req, res) => {
    res.json(await adminFactors.remove(idOf(req), factorIdOf(req), originOf(req)));
  });
  return router;
}

function onlyWith(key: string | null): RequestHandler {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return (req, _res, next) => {
    const given = bearerOf(req);
    if (key === null || !timingSafeEqual(digest(given), digest(key))) {
      throw new AuthApiError('not_admin');
    }
    next();
  };
}

function idOf(req: Request): string {
  const id = z.uuid().safeParse(req.params.id);
  if (!id.success) throw new AuthApiError('user_not_found', { status: 404 });
  return id.data;
}

/** `none` ends a ban; `24h` begins one. */
function banOf(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  return duration === 'none' ? 0 : Number.parseInt(duration, 10) * hourMs;
}

/** The header that auth-js reads the next and the last page from. */
function pageLinks(page: number, perPage: number, total: number): string {
  const last = Math.max(1, Math.ceil(total / perPage));
  const link = (to: number, rel: string) =>
    `</admin/users?page=${to}&per_page=${perPage}>; rel="${rel}"`;
  return [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')].join(', ');
}
