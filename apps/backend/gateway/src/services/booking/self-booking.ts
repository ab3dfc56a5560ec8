import { randomUUID, timingSafeEqual } from 'node:crypto';
import { AppError, audit, enqueue, notFound, type Trx } from '@medcall/service-kit';
import type {
  BookingPage,
  BookingSlotsQuery,
  ConfirmBooking,
  ConfirmedBooking,
  FreeSlot,
  FreeSlots,
  RequestBooking,
  RequestedBooking,
} from '@medcall/shared-types';
import { parseCpf } from '@medcall/utils';
import { sql } from 'kysely';
import { freeSlot, refusedBooking } from '../agenda/slot-taken.ts';
import { hashOfToken } from '../invitation-tokens.ts';
import { stored } from '../stored.ts';
import {
  type BookingDeps,
  type BookingPerson,
  bookingPerson,
  codeOf,
  manageUrl,
  personContext,
  reservationTokenOf,
  type Visitor,
} from './booking-deps.ts';
import { bookableSlots, type OpenClinic, openClinic, readBookingPage } from './booking-page.ts';
import { cardFor } from './patient-of-booking.ts';
import { findReservation, reservationView } from './reservations.ts';

/** Patients book by the clinic's link. What the clinic knows of a person is never told to who types a CPF. */
export interface SelfBooking {
  page(slug: string): Promise<BookingPage>;
  slots(slug: string, query: BookingSlotsQuery): Promise<FreeSlots>;
  /**
   * Writes the wish down and mails a code.
   * @throws AppError conflict for a slot that is not offered, rate_limited for an address with too many
   */
  request(slug: string, wanted: RequestBooking): Promise<RequestedBooking>;
  /**
   * Makes the booking; again with the same code answers the same.
   * @throws AppError not_found for what is unknown, over or tried too often, conflict with its reason
   */
  confirm(slug: string, given: ConfirmBooking, visitor: Visitor): Promise<ConfirmedBooking>;
}

const codeLivesMs = 15 * 60_000;
const triesPerCode = 5;
/** Codes to one address in an hour, whoever asks for them. */
const requestsPerHour = 5;
const forgottenAfterMs = 24 * 3_600_000;

export function createSelfBooking(deps: BookingDeps): SelfBooking {
  const { clock, db } = deps;
  return {
    page: (slug) => readBookingPage(db, slug),

    slots: (slug, query) =>
      db.asSystem('booking: free slots for the public page', async (trx) =>
        bookableSlots(trx, await openClinic(trx, slug), query, clock.now()),
      ),

    request: (slug, wanted) =>
      db.asSystem('booking: a wish of a visitor', async (trx) => {
        const clinic = await openClinic(trx, slug);
        await mustBeOffered(trx, clinic, wanted.doctor_id, wanted.starts_at, clock.now());
        return writeRequest(trx, deps, clinic, wanted);
      }),

    async confirm(slug, given, visitor) {
      const found = await db.asSystem('booking: a code is tried', (trx) =>
        tryCode(trx, deps, given),
      );
      if (found === 'wrong') {
        const message = 'O código não confere. Veja o e-mail mais recente.';
        throw new AppError('validation_failed', { message, details: [{ path: 'code', message }] });
      }
      return db.asSystem('booking: a visitor books', (trx) =>
        book(trx, deps, { slug, requestId: given.request_id, visitor }),
      );
    },
  };
}

async function mustBeOffered(
  trx: Trx,
  clinic: OpenClinic,
  doctorId: string,
  startsAt: string,
  now: number,
): Promise<FreeSlot> {
  const { rows } = await sql<{ day: string }>`select
    (${startsAt}::timestamptz at time zone ${clinic.timezone})::date::text as day`.execute(trx);
  const from = rows[0]?.day ?? startsAt.slice(0, 10);
  const { days } = await bookableSlots(trx, clinic, { doctor_id: doctorId, from, days: 1 }, now);
  const slot = days
    .flatMap(({ slots }) => slots)
    .find(({ starts_at }) => Date.parse(starts_at) === Date.parse(startsAt));
  if (!slot) throw refusedBooking('not_offered');
  return slot;
}

