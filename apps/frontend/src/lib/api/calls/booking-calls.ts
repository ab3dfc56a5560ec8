import { consultationStatus, consultationType, freeSlots } from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from '../http.ts';

const bookingPage = z.object({
  clinic: z.object({
    nome: z.string(),
    endereco: z.string().nullable(),
    telefone: z.string().nullable(),
    timezone: z.string(),
    slug: z.string(),
  }),
  rules: z.object({
    min_lead_minutes: z.number(),
    horizon_days: z.number(),
    cancel_until_minutes: z.number(),
  }),
  doctors: z.array(
    z.object({
      id: z.string(),
      nome: z.string(),
      crm: z.string(),
      especialidade: z.string().nullable(),
    }),
  ),
});
export type BookingPage = z.infer<typeof bookingPage>;

const asked = z.object({ request_id: z.string(), expires_at: z.string() });

const booked = z.object({
  scheduled_at: z.string(),
  duration_minutes: z.number(),
  type: consultationType,
  doctor: z.object({ nome: z.string(), crm: z.string() }),
  clinic: z.object({ nome: z.string(), endereco: z.string().nullable() }),
  manage_url: z.string(),
});
export type Booked = z.infer<typeof booked>;

const reservation = booked.omit({ manage_url: true }).extend({
  status: consultationStatus,
  can_cancel: z.boolean(),
});
export type Reservation = z.infer<typeof reservation>;

export interface BookingRequest {
  doctor_id: string;
  starts_at: string;
  type: z.infer<typeof consultationType>;
  name: string;
  cpf: string;
  birth_date: string;
  email: string;
  phone?: string;
}

/** The public booking of one clinic; nobody is signed in. */
export function bookingCalls(http: Http, slug: string) {
  const path = `/api/booking/${encodeURIComponent(slug)}`;
  return {
    page: () => http({ path, answer: bookingPage }),
    slots: (doctorId: string, from: string, days: number) =>
      http({
        path: `${path}/slots`,
        query: { doctor_id: doctorId, from, days },
        answer: freeSlots,
      }),
    ask: (body: BookingRequest) => http({ method: 'POST', path, body, answer: asked }),
    confirm: (requestId: string, code: string) =>
      http({
        method: 'POST',
        path: `${path}/confirm`,
        body: { request_id: requestId, code },
        answer: booked,
      }),
    reservation: (token: string) =>
      http({ method: 'POST', path: `${path}/reservation`, body: { token }, answer: reservation }),
    cancelReservation: (token: string, reason: string | undefined) =>
      http({
        method: 'POST',
        path: `${path}/reservation/cancel`,
        body: { token, ...(reason ? { reason } : {}) },
        answer: reservation,
      }),
    /** Path of the calendar file; it takes the token in the body. */
    calendarPath: `${path}/reservation/event.ics`,
  };
}
export type BookingCalls = ReturnType<typeof bookingCalls>;
