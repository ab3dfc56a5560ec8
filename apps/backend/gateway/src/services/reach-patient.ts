import { notFound, type Trx } from '@medcall/service-kit';
import { sql } from 'kysely';

/**
 * The administration reaches the clinic's patients, a doctor those he cares for.
 * @throws AppError not_found for anybody else's
 */
export async function mustReachPatient(trx: Trx, patientId: string): Promise<void> {
  const found = await trx
    .selectFrom('patients as p')
    .select('p.id')
    .where('p.id', '=', patientId)
    .where(
      sql<boolean>`(app.administered_clinic() is not null or exists (
        select 1 from care_relations r where r.patient_id = p.id
          and r.doctor_id = app.current_doctor() and r.ended_at is null))`,
    )
    .executeTakeFirst();
  if (!found) throw notFound();
}
