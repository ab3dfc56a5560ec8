import { sql } from 'kysely';
import type { Database, Trx } from '../database/database.ts';
import { AppError } from '../errors/app-error.ts';
import { metrics } from '../metrics/metrics.ts';
import { priceTable } from './prices.ts';

/** A call that is about to be made, with the most that it can cost. */
interface ReservedCall {
  service: 'whisper' | 'gpt-4o' | 'embedding';
  model: string;
  upperBoundMicros: number;
  seconds?: number;
  tokens?: number;
  /** Table and rate behind the prices (`priceVersion`). */
  priceVersion?: string;
  /** The same key reserves once. */
  idempotencyKey: string;
}

/** A call of a consultation: under its cap, its clinic's, and its patient's consent. */
export interface Reservation extends ReservedCall {
  consultationId: string;
}

/** A call of a clinic itself (its guidelines hold nobody's data): under its monthly cap. */
export interface ClinicReservation extends ReservedCall {
  clinicaId: string;
}

export type ReservationAnswer =
  | { granted: true; id: string }
  | { granted: false; reason: RefusedReservation };

/** `ai_off`: the switch is off, or consent is absent or withdrawn. */
export type RefusedReservation = 'ai_off' | 'consultation_cap' | 'clinic_cap';

export interface Spending {
  spentMicros: number;
  capMicros: number | null;
  /** Of the whole clinic in this month; null when it has set no ceiling. */
  month: { spentMicros: number; capMicros: number } | null;
}

/**
 * What paid calls may cost and did cost: reserve the upper bound, call, settle. No paid call passes by
 * it, so it is also where a consultation without AI ends every call.
 */
export interface CostLedger {
  /** @throws AppError conflict for the key of a call that is already settled or released */
  reserve(reservation: Reservation | ClinicReservation): Promise<ReservationAnswer>;
  /** The true price; never more than was reserved is booked without a trace. */
  settle(id: string, actual: { micros: number; seconds?: number; tokens?: number }): Promise<void>;
  /** The call was never made, or the vendor does not charge it. */
  release(id: string): Promise<void>;
  spending(consultationId: string): Promise<Spending>;
}

/** A reservation that nobody settles stays booked at its upper bound: a crash never under-books. */
export function createCostLedger(database: Database): CostLedger {
  return {
    reserve: (reservation) =>
      database.asSystem('reserve a cost', (trx) =>
        'clinicaId' in reservation ? reserveForClinic(trx, reservation) : reserve(trx, reservation),
      ),
    async settle(id, actual) {
      const settled = await database.asSystem('settle a cost', (trx) =>
        trx
          .updateTable('ai_pricing')
          .set({
            state: 'settled',
            cost_brl_micros: actual.micros,
            ...(actual.seconds === undefined ? {} : { seconds: actual.seconds }),
            ...(actual.tokens === undefined ? {} : { tokens: actual.tokens }),
          })
          .where('id', '=', id)
          .where('state', '=', 'reserved')
          .executeTakeFirst(),
      );
      if (settled.numUpdatedRows > 0n) metrics.cost.inc(actual.micros);
    },
    async release(id) {
      await database.asSystem('release a cost', (trx) =>
        trx
          .updateTable('ai_pricing')
          .set({ state: 'released', cost_brl_micros: 0 })
          .where('id', '=', id)
          .where('state', '=', 'reserved')
          .execute(),
      );
    },
    spending: (consultationId) =>
      database.asSystem('spending of a consultation', (trx) => readSpending(trx, consultationId), {
        readOnly: true,
      }),
  };
}

async function readSpending(trx: Trx, consultationId: string): Promise<Spending> {
  const { rows } = await sql<{ cap: string | null; clinica_id: string; month_cap: string | null }>`
    select (c.cost_cap_brl * 1000000)::bigint::text as cap, c.clinica_id,
      (k.ai_cap_brl_month * 1000000)::bigint::text as month_cap
    from consultations c join clinicas k on k.id = c.clinica_id
    where c.id = ${consultationId}`.execute(trx);
  const row = rows[0];
  if (!row) return { spentMicros: 0, capMicros: null, month: null };
  const monthCap = row.month_cap;
  return {
    spentMicros: await spentBy(trx, consultationId),
    capMicros: row.cap === null ? null : Number(row.cap),
    month:
      monthCap === null
        ? null
        : { spentMicros: await spentInMonth(trx, row.clinica_id), capMicros: Number(monthCap) },
  };
}

