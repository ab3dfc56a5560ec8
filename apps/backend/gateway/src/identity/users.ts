import type { Trx } from '@medcall/service-kit';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { IdentityUser } from './user-view.ts';

function select(trx: Trx) {
  return trx
    .selectFrom('auth_embedded.users as u')
    .leftJoin('members as m', (join) =>
      join.onRef('m.user_auth', '=', 'u.id').on('m.active', '=', true),
    )
    .select((eb) => [
      'u.id',
      'u.email',
      'u.user_metadata',
      'u.email_confirmed_at',
      'u.invited_at',
      'u.banned_until',
      'u.last_sign_in_at',
      'u.created_at',
      'u.updated_at',
      'm.role as member_role',
      'm.clinica_id as member_clinica_id',
      'm.name as member_name',
      jsonArrayFrom(
        eb
          .selectFrom('auth_embedded.mfa_factors as f')
          .select([
            'f.id',
            'f.friendly_name',
            'f.factor_type',
            'f.status',
            'f.created_at',
            'f.updated_at',
            'f.last_challenged_at',
          ])
          .whereRef('f.user_id', '=', 'u.id')
          .orderBy('f.created_at')
          .orderBy('f.id'),
      ).as('factors'),
    ])
    .where('u.deleted_at', 'is', null);
}

export function userByEmail(trx: Trx, email: string): Promise<IdentityUser | undefined> {
  return select(trx).where('u.email', '=', email).executeTakeFirst();
}

export function userById(trx: Trx, id: string): Promise<IdentityUser | undefined> {
  return select(trx).where('u.id', '=', id).executeTakeFirst();
}

/** Read apart, where a password is compared: whoever only knows a person has no use for it. */
export async function passwordHashOf(trx: Trx, userId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('auth_embedded.users')
    .select('password_hash')
    .where('id', '=', userId)
    .executeTakeFirst();
  return row?.password_hash ?? null;
}

export function isBanned(user: IdentityUser, now: number): boolean {
  return user.banned_until !== null && user.banned_until.getTime() > now;
}

/** One page, the newest first, as `auth.admin.listUsers` pages them. @param page from 1 */
export async function listUsers(
  trx: Trx,
  page: number,
  perPage: number,
): Promise<{ users: IdentityUser[]; total: number }> {
  const users = await select(trx)
    .orderBy('u.created_at', 'desc')
    .orderBy('u.id')
    .limit(perPage)
    .offset((page - 1) * perPage)
    .execute();
  const counted = await trx
    .selectFrom('auth_embedded.users')
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { users, total: Number(counted.total) };
}
