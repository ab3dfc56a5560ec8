import type { Database, Trx } from '@medcall/service-kit';

/** Who asks the monolith. */
export interface Person {
  sub: string;
  name: string;
  email: string | null;
  role: 'medico' | 'admin';
  clinicaId: string;
  medicoId: string | null;
}

/** The monolith's own queries: it checks the clinic by hand and knows nothing of policies. */
export function records(database: Database) {
  const query = <T>(work: (trx: Trx) => Promise<T>) => database.asSystem('the monolith', work);

  const consultation = (person: Person, id: string) =>
    query((trx) =>
      trx
        .selectFrom('consultations')
        .selectAll()
        .where('id', '=', id)
        .where('clinica_id', '=', person.clinicaId)
        .executeTakeFirst(),
    ).then((row) => row && { ...row, roomId: row.room_id });

  return {
    person: (sub: string) =>
      query((trx) =>
        trx
          .selectFrom('members')
          .select(['name', 'email', 'role', 'clinica_id', 'medico_id'])
          .where('user_auth', '=', sub)
          .where('active', '=', true)
          .executeTakeFirst(),
      ).then((row): Person | undefined => {
        if (!row) return undefined;
        const { name, email, role, clinica_id: clinicaId, medico_id: medicoId } = row;
        return {
          sub,
          name,
          email,
          role: role === 'admin' ? 'admin' : 'medico',
          clinicaId,
          medicoId,
        };
      }),

    me: (person: Person, realtimeUrl: string) =>
      query((trx) =>
        trx
          .selectFrom('clinicas')
          .select(['id', 'nome'])
          .where('id', '=', person.clinicaId)
          .executeTakeFirstOrThrow(),
      ).then((clinic) => ({
        user: { id: person.sub, email: person.email, name: person.name, role: person.role },
        clinic,
        realtimeUrl,
      })),

    patients: (person: Person, name: string) =>
      query((trx) =>
        trx
          .selectFrom('patients')
          .select(['id', 'name'])
          .where('clinica_id', '=', person.clinicaId)
          .where('name', 'ilike', `%${name}%`)
          .execute(),
      ),

    addPatient: (person: Person, name: string) =>
      query((trx) =>
        trx
          .insertInto('patients')
          .values({ name, clinica_id: person.clinicaId })
          .returning(['id', 'name'])
          .executeTakeFirstOrThrow(),
      ),

    consultation,

    book: (person: Person, { patient_id }: { patient_id: string }) =>
      query((trx) =>
        trx
          .insertInto('consultations')
          .values({
            clinica_id: person.clinicaId,
            doctor_id: person.medicoId ?? '',
            patient_id,
            type: 'PRESENCIAL',
          })
          .returningAll()
          .executeTakeFirstOrThrow(),
      ).then((row) => ({ ...row, roomId: row.room_id })),

    async consent(
      person: Person,
      id: string,
      given: { type: 'care' | 'recording' | 'ai'; accepted: boolean },
    ) {
      if (!(await consultation(person, id))) throw new Error('no such consultation');
      return query((trx) =>
        trx
          .insertInto('consents')
          .values({
            ...given,
            consultation_id: id,
            text_version: 'monolith-1',
            text_hash: 'c'.repeat(64),
            given_by: 'doctor',
          })
          .returning(['id', 'type', 'accepted'])
          .executeTakeFirstOrThrow(),
      );
    },

    room: (person: Person, roomId: string) =>
      query((trx) =>
        trx
          .selectFrom('consultations')
          .select(['id as consultation_id', 'room_id', 'status'])
          .where('room_id', '=', roomId)
          .where('clinica_id', '=', person.clinicaId)
          .executeTakeFirst(),
      ),

    sessions: (person: Person, roomId: string) =>
      query((trx) =>
        trx
          .selectFrom('sessions as s')
          .innerJoin('consultations as c', 'c.id', 's.consultation_id')
          .select(['s.id', 's.room_id', 's.status'])
          .where('s.room_id', '=', roomId)
          .where('c.clinica_id', '=', person.clinicaId)
          .execute(),
      ),

    begin: (person: Person, id: string) =>
      query(async (trx) => {
        const { room_id } = await trx
          .updateTable('consultations')
          .set({ status: 'IN_PROGRESS' })
          .where('id', '=', id)
          .where('clinica_id', '=', person.clinicaId)
          .returning('room_id')
          .executeTakeFirstOrThrow();
        await trx
          .insertInto('sessions')
          .values({ consultation_id: id, room_id, kind: 'PRESENCIAL' })
          .execute();
      }),

    pause: (_person: Person, id: string) =>
      query((trx) =>
        trx
          .updateTable('sessions')
          .set({ status: 'CLOSED', ended_at: new Date() })
          .where('consultation_id', '=', id)
          .where('status', '=', 'ACTIVE')
          .execute(),
      ),

    end: (person: Person, id: string) =>
      query((trx) =>
        trx
          .updateTable('consultations')
          .set({ status: 'COMPLETED', ended_at: new Date() })
          .where('id', '=', id)
          .where('clinica_id', '=', person.clinicaId)
          .execute(),
      ),
  };
}

/** What the clinic has spent on engines. */
export async function ledger(database: Database, person: Person) {
  const row = await database.asSystem('the monolith', (trx) =>
    trx
      .selectFrom('ai_pricing as a')
      .innerJoin('consultations as c', 'c.id', 'a.consultation_id')
      .select((eb) => eb.fn.sum('a.cost_brl_micros').as('micros'))
      .where('c.clinica_id', '=', person.clinicaId)
      .executeTakeFirstOrThrow(),
  );
  return { totalBrl: (Number(row.micros ?? 0) / 1_000_000).toFixed(6) };
}
