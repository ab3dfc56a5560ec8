import { hashPassword, publish, type Trx } from '@medcall/service-kit';
import { AuthApiError } from './auth-api-error.ts';
import { auditAccount } from './identity-audit.ts';
import type { IdentityDeps, Origin } from './identity-deps.ts';
import { endOpenLinks, sendToken } from './one-time-tokens.ts';
import { endSessionsOf } from './sessions.ts';
import { mustBeStrong } from './strong-password.ts';
import { type IdentityUser, userView } from './user-view.ts';
import { listUsers, userByEmail, userById } from './users.ts';

type UserBody = Record<string, unknown>;

export interface NewUser {
  email: string;
  password?: string | undefined;
  confirmed: boolean;
  data?: UserBody | undefined;
}

export interface UserPatch {
  email?: string | undefined;
  password?: string | undefined;
  data?: UserBody | undefined;
  /** Milliseconds from now; 0 ends a ban. */
  banMs?: number | undefined;
}

/** What `auth.admin` of supabase-js does, for bearers of the service-role key. @throws AuthApiError */
export interface AdminUsers {
  create(wanted: NewUser): Promise<UserBody>;
  /** Makes an account without a password and mails the link that sets one. */
  invite(email: string, data: UserBody | undefined, redirectTo: string | null): Promise<UserBody>;
  list(page: number, perPage: number): Promise<{ users: UserBody[]; total: number }>;
  get(id: string): Promise<UserBody>;
  update(id: string, patch: UserPatch, origin: Origin): Promise<UserBody>;
  /** The account is closed; its row stays, because records name it. */
  remove(id: string, origin: Origin): Promise<UserBody>;
}

export function createAdminUsers(deps: IdentityDeps): AdminUsers {
  const { clock, db, forgetSessions, seal } = deps;
  const asAdmin = <T>(work: (trx: Trx) => Promise<T>) => db.asSystem('administer accounts', work);
  return {
    async create({ email, password, confirmed, data }) {
      const password_hash = await hashOf(password, email);
      return asAdmin(async (trx) => {
        const at = new Date(clock.now());
        const user = await insertUser(trx, {
          email,
          user_metadata: JSON.stringify(data ?? {}),
          ...(password_hash === undefined ? {} : { password_hash }),
          ...(confirmed ? { email_confirmed_at: at } : {}),
        });
        return userView(user);
      });
    },
    invite: (email, data, redirectTo) =>
      asAdmin(async (trx) => {
        const now = clock.now();
        const user = await invitedUser(trx, email, data, now);
        await sendToken(trx, seal, { userId: user.id, kind: 'invite', redirectTo, now });
        return userView(user);
      }),
    list: (page, perPage) =>
      asAdmin(async (trx) => {
        const { total, users } = await listUsers(trx, page, perPage);
        return { total, users: users.map(userView) };
      }),
    get: (id) => asAdmin(async (trx) => userView(await known(trx, id))),
    async update(id, patch, origin) {
      const before = await asAdmin((trx) => known(trx, id));
      const password_hash = await hashOf(patch.password, before.email);
      const { ended, view } = await asAdmin(async (trx) => {
        await changeUser(trx, before, patch, password_hash, clock.now());
        const closes = password_hash !== undefined || (patch.banMs ?? 0) > 0;
        const sessions = closes ? await endAll(trx, id, origin, clock.now()) : [];
        if (closes) await endOpenLinks(trx, id, clock.now());
        return { ended: sessions, view: userView(await known(trx, id)) };
      });
      await forgetSessions(ended);
      return view;
    },
    async remove(id, origin) {
      const { ended, view } = await asAdmin(async (trx) => {
        const user = await known(trx, id);
        const sessions = await endAll(trx, id, origin, clock.now());
        await trx
          .updateTable('auth_embedded.users')
          .set({ deleted_at: new Date(clock.now()), password_hash: null })
          .where('id', '=', id)
          .execute();
        return { ended: sessions, view: userView(user) };
      });
      await forgetSessions(ended);
      return view;
    },
  };
}

async function known(trx: Trx, id: string): Promise<IdentityUser> {
  const user = await userById(trx, id);
  if (!user) throw new AuthApiError('user_not_found', { status: 404 });
  return user;
}

/**
 * A person who has not answered an earlier invitation is invited again, and one who answered before the
 * clinic that invited him had written him down; anybody else exists.
 */
async function invitedUser(
  trx: Trx,
  email: string,
  data: UserBody | undefined,
  now: number,
): Promise<IdentityUser> {
  const before = await userByEmail(trx, email);
  if (
    before?.invited_at &&
    (before.email_confirmed_at === null || (await isAwaited(trx, before)))
  ) {
    return before;
  }
  return insertUser(trx, {
    email,
    user_metadata: JSON.stringify(data ?? {}),
    invited_at: new Date(now),
  });
}

/** A clinic is about to write this person down, and no clinic has. */
async function isAwaited(trx: Trx, { email, id }: IdentityUser): Promise<boolean> {
  const wish = await trx
    .selectFrom('doctor_invitations')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirst();
  if (!wish) return false;
  const member = await trx
    .selectFrom('members')
    .select('id')
    .where('user_auth', '=', id)
    .executeTakeFirst();
  return member === undefined;
}

async function insertUser(
  trx: Trx,
  values: {
    email: string;
    user_metadata: string;
    password_hash?: string;
    email_confirmed_at?: Date;
    invited_at?: Date;
  },
): Promise<IdentityUser> {
  if (await userByEmail(trx, values.email)) throw new AuthApiError('email_exists');
  const { id } = await trx
    .insertInto('auth_embedded.users')
    .values(values)
    .returning('id')
    .executeTakeFirstOrThrow();
  return known(trx, id);
}

async function changeUser(
  trx: Trx,
  before: IdentityUser,
  { banMs, data, email }: UserPatch,
  password_hash: string | undefined,
  now: number,
): Promise<void> {
  if (email !== undefined && email !== before.email && (await userByEmail(trx, email))) {
    throw new AuthApiError('email_exists');
  }
  const own = typeof before.user_metadata === 'object' ? before.user_metadata : {};
  const set = {
    ...(email === undefined ? {} : { email }),
    ...(password_hash === undefined ? {} : { password_hash, password_changed_at: new Date(now) }),
    ...(data === undefined ? {} : { user_metadata: JSON.stringify({ ...own, ...data }) }),
    ...(banMs === undefined ? {} : { banned_until: banMs === 0 ? null : new Date(now + banMs) }),
  };
  if (Object.keys(set).length === 0) return;
  await trx.updateTable('auth_embedded.users').set(set).where('id', '=', before.id).execute();
}

async function endAll(trx: Trx, userId: string, origin: Origin, now: number): Promise<string[]> {
  await auditAccount(trx, { action: 'auth.closed_by_admin', userId }, origin);
  await publish(trx, { type: 'session_revoked', sub: userId });
  return endSessionsOf(trx, userId, 'admin', now);
}

async function hashOf(password: string | undefined, email: string): Promise<string | undefined> {
  if (password === undefined) return undefined;
  await mustBeStrong(password, email);
  return hashPassword(password);
}
