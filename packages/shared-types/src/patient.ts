import { z } from 'zod';
import { calendarDate, instant, uuid } from './primitives.ts';

export const sex = z.enum(['F', 'M', 'I']);
export type Sex = z.infer<typeof sex>;

/** The demographic card: what any member of the clinic sees. */
export const patientCard = z.object({
  id: uuid,
  clinica_id: uuid,
  doctor_id: uuid.nullable(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  cpf: z.string().nullable(),
  birth_date: calendarDate.nullable(),
  sex: sex.nullable(),
  address: z.string().nullable().optional(),
  created_at: instant,
});
export type PatientCard = z.infer<typeof patientCard>;

/** The card with what only a doctor in a care relation sees. */
export const patient = patientCard.extend({
  allergies: z.array(z.string()).optional(),
  medicines: z.array(z.string()).optional(),
  guardian_of: uuid.nullable().optional(),
  /** The card that this one was joined to, with the one that stands for the person. */
  merged_into: uuid.nullable().optional(),
  /** Cards joined to this one: each can be parted again. */
  merged: z.array(z.object({ id: uuid, name: z.string(), merged_at: instant })).optional(),
  /** Who answers for this person, on the card alone. */
  guardians: z
    .array(z.object({ id: uuid, name: z.string(), relation: z.string().nullable() }))
    .optional(),
  /** Version of allergies and medicines together, of all cards of the person; 0 while nothing is written. */
  health_version: z.number().int().optional(),
});
export type Patient = z.infer<typeof patient>;

export const createPatient = z.object({
  name: z.string().trim().min(2).max(200),
  cpf: z.string().max(20).optional(),
  birth_date: calendarDate.optional(),
  sex: sex.optional(),
  email: z.email().max(200).optional(),
  phone: z.string().max(30).optional(),
  address: z.string().trim().min(3).max(300).optional(),
});
export type CreatePatient = z.infer<typeof createPatient>;

const healthItems = z.array(z.string().trim().min(1).max(200)).max(100).optional();

export const updatePatient = createPatient
  .extend({
    allergies: z.array(z.string().max(200)).max(100),
    medicines: z.array(z.string().max(200)).max(100),
    /** Goes with whole lists: the version that the person saw. */
    health_version: z.number().int(),
    /** Additions and removals, which need no version: two people's both hold. */
    health: z.object({
      add_allergies: healthItems,
      remove_allergies: healthItems,
      add_medicines: healthItems,
      remove_medicines: healthItems,
    }),
  })
  .partial();
export type UpdatePatient = z.infer<typeof updatePatient>;

export const listPatientsQuery = z.object({
  search: z.string().max(100).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** The same as a body: a CPF belongs in no address, which histories and logs keep. */
export const searchPatients = listPatientsQuery;
export type ListPatientsQuery = z.infer<typeof listPatientsQuery>;

/** What the guardian is to the patient, for example "mãe". */
export const putGuardian = z.object({ relation: z.string().trim().min(2).max(80).optional() });

/** Cards that may be of one person, oldest first. */
export const patientDuplicate = z.object({
  /** `cpf`: somebody booked with the first card's CPF and another birth date. */
  reason: z.enum(['cpf', 'name_and_birth_date']),
  patients: z.array(patientCard).min(2),
});
export type PatientDuplicate = z.infer<typeof patientDuplicate>;
/** Cards of one group. */
export const patientGroup = z.object({ patient_ids: z.array(uuid).min(2).max(50) });
export type PatientGroup = z.infer<typeof patientGroup>;

export const mergePatient = z.object({ merged_id: uuid });
export type MergePatient = z.infer<typeof mergePatient>;

export const listDuplicatesQuery = z.object({
  /** `true`: groups that somebody looked at and said to be different people. */
  dismissed: z.enum(['true', 'false']).default('false'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListDuplicatesQuery = z.infer<typeof listDuplicatesQuery>;

/** Why a doctor opens the chart of somebody whom he has no booking with; it goes to the audit. */
export const createCareRelation = z.object({ reason: z.string().trim().min(3).max(500) });
export const careRelation = z.object({
  doctor_id: uuid,
  patient_id: uuid,
  since: instant,
  reason: z.string(),
  origin: z.enum(['booking', 'stated', 'merge']),
});
export type CareRelation = z.infer<typeof careRelation>;
