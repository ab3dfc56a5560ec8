import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { AppError } from '../errors/app-error.ts';
import type { MemberCaller } from './caller.ts';

/** A person's active membership in a clinic. */
export interface Member {
  memberId: string;
  clinicaId: string;
  role: 'medico' | 'admin';
  medicoId: string | null;
  name: string;
}

/**
 * The caller's membership, asked of the database.
 * @throws AppError unauthenticated for an ended session, second_factor_required for one without the second
 * factor that clinic or person ask for, forbidden for a person of no clinic
 */
export async function membershipOf(db: Database, caller: MemberCaller): Promise<Member> {
  const member = await db.asUser(
    caller,
    async (trx) => {
      const { rows } = await sql<Member>`select
        m.member_id as "memberId", m.clinica_id as "clinicaId", m.role,
        m.medico_id as "medicoId", m.name
        from app.current_member() m where m.member_id is not null`.execute(trx);
      return rows[0];
    },
    { readOnly: true },
  );
  if (!member) throw await refusal(db, caller);
  return member;
}

/** True for a person who would be let in with a second factor, and is not without. */
export function lacksSecondFactor(db: Database, caller: MemberCaller): Promise<boolean> {
  return db.asUser(caller, async (trx) => {
    const { rows } = await sql<{ missing: boolean }>`
      select app.second_factor_missing() as missing`.execute(trx);
    return rows[0]?.missing ?? false;
  });
}

/** A member whose token does not count any more must sign in again; anybody else has no business here. */
async function refusal(db: Database, caller: MemberCaller): Promise<AppError> {
  if (await lacksSecondFactor(db, caller)) return new AppError('second_factor_required');
  const member = await db.asSystem('tell an ended session from a stranger', (trx) =>
    trx
      .selectFrom('members')
      .select('id')
      .where('user_auth', '=', caller.sub)
      .where('active', '=', true)
      .executeTakeFirst(),
  );
  if (member) {
    return new AppError('unauthenticated', {
      message: 'Sua sessão foi encerrada. Entre novamente.',
    });
  }
  return new AppError('forbidden', { message: 'Sua conta não está ligada a uma clínica ativa.' });
}