async function writeRequest(
  trx: Trx,
  { clock, keyed, seal }: BookingDeps,
  clinic: OpenClinic,
  wanted: RequestBooking,
): Promise<RequestedBooking> {
  const cpf = parseCpf(wanted.cpf);
  if (cpf === null) {
    const message = 'O CPF informado não é válido.';
    throw new AppError('validation_failed', { message, details: [{ path: 'cpf', message }] });
  }
  const now = clock.now();
  const email = wanted.email.toLowerCase();
  const emailHash = keyed(`booking-email:${email}`);
  await forgetOld(trx, now);
  const { count } = await trx
    .selectFrom('booking_requests')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('email_hash', '=', emailHash)
    .where('created_at', '>', new Date(now - 3_600_000))
    .executeTakeFirstOrThrow();
  if (Number(count) >= requestsPerHour) throw new AppError('rate_limited');
  const person: BookingPerson = {
    name: wanted.name,
    cpf,
    birth_date: wanted.birth_date,
    email,
    phone: wanted.phone ?? null,
  };
  const id = randomUUID();
  const expiresAt = new Date(now + codeLivesMs);
  await trx
    .insertInto('booking_requests')
    .values({
      id,
      clinica_id: clinic.id,
      doctor_id: wanted.doctor_id,
      starts_at: wanted.starts_at,
      type: wanted.type,
      person_sealed: seal.seal(JSON.stringify(person), personContext(id)),
      person_hash: keyed(`booking-person:${cpf}:${wanted.birth_date}`),
      email_hash: emailHash,
      expires_at: expiresAt,
      created_at: new Date(now),
    })
    .execute();
  await enqueue(trx, 'booking.code', id);
  return { request_id: id, expires_at: expiresAt.toISOString() };
}

/** A wish that nobody confirmed is not kept. */
async function forgetOld(trx: Trx, now: number): Promise<void> {
  await trx
    .deleteFrom('booking_requests')
    .where('consultation_id', 'is', null)
    .where('expires_at', '<', new Date(now - forgottenAfterMs))
    .execute();
}

/** Counts the try in a transaction of its own: a refusal afterwards does not give it back. */
async function tryCode(
  trx: Trx,
  { clock, keyed }: BookingDeps,
  { code, request_id: id }: ConfirmBooking,
): Promise<'right' | 'wrong'> {
  const row = await trx
    .updateTable('booking_requests')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .where('tries', '<', triesPerCode)
    .where('expires_at', '>', new Date(clock.now()))
    .returning('id')
    .executeTakeFirst();
  if (!row) throw notFound();
  return timingSafeEqual(Buffer.from(code), Buffer.from(codeOf(keyed, id))) ? 'right' : 'wrong';
}

async function book(
  trx: Trx,
  deps: BookingDeps,
  { requestId, slug, visitor }: { slug: string; requestId: string; visitor: Visitor },
): Promise<ConfirmedBooking> {
  const clinic = await openClinic(trx, slug);
  const request = await trx
    .selectFrom('booking_requests')
    .selectAll()
    .where('id', '=', requestId)
    .where('clinica_id', '=', clinic.id)
    .forUpdate()
    .executeTakeFirst();
  if (!request) throw notFound();
  const token = reservationTokenOf(deps.keyed, requestId);
  if (request.consultation_id === null) {
    const startsAt = request.starts_at.toISOString();
    const slot = await mustBeOffered(trx, clinic, request.doctor_id, startsAt, deps.clock.now());
    await mustHaveRoom(trx, clinic, request.person_hash);
    const sealed = request.person_sealed ?? Buffer.alloc(0);
    const text = deps.seal.open(sealed, personContext(requestId));
    const patient = await cardFor(trx, clinic.id, stored(bookingPerson, JSON.parse(text)));
    const minutes = (Date.parse(slot.ends_at) - Date.parse(slot.starts_at)) / 60_000;
    const made = await freeSlot(() =>
      trx
        .insertInto('consultations')
        .values({
          clinica_id: clinic.id,
          patient_id: patient,
          doctor_id: request.doctor_id,
          type: request.type,
          scheduled_at: request.starts_at,
          duration_minutes: minutes,
          booked_by: 'patient',
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    await trx
      .updateTable('booking_requests')
      .set({ consultation_id: made.id, token_hash: hashOfToken(token) })
      .where('id', '=', requestId)
      .execute();
    await enqueue(trx, 'booking.confirmed', requestId);
    await audit(trx, {
      action: 'booking.confirm',
      tableName: 'consultations',
      recordId: made.id,
      patientId: patient,
      clinicaId: clinic.id,
      actorKind: 'anonymous',
      ip: visitor.ip,
      requestId: visitor.requestId,
    });
  }
  const view = reservationView(await findReservation(trx, slug, token), deps.clock.now());
  return { ...view, manage_url: manageUrl(deps.frontendUrl, slug, token) };
}

/** Counted by who typed CPF and birth date alike, not by the clinic's card: it tells nothing of the card. */
async function mustHaveRoom(trx: Trx, clinic: OpenClinic, personHash: Buffer): Promise<void> {
  // One after the other for one person, or two codes at once would both find room.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`booking:${personHash.toString('hex')}`}, 0))`.execute(
    trx,
  );
  const { count } = await trx
    .selectFrom('booking_requests as b')
    .innerJoin('consultations as c', 'c.id', 'b.consultation_id')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('b.clinica_id', '=', clinic.id)
    .where('b.person_hash', '=', personHash)
    .where('c.status', '=', 'WAITING')
    .executeTakeFirstOrThrow();
  if (Number(count) >= clinic.rules.max_open_per_patient) throw refusedBooking('too_many_open');
}
