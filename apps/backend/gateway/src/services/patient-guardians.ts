import { AppError, type Database, notFound, type Trx } from '@medcall/service-kit';
import { type AuditAction, guardianCircleMessage, type Patient } from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from './calling.ts';
import { samePerson } from './same-person.ts';

export interface GuardianLink {
  id: string;
  guardianId: string;
}
export type Guardian = NonNullable<Patient['guardians']>[number];

/** Who answers for a minor: cards of the same clinic. An ended one stays, as consents were signed under it. */
export interface PatientGuardians {
  /** @throws AppError not_found for a card that the clinic has not, conflict for a circle */
  put(calling: Calling, link: GuardianLink, relation: string | undefined): Promise<Guardian[]>;
  /** @throws AppError not_found when this person does not answer for the patient */
  end(calling: Calling, link: GuardianLink): Promise<void>;
}

export function createPatientGuardians(db: Database): PatientGuardians {
  return {
    put: (calling, link, relation) =>
      db.asUser(calling.caller, async (trx) => {
        const cards = await trx
          .selectFrom('patients')
          .select(['id', 'clinica_id'])
          .where('id', 'in', [link.id, link.guardianId])
          .where('active', '=', true)
          .execute();
        const patient = cards.find(({ id }) => id === link.id);
        if (!patient || !cards.some(({ id }) => id === link.guardianId)) throw notFound();
        if (link.id === link.guardianId || (await answersFor(trx, link))) {
          throw new AppError('conflict', {
            message: guardianCircleMessage,
            details: { reason: 'guardian_circle' },
          });
        }
        await trx
          .insertInto('patient_guardians')
          .values({
            patient_id: link.id,
            guardian_id: link.guardianId,
            clinica_id: patient.clinica_id,
            relation: relation ?? null,
          })
          .onConflict((conflict) =>
            conflict
              .columns(['patient_id', 'guardian_id'])
              .doUpdateSet({ ended_at: null, ...(relation === undefined ? {} : { relation }) }),
          )
          .execute();
        await auditGuardian(trx, calling, 'patient.guardian_put', link);
        return guardiansOf(trx, link.id);
      }),

    end: (calling, link) =>
      db.asUser(calling.caller, async (trx) => {
        const ended = await trx
          .updateTable('patient_guardians')
          .set({ ended_at: sql`now()` })
          .where('patient_id', 'in', samePerson(link.id))
          .where('guardian_id', 'in', samePerson(link.guardianId))
          .where('ended_at', 'is', null)
          .returning('patient_id')
          .execute();
        if (ended.length === 0) throw notFound();
        await auditGuardian(trx, calling, 'patient.guardian_end', link);
      }),
  };
}

/**
 * Who answers for a person now, by name: each once, by the card that stands for him; nobody for himself, under
 * whichever of his cards.
 */
export function guardiansOf(trx: Trx, patientId: string): Promise<Guardian[]> {
  return trx
    .selectFrom('patient_guardians as g')
    .innerJoin('patients as p', (join) =>
      join.on(sql<boolean>`p.id = app.person_of(g.guardian_id)`),
    )
    .distinctOn(['p.name', 'p.id'])
    .select(['p.id', 'p.name', 'g.relation'])
    .where('g.patient_id', 'in', samePerson(patientId))
    .where('g.guardian_id', 'not in', samePerson(patientId))
    .where('g.ended_at', 'is', null)
    .orderBy('p.name')
    .orderBy('p.id')
    .orderBy('g.since')
    .execute();
}

/** Two people cannot answer for each other. */
async function answersFor(trx: Trx, { id, guardianId }: GuardianLink): Promise<boolean> {
  return (await guardiansOf(trx, guardianId)).some((one) => one.id === id);
}

function auditGuardian(trx: Trx, calling: Calling, action: AuditAction, link: GuardianLink) {
  return auditCall(trx, calling, {
    action,
    tableName: 'patient_guardians',
    recordId: `${link.id}:${link.guardianId}`,
    patientId: link.id,
  });
}
