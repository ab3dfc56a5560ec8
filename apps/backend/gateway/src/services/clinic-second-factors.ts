import {
  AppError,
  type Clock,
  type Database,
  notFound,
  publish,
  type Trx,
} from '@medcall/service-kit';
import type { ClinicSecondFactor } from '@medcall/shared-types';
import { sql } from 'kysely';
import type { Accounts } from '../identity/accounts.ts';
import { endSessionsOf } from '../identity/sessions.ts';
import { auditCall, type Calling } from './calling.ts';
import type { Member } from './members.ts';

/** What an administrator decides about second factors. Who is let in is decided by the database. */
export interface ClinicSecondFactors {
  get(calling: Calling, member: Member): Promise<ClinicSecondFactor>;
  /** From now on log-ins need a second factor, or need none. Open sessions have half a day. */
  require(calling: Calling, member: Member, required: boolean): Promise<ClinicSecondFactor>;
  /**
   * A lost device: the person's factors and sessions end, the next log-in takes the password alone, or
   * leads to a new factor where the clinic asks for one.
   * @throws AppError not_found, unavailable when the identity is away
   */
  reset(calling: Calling, member: Member, memberId: string): Promise<ClinicSecondFactor>;
}

export interface ClinicSecondFactorsDeps {
  db: Database;
  accounts: Pick<Accounts, 'resetSecondFactor'>;
  clock: Clock;
  forgetSessions: (sessionIds: readonly string[]) => Promise<void>;
}

export function createClinicSecondFactors(deps: ClinicSecondFactorsDeps): ClinicSecondFactors {
  const { accounts, db } = deps;
  const get = (calling: Calling, { clinicaId }: Member) =>
    db.asUser(calling.caller, (trx) => read(trx, clinicaId), { readOnly: true });
  return {
    get,

    require: (calling, { clinicaId }, required) =>
      db.asUser(calling.caller, async (trx) => {
        const since = required ? sql<Date>`coalesce(second_factor_since, now())` : null;
        const changed = await trx
          .updateTable('clinicas')
          .set({ second_factor_since: since })
          .where('id', '=', clinicaId)
          .returning('id')
          .executeTakeFirst();
        if (!changed) throw new AppError('forbidden');
        await auditCall(trx, calling, {
          action: 'factor.required',
          tableName: 'clinicas',
          recordId: clinicaId,
          changes: { required },
        });
        return read(trx, clinicaId);
      }),

    async reset(calling, member, memberId) {
      const sub = await db.asUser(calling.caller, async (trx) => {
        const person = await trx
          .selectFrom('members')
          .select('user_auth')
          .where('id', '=', memberId)
          .where('active', '=', true)
          .executeTakeFirst();
        if (!person?.user_auth) throw notFound();
        // On the record before anything is done at the identity, which may be across the network.
        await auditReset(trx, calling, memberId);
        return person.user_auth;
      });
      try {
        await accounts.resetSecondFactor(sub);
      } catch (cause) {
        await db.asUser(calling.caller, (trx) => auditReset(trx, calling, memberId, 'failed'));
        throw cause;
      }
      await endAccess(deps, sub);
      return get(calling, member);
    },
  };
}

async function read(trx: Trx, clinicaId: string): Promise<ClinicSecondFactor> {
  const clinic = await trx
    .selectFrom('clinicas')
    .select('second_factor_since')
    .where('id', '=', clinicaId)
    .executeTakeFirst();
  if (!clinic) throw notFound();
  const { rows: people } = await sql<ClinicSecondFactor['people'][number]>`
    select f.member_id, m.name, m.role, f.enrolled
    from app.clinic_second_factors() f
    join public.members m on m.id = f.member_id
    order by m.role desc, m.name`.execute(trx);
  return { required_since: clinic.second_factor_since?.toISOString() ?? null, people };
}

async function auditReset(
  trx: Trx,
  calling: Calling,
  memberId: string,
  outcome: 'ok' | 'failed' = 'ok',
): Promise<void> {
  await auditCall(trx, calling, {
    action: 'factor.reset',
    tableName: 'members',
    recordId: memberId,
    outcome,
  });
}

/** Tokens that were made until now are worth nothing, whichever identity made them. */
async function endAccess(
  { clock, db, forgetSessions }: ClinicSecondFactorsDeps,
  sub: string,
): Promise<void> {
  const ended = await db.asSystem('end the sessions of a reset second factor', async (trx) => {
    const now = clock.now();
    await trx
      .updateTable('members')
      .set({ sessions_valid_after: new Date(now) })
      .where('user_auth', '=', sub)
      .execute();
    await publish(trx, { type: 'session_revoked', sub });
    return endSessionsOf(trx, sub, 'admin', now);
  });
  await forgetSessions(ended);
}
