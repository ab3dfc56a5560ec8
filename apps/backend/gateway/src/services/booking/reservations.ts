import { AppError, audit, notFound, publish, type Trx } from '@medcall/service-kit';
import { bookingRules, type Reservation } from '@medcall/shared-types';
import { icsOf } from '../../calendar/ics.ts';
import { bookings, patientEntry } from '../agenda/booking-calendar.ts';
import { hashOfToken } from '../invitation-tokens.ts';
import type { BookingDeps, Visitor } from './booking-deps.ts';

/** A booking in the hands of who made it, by the link in the mail. */
export interface Reservations {
  get(slug: string, token: string): Promise<Reservation>;
  /** @throws AppError conflict when it is too late */
  cancel(
    slug: string,
    given: { token: string; reason?: string | undefined },
    visitor: Visitor,
  ): Promise<Reservation>;
  ics(slug: string, token: string): Promise<string>;
}

export function createReservations({ clock, db }: BookingDeps): Reservations {
  return {
    get: (slug, token) =>
      db.asSystem('booking: a visitor sees his booking', async (trx) =>
        reservationView(await findReservation(trx, slug, token), clock.now()),
      ),

    cancel: (slug, { reason, token }, visitor) =>
      db.asSystem('booking: a visitor cancels his booking', async (trx) => {
        const row = await findReservation(trx, slug, token);
        if (row.status === 'CANCELLED') return reservationView(row, clock.now());
        if (!reservationView(row, clock.now()).can_cancel) {
          throw new AppError('conflict', {
            message: 'Já não é possível cancelar por aqui. Fale com a clínica.',
          });
        }
        await cancelBooking(trx, row, reason ?? 'cancelada pelo paciente', clock.now());
        await audit(trx, {
          action: 'booking.cancel',
          tableName: 'consultations',
          recordId: row.id,
          patientId: row.patient_id,
          clinicaId: row.clinica_id,
          actorKind: 'anonymous',
          ip: visitor.ip,
          requestId: visitor.requestId,
        });
        return reservationView(await findReservation(trx, slug, token), clock.now());
      }),

    ics: (slug, token) =>
      db.asSystem('booking: a visitor takes his booking along', async (trx) => {
        const { id, scheduled_at: startsAt } = await findReservation(trx, slug, token);
        const row = await bookings(trx).where('c.id', '=', id).executeTakeFirstOrThrow();
        return icsOf('MedCall AI', startsAt ? [patientEntry(row, startsAt)] : []);
      }),
  };
}

/** It must still be as it was read: the doctor may open the room in the same moment. */
async function cancelBooking(
  trx: Trx,
  { id, version }: ReservationRow,
  reason: string,
  now: number,
): Promise<void> {
  const changed = await trx
    .updateTable('consultations')
    .set({ status: 'CANCELLED', cancelled_at: new Date(now), cancel_reason: reason })
    .where('id', '=', id)
    .where('status', '=', 'WAITING')
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst();
  if (!changed) throw new AppError('version_conflict');
  await publish(trx, { type: 'consultation_changed', consultation_id: id });
}

export async function findReservation(trx: Trx, slug: string, token: string) {
  const row = await trx
    .selectFrom('booking_requests as b')
    .innerJoin('consultations as c', 'c.id', 'b.consultation_id')
    .innerJoin('medicos as d', 'd.id', 'c.doctor_id')
    .innerJoin('clinicas as k', 'k.id', 'c.clinica_id')
    .select([
      'c.id',
      'c.clinica_id',
      'c.patient_id',
      'c.version',
      'c.status',
      'c.scheduled_at',
      'c.duration_minutes',
      'c.type',
      'd.nome as doctor_name',
      'd.crm',
      'k.nome as clinic_name',
      'k.endereco',
      'k.telefone',
      'k.timezone',
      'k.booking_rules',
    ])
    .where('b.token_hash', '=', hashOfToken(token))
    .where('k.slug', '=', slug)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}
type ReservationRow = Awaited<ReturnType<typeof findReservation>>;

export function reservationView(row: ReservationRow, now: number): Reservation {
  const startsAt = row.scheduled_at?.getTime() ?? now;
  const { cancel_until_minutes: minutes } = bookingRules.parse(row.booking_rules ?? {});
  return {
    status: row.status,
    scheduled_at: new Date(startsAt).toISOString(),
    duration_minutes: row.duration_minutes ?? 0,
    type: row.type,
    doctor: { nome: row.doctor_name, crm: row.crm },
    clinic: {
      nome: row.clinic_name,
      endereco: row.endereco,
      telefone: row.telefone,
      timezone: row.timezone,
    },
    can_cancel: row.status === 'WAITING' && startsAt - minutes * 60_000 > now,
  };
}
