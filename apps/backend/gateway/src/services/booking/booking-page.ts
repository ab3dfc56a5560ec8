import { type Database, notFound, type Trx } from '@medcall/service-kit';
import {
  type BookingPage,
  type BookingRules,
  type BookingSlotsQuery,
  bookingRules,
  type FreeSlots,
} from '@medcall/shared-types';
import { freeSlotsOf } from '../agenda/free-slots.ts';

const dayMs = 86_400_000;

/** A clinic that lets patients book, by its link. */
export interface OpenClinic {
  id: string;
  nome: string;
  endereco: string | null;
  telefone: string | null;
  timezone: string;
  slug: string;
  rules: BookingRules;
}

/** @throws AppError not_found also for a clinic that does not offer it */
export async function openClinic(trx: Trx, slug: string): Promise<OpenClinic> {
  const row = await trx
    .selectFrom('clinicas')
    .select(['id', 'nome', 'endereco', 'telefone', 'timezone', 'slug', 'booking_rules'])
    .where('slug', '=', slug)
    .where('active', '=', true)
    .executeTakeFirst();
  const rules = bookingRules.safeParse(row?.booking_rules);
  if (!row || !rules.success || !rules.data.enabled) throw notFound();
  const { booking_rules: _rules, ...clinic } = row;
  return { ...clinic, rules: rules.data };
}

function bookableDoctors(trx: Trx, clinicaId: string) {
  return trx
    .selectFrom('medicos')
    .select(['id', 'nome', 'crm', 'especialidade'])
    .where('clinica_id', '=', clinicaId)
    .where('active', '=', true)
    .where('accepts_online_booking', '=', true)
    .orderBy('nome');
}

export function readBookingPage(db: Database, slug: string): Promise<BookingPage> {
  return db.asSystem('booking: the public page of a clinic', async (trx) => {
    const { id, rules, ...clinic } = await openClinic(trx, slug);
    const { cancel_until_minutes, horizon_days, min_lead_minutes } = rules;
    return {
      clinic,
      rules: { cancel_until_minutes, horizon_days, min_lead_minutes },
      doctors: await bookableDoctors(trx, id).execute(),
    };
  });
}

/** Free slots that patients may take: later than the lead time, within the horizon. */
export async function bookableSlots(
  trx: Trx,
  clinic: OpenClinic,
  query: BookingSlotsQuery,
  now: number,
): Promise<FreeSlots> {
  const doctor = await bookableDoctors(trx, clinic.id)
    .where('id', '=', query.doctor_id)
    .executeTakeFirst();
  if (!doctor) throw notFound();
  const { horizon_days, min_lead_minutes } = clinic.rules;
  const found = await freeSlotsOf(trx, {
    doctorId: query.doctor_id,
    from: query.from,
    days: query.days,
    minutes: null,
    after: new Date(now + min_lead_minutes * 60_000),
  });
  const last = now + horizon_days * dayMs;
  return {
    ...found,
    days: found.days.map(({ date, slots }) => ({
      date,
      slots: slots.filter(({ starts_at }) => Date.parse(starts_at) <= last),
    })),
  };
}
