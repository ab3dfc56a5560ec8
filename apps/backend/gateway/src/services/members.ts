import { AppError, type Database, type MemberCaller } from '@medcall/service-kit';
import { sql } from 'kysely';
import type { SessionCache } from './session-cache.ts';

/** A person's active membership in a clinic. */
export interface Member {
  memberId: string;
  clinicaId: string;
  role: 'medico' | 'admin';
  medicoId: string | null;
  name: string;
}

export interface Members {
  /**
   * The caller's membership. It decides which routes answer; which rows exist is decided by the database
   * at every statement, so a cached membership opens nothing.
   * @throws AppError unauthenticated for an ended session, forbidden for a person of no clinic
   */
  of(caller: MemberCaller): Promise<Member>;
}

export function createMembers(db: Database, cache: SessionCache): Members {
  return {
    async of(caller) {
      const cached = caller.sessionId ? await cache.get(caller.sessionId) : undefined;
      if (cached) return cached;
      const member = await readMember(db, caller);
      if (!member) throw await refusal(db, caller);
      if (caller.sessionId) await cache.set(caller.sessionId, member);
      return member;
    },
  };
}

async function readMember(db: Database, caller: MemberCaller): Promise<Member | undefined> {
  return db.asUser(
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
}

/** A member whose token does not count any more must sign in again; anybody else has no business here. */
async function refusal(db: Database, caller: MemberCaller): Promise<AppError> {
  const member = await db.asSystem('tell an ended session from a stranger', (trx) =>
    trx
      .selectFrom('members')
      .select('id')
      .where('user_auth', '=', caller.sub)
      .where('active', '=', true)
      .executeTakeFirst(),
  );
  if (member)
    return new AppError('unauthenticated', {
      message: 'Sua sessão foi encerrada. Entre novamente.',
    });
  return new AppError('forbidden', { message: 'Sua conta não está ligada a uma clínica ativa.' });
}
