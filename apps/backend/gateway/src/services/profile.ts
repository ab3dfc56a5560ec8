import { AppError, type Database, type Trx } from '@medcall/service-kit';
import type { Me } from '@medcall/shared-types';
import { sql } from 'kysely';
import type { Calling } from './calling.ts';
import type { Member } from './members.ts';
import { rightsOf } from './rights.ts';

/** The signed-in person, their clinic and where the sockets are. */
export interface Profile {
  me(calling: Calling, member: Member): Promise<Me>;
}

export function createProfile(
  db: Database,
  facts: { realtimeUrl: string; demo: boolean },
): Profile {
  return {
    async me({ caller }, member) {
      const { clinic, doctor, until } = await db.asUser(
        caller,
        async (trx) => ({
          clinic: await trx
            .selectFrom('clinicas')
            .select(['id', 'nome'])
            .where('id', '=', member.clinicaId)
            .executeTakeFirst(),
          doctor: member.medicoId
            ? await trx
                .selectFrom('medicos')
                .select(['id', 'nome', 'crm', 'especialidade'])
                .where('id', '=', member.medicoId)
                .executeTakeFirst()
            : undefined,
          until: await secondFactorFrom(trx),
        }),
        { readOnly: true },
      );
      // A membership that was cached a moment ago and is none any more.
      if (!clinic) throw new AppError('unauthenticated');
      const { email } = caller.claims;
      return {
        user: {
          id: caller.sub,
          email: typeof email === 'string' ? email : null,
          name: member.name,
          role: member.role,
        },
        doctor: doctor ?? null,
        clinic,
        rights: rightsOf(member.role),
        realtimeUrl: facts.realtimeUrl,
        demo: facts.demo,
        secondFactorFrom: until?.toISOString() ?? null,
      };
    },
  };
}

async function secondFactorFrom(trx: Trx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select app.second_factor_from() as at`.execute(
    trx,
  );
  return rows[0]?.at ?? null;
}
