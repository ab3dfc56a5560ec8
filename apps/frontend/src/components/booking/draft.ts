import type { BookingPage, ConsultationType, RequestBooking } from '@medcall/shared-types';
import { z } from 'zod';
import { ApiError } from '#lib/api/api-error.ts';

/** What has been chosen and typed so far. Going back loses nothing. */
export interface BookingDraft {
  doctorId: string | null;
  type: ConsultationType;
  slot: { startsAt: string; day: string; clock: string } | null;
  person: PersonDraft;
}

export interface PersonDraft {
  name: string;
  cpf: string;
  birth_date: string;
  email: string;
  phone: string;
}

export function emptyDraft({ doctors }: Pick<BookingPage, 'doctors'>): BookingDraft {
  const [first, second] = doctors;
  return {
    doctorId: first && !second ? first.id : null,
    type: 'ONLINE',
    slot: null,
    person: { name: '', cpf: '', birth_date: '', email: '', phone: '' },
  };
}

/** The draft as the service takes it; null while something is missing. */
export function requestOf({ doctorId, type, slot, person }: BookingDraft): RequestBooking | null {
  if (!doctorId || !slot) return null;
  const { phone, ...needed } = person;
  return {
    doctor_id: doctorId,
    starts_at: slot.startsAt,
    type,
    ...needed,
    ...(phone === '' ? {} : { phone }),
  };
}

const reason = z.object({ reason: z.string() });

/** True when the chosen time was booked by somebody else, or is no longer offered. */
export function slotIsGone(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.code !== 'conflict') return false;
  const details = reason.safeParse(error.details);
  return details.success && ['slot_taken', 'not_offered'].includes(details.data.reason);
}
