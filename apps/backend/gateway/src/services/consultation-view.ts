import type { Trx } from '@medcall/service-kit';
import { type Consultation, consultation } from '@medcall/shared-types';
import { sql } from 'kysely';
import { ofPerson } from './same-person.ts';

/** Consultations with the names of the two people, as far as the caller may see them. */
export function selectConsultations(trx: Trx) {
  return (
    trx
      .selectFrom('consultations as c')
      .innerJoin('patients as p', 'p.id', 'c.patient_id')
      .innerJoin('medicos as d', 'd.id', 'c.doctor_id')
      // Row level security decides who sees a note: an administrator finds none.
      .leftJoin('notes as n', 'n.consultation_id', 'c.id')
      .select([
        'c.id',
        'c.clinica_id',
        'c.patient_id',
        'c.doctor_id',
        'c.room_id',
        'c.status',
        'c.type',
        'c.scheduled_at',
        'c.duration_minutes',
        'c.started_at',
        'c.ended_at',
        'c.timeline_zero_at',
        'c.ai_enabled',
        'c.cost_cap_brl',
        'c.valor_consulta',
        'c.conversion_reason',
        'c.version',
        'c.return_of',
        'c.booked_by',
        'c.cancel_reason',
        'c.cancelled_at',
        'c.patient_answer',
        'c.created_at',
        'c.updated_at',
        'n.status as note_status',
        ofPerson<string>('p', 'name').as('patient_name'),
        'd.nome as doctor_nome',
        'd.crm as doctor_crm',
        'd.especialidade as doctor_especialidade',
        sql<string>`coalesce(c.scheduled_at, c.created_at)::text`.as('sorted_by'),
      ])
  );
}

export type ConsultationRow = Awaited<
  ReturnType<ReturnType<typeof selectConsultations>['execute']>
>[number];

const noteStatus = consultation.shape.note_status;

/** A row as the API shows it: column names, instants in UTC, the alias `roomId`. */
export function consultationView(row: ConsultationRow): Consultation {
  return {
    id: row.id,
    clinica_id: row.clinica_id,
    patient_id: row.patient_id,
    doctor_id: row.doctor_id,
    room_id: row.room_id,
    roomId: row.room_id,
    status: row.status,
    type: row.type,
    scheduled_at: isoOf(row.scheduled_at),
    duration_minutes: row.duration_minutes,
    started_at: isoOf(row.started_at),
    ended_at: isoOf(row.ended_at),
    timeline_zero_at: isoOf(row.timeline_zero_at),
    ai_enabled: row.ai_enabled,
    cost_cap_brl: row.cost_cap_brl,
    valor_consulta: row.valor_consulta,
    conversion_reason: row.conversion_reason,
    version: row.version,
    return_of: row.return_of,
    booked_by: row.booked_by,
    cancel_reason: row.cancel_reason,
    cancelled_at: isoOf(row.cancelled_at),
    patient_answer: row.patient_answer,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    note_status: noteStatus.parse(row.note_status),
    patient: { id: row.patient_id, name: row.patient_name },
    doctor: {
      id: row.doctor_id,
      nome: row.doctor_nome,
      crm: row.doctor_crm,
      especialidade: row.doctor_especialidade,
    },
  };
}

export function isoOf(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
