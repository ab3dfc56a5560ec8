import { z } from 'zod';
import { calendarDate, instant, uuid } from './primitives.ts';
import { consultationStatus, consultationType } from './room-consultation.ts';

/** How patients may book by the clinic's link. Switched off until the clinic says otherwise. */
export const bookingRules = z.object({
  enabled: z.boolean().default(false),
  /** A slot begins no sooner than this. */
  min_lead_minutes: z.number().int().min(0).max(20_160).default(120),
  horizon_days: z.number().int().min(1).max(365).default(60),
  /** Bookings of one person that are still to come. */
  max_open_per_patient: z.number().int().min(1).max(20).default(2),
  /** Until how long before it the patient may cancel by the link. */
  cancel_until_minutes: z.number().int().min(0).max(20_160).default(120),
});
export type BookingRules = z.infer<typeof bookingRules>;

export const clinicSlug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** What the public page shows of a clinic. */
export const bookingPage = z.object({
  clinic: z.object({
    nome: z.string(),
    endereco: z.string().nullable(),
    telefone: z.string().nullable(),
    timezone: z.string(),
    slug: clinicSlug,
  }),
  rules: bookingRules.pick({
    min_lead_minutes: true,
    horizon_days: true,
    cancel_until_minutes: true,
  }),
  doctors: z.array(
    z.object({ id: uuid, nome: z.string(), crm: z.string(), especialidade: z.string().nullable() }),
  ),
});
export type BookingPage = z.infer<typeof bookingPage>;

export const bookingSlotsQuery = z.object({
  doctor_id: uuid,
  from: calendarDate,
  days: z.coerce.number().int().min(1).max(31).default(7),
});
export type BookingSlotsQuery = z.infer<typeof bookingSlotsQuery>;

export const requestBooking = z.object({
  doctor_id: uuid,
  starts_at: instant,
  type: consultationType,
  name: z.string().trim().min(2).max(200),
  cpf: z.string().min(11).max(20),
  birth_date: calendarDate,
  email: z.email().max(200),
  phone: z.string().trim().max(30).optional(),
});
export type RequestBooking = z.infer<typeof requestBooking>;

/** The same for everybody, known to the clinic or not: the code is in the mail. */
export const requestedBooking = z.object({ request_id: uuid, expires_at: instant });
export type RequestedBooking = z.infer<typeof requestedBooking>;

export const confirmBooking = z.object({ request_id: uuid, code: z.string().regex(/^\d{6}$/) });
export type ConfirmBooking = z.infer<typeof confirmBooking>;

export const reservation = z.object({
  status: consultationStatus,
  scheduled_at: instant,
  duration_minutes: z.number().int(),
  type: consultationType,
  doctor: z.object({ nome: z.string(), crm: z.string() }),
  clinic: z.object({
    nome: z.string(),
    endereco: z.string().nullable(),
    telefone: z.string().nullable(),
    timezone: z.string(),
  }),
  can_cancel: z.boolean(),
});
export type Reservation = z.infer<typeof reservation>;

export const confirmedBooking = reservation.extend({ manage_url: z.url() });
export type ConfirmedBooking = z.infer<typeof confirmedBooking>;

export const reservationToken = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
export const cancelReservation = reservationToken.extend({
  reason: z.string().trim().min(3).max(500).optional(),
});