async function reserve(trx: Trx, wish: Reservation): Promise<ReservationAnswer> {
  // The row lock makes parallel calls of one consultation see each other's reservations.
  const { rows } = await sql<{ cap: string | null; clinica_id: string; ai_allowed: boolean }>`
    select (cost_cap_brl * 1000000)::bigint::text as cap, clinica_id,
      ai_enabled and coalesce((
        select accepted from consents
        where consents.consultation_id = consultations.id and type = 'ai'
        order by position desc limit 1), false) as ai_allowed
    from consultations where id = ${wish.consultationId} for no key update`.execute(trx);
  const consultation = rows[0];
  if (!consultation) throw new Error('a cost needs a consultation');
  const known = await alreadyReserved(trx, wish.idempotencyKey);
  if (known) return known;
  if (!consultation.ai_allowed) return { granted: false, reason: 'ai_off' };
  if (consultation.cap !== null) {
    const spent = await spentBy(trx, wish.consultationId);
    if (spent + wish.upperBoundMicros > Number(consultation.cap)) {
      return { granted: false, reason: 'consultation_cap' };
    }
  }
  if (!(await clinicAllows(trx, consultation.clinica_id, wish.upperBoundMicros))) {
    return { granted: false, reason: 'clinic_cap' };
  }
  return insertReserved(trx, wish, { consultation_id: wish.consultationId });
}

async function reserveForClinic(trx: Trx, wish: ClinicReservation): Promise<ReservationAnswer> {
  const known = await alreadyReserved(trx, wish.idempotencyKey);
  if (known) return known;
  if (!(await clinicAllows(trx, wish.clinicaId, wish.upperBoundMicros))) {
    return { granted: false, reason: 'clinic_cap' };
  }
  return insertReserved(trx, wish, { clinica_id: wish.clinicaId });
}

async function alreadyReserved(trx: Trx, key: string): Promise<ReservationAnswer | undefined> {
  const known = await trx
    .selectFrom('ai_pricing')
    .select(['id', 'state'])
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  if (known && known.state !== 'reserved') throw new AppError('conflict');
  return known && { granted: true, id: known.id };
}

async function insertReserved(
  trx: Trx,
  wish: ReservedCall,
  payer: { consultation_id: string } | { clinica_id: string },
): Promise<ReservationAnswer> {
  const row = await trx
    .insertInto('ai_pricing')
    .values({
      ...payer,
      service: wish.service,
      model: wish.model,
      cost_brl_micros: wish.upperBoundMicros,
      seconds: wish.seconds ?? null,
      tokens: wish.tokens ?? null,
      state: 'reserved',
      price_version: wish.priceVersion ?? priceTable.version,
      idempotency_key: wish.idempotencyKey,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { granted: true, id: row.id };
}

async function spentBy(trx: Trx, consultationId: string): Promise<number> {
  const { rows } = await sql<{ spent: string }>`
    select coalesce(sum(cost_brl_micros), 0)::text as spent from ai_pricing
    where consultation_id = ${consultationId} and state <> 'released'`.execute(trx);
  return Number(rows[0]?.spent ?? 0);
}

/** Only clinics with a monthly ceiling pay for the lock that it needs. */
async function clinicAllows(trx: Trx, clinicaId: string, micros: number): Promise<boolean> {
  const { rows } = await sql<{ cap: string }>`
    select (ai_cap_brl_month * 1000000)::bigint::text as cap from clinicas
    where id = ${clinicaId} and ai_cap_brl_month is not null for no key update`.execute(trx);
  const cap = rows[0]?.cap;
  if (cap === undefined) return true;
  return (await spentInMonth(trx, clinicaId)) + micros <= Number(cap);
}

/** Since the beginning of the month in São Paulo. */
async function spentInMonth(trx: Trx, clinicaId: string): Promise<number> {
  const { rows } = await sql<{ spent: string }>`
    select coalesce(sum(p.cost_brl_micros), 0)::text as spent
    from ai_pricing p left join consultations c on c.id = p.consultation_id
    where (c.clinica_id = ${clinicaId} or p.clinica_id = ${clinicaId}) and p.state <> 'released'
      and p.created_at >= date_trunc('month', now(), 'America/Sao_Paulo')`.execute(trx);
  return Number(rows[0]?.spent ?? 0);
}
