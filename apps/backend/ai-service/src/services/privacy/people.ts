import type { Database } from '@medcall/service-kit';
import { sql } from 'kysely';

/** Names of everybody who belongs to a consultation: patient, dependent or guardian, doctor, participants, invited. */
export function namesInConsultation(
  database: Database,
  consultationId: string,
): Promise<readonly string[]> {
  return database.asSystem(
    'names to be masked',
    async (trx) => {
      const { rows } = await sql<{ name: string }>`
        with the as (select patient_id, doctor_id from consultations where id = ${consultationId})
        select p.name from the join patients p on p.id = the.patient_id
        union select other.name from the
          join patients p on p.id = the.patient_id
          join patient_guardians g on p.id in (g.patient_id, g.guardian_id)
          join patients other on other.id in (g.patient_id, g.guardian_id)
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
