import type { Database } from '@medcall/service-kit';
import { sql } from 'kysely';

/**
 * Names of everybody who belongs to a consultation: patient, dependent or guardian, each under all of his
 * cards (decision 84), doctor, participants, invited.
 */
export function namesInConsultation(
  database: Database,
  consultationId: string,
): Promise<readonly string[]> {
  return database.asSystem(
    'names to be masked',
    async (trx) => {
      const { rows } = await sql<{ name: string }>`
        with the as (select patient_id, doctor_id from consultations where id = ${consultationId}),
        cards as (select app.same_person(patient_id) as id from the),
        others as (select case when g.patient_id = cards.id then g.guardian_id else g.patient_id end as id
          from cards join patient_guardians g on cards.id in (g.patient_id, g.guardian_id))
        select p.name from cards join patients p on p.id = cards.id
        union select p.name from others cross join lateral app.same_person(others.id) as card (id)
          join patients p on p.id = card.id
        union select m.nome from the join medicos m on m.id = the.doctor_id
        union select name from participants where consultation_id = ${consultationId}
        union select name from invitations
          where consultation_id = ${consultationId} and name is not null
        union select signer_name from consents
          where consultation_id = ${consultationId} and signer_name is not null`.execute(trx);
      return rows.map((row) => row.name);
    },
    { readOnly: true },
  );
}
