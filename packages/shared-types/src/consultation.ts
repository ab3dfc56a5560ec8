import { z } from 'zod';
import { calendarDate, instant, roomId, uuid } from './primitives.ts';
import { consultationStatus, consultationType } from './room-consultation.ts';

/** A row of `consultations` as the API shows it, with the alias `roomId` and the people's names. */
export const consultation = z.object({
  id: uuid,
  clinica_id: uuid,
  patient_id: uuid,
  doctor_id: uuid,
  room_id: roomId,
  roomId: roomId,
  status: consultationStatus,
  type: consultationType,
  scheduled_at: instant.nullable(),
  duration_minutes: z.number().int().nullable(),
  started_at: instant.nullable(),
  ended_at: instant.nullable(),
  timeline_zero_at: instant.nullable(),
  ai_enabled: z.boolean(),
  cost_cap_brl: z.string().nullable(),
  valor_consulta: z.string().nullable(),
  /** Why an online consultation became one in person. */
  conversion_reason: z.string().nullable().optional(),
  /** Grows with every change that the agenda shows: `move` names the one that the person saw. */
  version: z.number().int(),
  /** The consultation that this one returns to. */
  return_of: uuid.nullable(),
  booked_by: z.enum(['clinic', 'patient']),
  cancel_reason: z.string().nullable(),
  cancelled_at: instant.nullable(),
  /** What the patient answered to the reminder of this time. */
  patient_answer: z.enum(['confirmed', 'declined']).nullable(),
  created_at: instant,
  updated_at: instant,
  /** State of the note; null without one, and for who may not read notes. */
  note_status: z.enum(['rascunho', 'assinada']).nullable(),
  patient: z.object({ id: uuid, name: z.string() }).optional(),
  doctor: z
    .object({ id: uuid, nome: z.string(), crm: z.string(), especialidade: z.string().nullable() })
    .optional(),
});
export type Consultation = z.infer<typeof consultation>;

export const createConsultation = z.object({
  patient_id: uuid,
  type: consultationType,
  scheduled_at: instant.optional(),
  duration_minutes: z.number().int().min(5).max(240).optional(),
  ai_enabled: z.boolean().optional(),
  /** For an administrator who books for somebody; a doctor books for himself. */
  doctor_id: uuid.optional(),
  /** A return: the completed consultation of the same patient that it follows. */
  return_of: uuid.optional(),
});
export type CreateConsultation = z.infer<typeof createConsultation>;

export const updateConsultation = z
  .object({
    scheduled_at: instant.nullable(),
    duration_minutes: z.number().int().min(5).max(240).nullable(),
    ai_enabled: z.boolean(),
    /** With it, the change is refused when the booking moved in the meantime. */
    version: z.number().int(),
    cost_cap_brl: z
      .string()
      .regex(/^\d{1,6}(\.\d{1,6})?$/)
      .nullable(),
  })
  .partial();
export type UpdateConsultation = z.infer<typeof updateConsultation>;

export const cancelConsultation = z.object({
  reason: z.string().trim().min(3).max(500).optional(),
  version: z.number().int().optional(),
});
export type CancelConsultation = z.infer<typeof cancelConsultation>;

/** Online becomes in person, with the reason that goes into the record. */
export const convertConsultation = z.object({ reason: z.string().trim().min(3).max(500) });
export type ConvertConsultation = z.infer<typeof convertConsultation>;

export const listConsultationsQuery = z.object({
  day: calendarDate.optional(),
  /** First and last day of a range; each works alone too. */
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  doctor_id: uuid.optional(),
  status: z.optional(consultationStatus),
  patient_id: uuid.optional(),
  /** `unsigned`: without a signed note. */
  note: z.enum(['unsigned']).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListConsultationsQuery = z.infer<typeof listConsultationsQuery>;

/** How long a patient was seen at a distance only. Res. CFM 2.314/2022, art. 6, § 2. */
export const followUp = z.object({
  /** Longest time without a consultation in person, in days. */
  limitDays: z.number().int(),
  firstSeenAt: instant.nullable(),
  lastInPersonAt: instant.nullable(),
  /** Since the last consultation in person, else since the first of all; null for a new patient. */
  daysWithout: z.number().int().nullable(),
  due: z.boolean(),
  /** The sentence for the doctor; null while nothing is due. */
  warning: z.string().nullable(),
});
export type FollowUp = z.infer<typeof followUp>;
