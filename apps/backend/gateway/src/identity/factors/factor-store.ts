import { enqueue, type Trx } from '@medcall/service-kit';
import { AuthApiError } from '../auth-api-error.ts';
import { lowerSessions } from './raise-session.ts';

/** Supabase's default: enrolled, verified or not. */
const mostFactors = 10;
/** An enrolment that nobody finished. */
const unfinishedMs = 15 * 60_000;

export type NoticeKind =
  | 'factor_added'
  | 'factor_removed'
  | 'factor_reset'
  | 'recovery_codes_made'
  | 'recovery_code_used'
  | 'email_changed';

/** With what `mfa_factors.secret_sealed` is bound to its row. */
export function factorContext(id: string): string {
  return `mfa-factor:${id}`;
}

export function factorsOf(trx: Trx, userId: string) {
  return trx
    .selectFrom('auth_embedded.mfa_factors')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
}
export type FactorRow = Awaited<ReturnType<typeof factorsOf>>[number];

/** A factor of the person's own. @throws AuthApiError mfa_factor_not_found */
export async function ownFactor(trx: Trx, userId: string, factorId: string): Promise<FactorRow> {
  const factor = (await factorsOf(trx, userId)).find(({ id }) => id === factorId);
  if (!factor) throw new AuthApiError('mfa_factor_not_found');
  return factor;
}

/**
 * Whether one more factor may be enrolled.
 * @throws AuthApiError mfa_factor_name_conflict, too_many_enrolled_mfa_factors, insufficient_aal
 */
export async function mayEnrol(
  trx: Trx,
  userId: string,
  wanted: { friendlyName: string | null; raised: boolean; now: number },
): Promise<void> {
  await trx
    .deleteFrom('auth_embedded.mfa_factors')
    .where('user_id', '=', userId)
    .where('status', '=', 'unverified')
    .where('created_at', '<', new Date(wanted.now - unfinishedMs))
    .execute();
  const factors = await factorsOf(trx, userId);
  const { friendlyName, raised } = wanted;
  if (friendlyName !== null && factors.some((factor) => factor.friendly_name === friendlyName)) {
    throw new AuthApiError('mfa_factor_name_conflict');
  }
  if (factors.length >= mostFactors) throw new AuthApiError('too_many_enrolled_mfa_factors');
  if (!raised && factors.some(({ status }) => status === 'verified')) {
    throw new AuthApiError('insufficient_aal', { msg: 'AAL2 required to enroll a new factor' });
  }
}

/** Takes factors away and lowers the sessions that rest on them. */
export async function deleteFactors(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.deleteFrom('auth_embedded.mfa_factors').where('id', 'in', ids).execute();
  await lowerSessions(trx, ids);
}

/**
 * Asks for a mail about what has just changed, in the transaction of the change.
 * @param sentTo another address than the account's
 */
export async function notify(
  trx: Trx,
  userId: string,
  kind: NoticeKind,
  sentTo: string | null = null,
): Promise<void> {
  const { id } = await trx
    .insertInto('auth_embedded.account_notices')
    .values({ user_id: userId, kind, sent_to: sentTo })
    .returning('id')
    .executeTakeFirstOrThrow();
  await enqueue(trx, 'identity.notice', id);
}
