import { z } from 'zod';
import { openingHours } from './agenda.ts';
import { bookingRules, clinicSlug } from './booking.ts';
import { instant, uuid } from './primitives.ts';

export const clinic = z.object({
  id: uuid,
  nome: z.string(),
  endereco: z.string().nullable(),
  telefone: z.string().nullable(),
  cnpj: z.string().nullable(),
  slug: z.string(),
  timezone: z.string(),
  webhook_url: z.string().nullable(),
  opening_hours: openingHours,
  booking_rules: bookingRules,
  /** BRL a calendar month, decimal string; null means no ceiling. */
  ai_cap_brl_month: z.string().nullable(),
  updated_at: instant,
});
export type Clinic = z.infer<typeof clinic>;

export const updateClinic = z
  .object({
    nome: z.string().trim().min(2).max(200),
    endereco: z.string().trim().max(400).nullable(),
    telefone: z.string().trim().max(30).nullable(),
    /** With or without points; digits, or the letters of 2026 (IN RFB 2.229/2024). */
    cnpj: z.string().max(20).nullable(),
    slug: clinicSlug.min(3),
    timezone: z.string().refine(isTimezone, 'fuso horário desconhecido'),
    opening_hours: openingHours,
    booking_rules: bookingRules,
    ai_cap_brl_month: z
      .string()
      .regex(/^\d{1,8}(\.\d{1,2})?$/)
      .nullable(),
  })
  .partial();
export type UpdateClinic = z.infer<typeof updateClinic>;

/** A doctor as the clinic's members see one another. */
export const clinicDoctor = z.object({
  id: uuid,
  nome: z.string(),
  crm: z.string(),
  rqe: z.string().nullable(),
  especialidade: z.string().nullable(),
  email: z.string().nullable(),
  active: z.boolean(),
});
export type ClinicDoctor = z.infer<typeof clinicDoctor>;

/** `POST /api/clinic/doctors`: the account is made, and its link mailed. */
export const inviteDoctor = z.object({
  nome: z.string().trim().min(2).max(200),
  email: z.email().max(254),
  /** For example `123456/SP` or `CRM/SP 123456`. */
  crm: z.string().trim().min(4).max(30),
  rqe: z.string().trim().max(30).optional(),
  especialidade: z.string().trim().max(120).optional(),
});
export type InviteDoctor = z.infer<typeof inviteDoctor>;

/** `PATCH /api/clinic/doctors/:id`: null takes RQE or specialty away. The address belongs to the account. */
export const updateDoctor = inviteDoctor
  .pick({ nome: true, crm: true })
  .extend({
    rqe: z.string().trim().max(30).nullable(),
    especialidade: z.string().trim().max(120).nullable(),
  })
  .partial();
export type UpdateDoctor = z.infer<typeof updateDoctor>;

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('pt-BR', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
