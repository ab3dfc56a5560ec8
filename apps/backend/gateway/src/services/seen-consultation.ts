import { AppError, notFound, type Trx } from '@medcall/service-kit';
import type { Member } from './members.ts';

/** A consultation that the caller sees, as the services that hang something on it need it. */
export interface SeenConsultation {
  id: string;
  clinica_id: string;
  room_id: string;
  patient_id: string;
  doctor_id: string;
  type: string;
  status: string;
}

/** @throws AppError not_found when it is not there for this caller */
export async function seeConsultation(trx: Trx, id: string): Promise<SeenConsultation> {
  const row = await trx
    .selectFrom('consultations')
    .select(['id', 'clinica_id', 'room_id', 'patient_id', 'doctor_id', 'type', 'status'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** What only its own doctor may write. @throws AppError forbidden for a colleague who may read it */
export async function ownConsultation(
  trx: Trx,
  member: Member,
  id: string,
): Promise<SeenConsultation> {
  const consultation = await seeConsultation(trx, id);
  if (member.medicoId !== consultation.doctor_id) {
    throw new AppError('forbidden', { message: 'Só o médico da consulta pode fazer isto.' });
  }
  return consultation;
}
