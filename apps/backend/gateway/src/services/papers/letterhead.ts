import { notFound, type Trx } from '@medcall/service-kit';
import { consultationType, type PaperCertificate, paperCertificate } from '@medcall/shared-types';
import { z } from 'zod';
import { ofPerson } from '../same-person.ts';

/**
 * Who, for whom and where, as it stood when a paper was signed. Frozen with it: a doctor who moves or a
 * patient who marries changes no paper that was issued. What must be on it: Res. CFM 2.381/2024, art. 2,
 * and for care at a distance Res. CFM 2.314/2022, art. 13.
 */
export const letterhead = z.object({
  doctor: z.object({
    name: z.string(),
    crm: z.string(),
    rqe: z.string().nullable(),
    specialty: z.string().nullable(),
    email: z.string().nullable(),
  }),
  clinic: z.object({
    name: z.string(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    cnpj: z.string().nullable(),
    timezone: z.string(),
  }),
  patient: z.object({
    name: z.string(),
    cpf: z.string().nullable(),
    birth_date: z.string().nullable(),
    address: z.string().nullable(),
    /** Where the patient said that he was. */
    location: z.string().nullable(),
  }),
  care: z.object({ type: consultationType, at: z.iso.datetime() }),
});
export type Letterhead = z.infer<typeof letterhead>;

/** The letterhead of a consultation as it stands now. */
export async function readLetterhead(trx: Trx, consultationId: string): Promise<Letterhead> {
  const row = await trx
    .selectFrom('consultations as c')
    .innerJoin('medicos as d', 'd.id', 'c.doctor_id')
    .innerJoin('clinicas as k', 'k.id', 'c.clinica_id')
    .innerJoin('patients as p', 'p.id', 'c.patient_id')
    .select([
      'c.type',
      'c.started_at',
      'c.scheduled_at',
      'c.created_at',
      'd.nome as doctor_name',
      'd.crm',
      'd.rqe',
      'd.especialidade',
      'd.email as doctor_email',
      'k.nome as clinic_name',
      'k.endereco',
      'k.telefone',
      'k.cnpj',
      'k.timezone',
      // What the clinic corrects is corrected on the card that stands.
      ofPerson<string>('p', 'name').as('patient_name'),
      ofPerson<string | null>('p', 'cpf').as('cpf'),
      ofPerson<string | null>('p', 'birth_date').as('birth_date'),
      ofPerson<string | null>('p', 'address').as('address'),
    ])
    .where('c.id', '=', consultationId)
    .executeTakeFirst();
  if (!row) throw notFound();
  const told = await trx
    .selectFrom('consents')
    .select('location')
    .where('consultation_id', '=', consultationId)
    .where('location', 'is not', null)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    doctor: {
      name: row.doctor_name,
      crm: row.crm,
      rqe: row.rqe,
      specialty: row.especialidade,
      email: row.doctor_email,
    },
    clinic: {
      name: row.clinic_name,
      address: row.endereco,
      phone: row.telefone,
      cnpj: row.cnpj,
      timezone: row.timezone,
    },
    patient: {
      name: row.patient_name,
      cpf: row.cpf,
      birth_date: row.birth_date,
      address: row.address,
      location: told?.location ?? null,
    },
    care: {
      type: row.type,
      at: (row.started_at ?? row.scheduled_at ?? row.created_at).toISOString(),
    },
  };
}

const printedCertificate = z.object({ certificate: paperCertificate.nullish() });

/** The certificate that a paper was issued with, frozen beside its letterhead. */
export function storedCertificate(value: unknown): PaperCertificate | null {
  return value === null ? null : (printedCertificate.parse(value).certificate ?? null);
}

/** A stored letterhead; null for papers older than this column. */
export function storedLetterhead(value: unknown): Letterhead | null {
  return value === null ? null : letterhead.parse(value);
}
