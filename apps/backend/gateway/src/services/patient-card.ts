import type { PatientCard } from '@medcall/shared-types';

/** Of `patients as p`. */
export const cardColumns = [
  'p.id',
  'p.clinica_id',
  'p.doctor_id',
  'p.name',
  'p.email',
  'p.phone',
  'p.cpf',
  'p.birth_date',
  'p.sex',
  'p.address',
  'p.created_at',
] as const;

type CardRow = Omit<PatientCard, 'created_at'> & { created_at: Date };

export function cardView(row: CardRow): PatientCard {
  return {
    id: row.id,
    clinica_id: row.clinica_id,
    doctor_id: row.doctor_id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    cpf: row.cpf,
    birth_date: row.birth_date,
    sex: row.sex,
    address: row.address ?? null,
    created_at: row.created_at.toISOString(),
  };
}
