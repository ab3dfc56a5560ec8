import {
  AppError,
  type Caller,
  type Clock,
  type Database,
  notFound,
  type PricesInUse,
  stalePrices,
  type Trx,
} from '@medcall/service-kit';
import type { AiService, BookCost, PricingStats } from '@medcall/shared-types/pricing';
import { sql } from 'kysely';
import { fromMicros, toMicros } from './money.ts';

export interface PricingStatsQuery {
  period: 'day' | 'week' | 'month';
  doctorId?: string;
  service?: AiService;
}

export interface CostQuery {
  consultationId?: string;
  limit: number;
  /** Id of the last row of the page before. */
  after?: string;
}

const timeZone = 'America/Sao_Paulo';

/** The ledger of what engines cost: booked by services, corrected by administrators, read by members. */
export class AiPricing {
  private readonly database: Database;
  private readonly clock: Clock;
  private readonly inUse: PricesInUse;

  /** @param inUse what this installation pays by; what was paid in a period comes from its rows */
  constructor(database: Database, clock: Clock, inUse: PricesInUse) {
    this.database = database;
    this.clock = clock;
    this.inUse = inUse;
  }

  /**
   * Books a cost once per key: the same key again returns the row that is there.
   * @throws AppError forbidden, not_found, conflict when the key was used for something else
   */
  async book(caller: Caller, cost: BookCost, key: string | undefined): Promise<CostRow> {
    const work = async (trx: Trx): Promise<CostRow> => {
      const visible = await trx
        .selectFrom('consultations')
        .where('id', '=', cost.consultation_id)
        .select('id')
        .executeTakeFirst();
      if (!visible) throw notFound();
      return insertOnce(trx, caller, cost, key);
    };
    switch (caller.kind) {
      case 'service':
        if (caller.consultationId !== null && caller.consultationId !== cost.consultation_id) {
          throw notFound();
        }
        return this.database.asSystem('book a cost', work);
      case 'member':
        return this.database.asUser(caller, async (trx) => {
          const { rows } = await sql<{ clinic: string | null }>`
            select app.administered_clinic() as clinic`.execute(trx);
          if (!rows[0]?.clinic) throw new AppError('forbidden');
          return work(trx);
        });
      case 'patient':
        throw new AppError('forbidden');
    }
  }

  /** Rows that the caller may see, newest first. */
  list(caller: Caller, query: CostQuery): Promise<CostRow[]> {
    return this.asReader(caller, (trx) =>
      trx
        .selectFrom('ai_pricing')
        .$if(query.consultationId !== undefined, (rows) =>
          rows.where('consultation_id', '=', query.consultationId ?? ''),
        )
        // The row itself is the mark: two rows may share a moment.
        .$if(query.after !== undefined, (rows) =>
          rows.where(
            sql<boolean>`(created_at, id) < (select created_at, id from ai_pricing where id = ${query.after})`,
          ),
        )
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(query.limit)
        .select(columns)
        .execute(),
    );
  }

  /** Totals since the beginning of the day, week (Monday) or month in São Paulo. */
  stats(caller: Caller, query: PricingStatsQuery): Promise<PricingStats> {
    return this.asReader(caller, async (trx) => {
      const now = new Date(this.clock.now());
      const { rows: bounds } = await sql<{ from: Date }>`
        select date_trunc(${query.period}, ${now}::timestamptz, ${timeZone}) as "from"`.execute(
        trx,
      );
      const from = bounds[0]?.from ?? now;
      const { rows } = await sql<StatsRow>`
        select to_char(p.created_at at time zone ${timeZone}, 'YYYY-MM-DD') as day, p.service,
          c.doctor_id, sum(p.cost_brl_micros)::text as micros, count(*)::int as calls,
          coalesce(sum(p.cost_brl_micros) filter (where p.state = 'reserved'), 0)::text as estimated
        from ai_pricing p
        left join consultations c on c.id = p.consultation_id
        where p.created_at >= ${from} and p.created_at <= ${now} and p.state <> 'released'
          and (${query.doctorId ?? null}::uuid is null or c.doctor_id = ${query.doctorId ?? null}::uuid)
          and (${query.service ?? null}::text is null or p.service = ${query.service ?? null})
        group by 1, 2, 3 order by 1, 2, 3`.execute(trx);
      const paid = await pricedModels(trx, from, now);
      const { models, ownRate } = this.inUse;
      return {
        period: query.period,
        from: from.toISOString(),
        to: now.toISOString(),
        totalBrl: total(rows),
        estimatedBrl: total(rows.map((row) => ({ micros: row.estimated }))),
        byService: groups(rows, (row) => row.service).map(([service, of]) => ({
          service,
          ...sumOf(of),
        })),
        // What the clinic itself pays is no doctor's.
        byDoctor: groups(rows, (row) => row.doctor_id).flatMap(([doctor_id, of]) =>
          doctor_id === null ? [] : [{ doctor_id, ...sumOf(of) }],
        ),
        byDay: groups(rows, (row) => row.day).map(([day, of]) => ({ day, totalBrl: total(of) })),
        stalePrices: stalePrices({ models: [...models, ...paid], ownRate }, now.getTime()),
      };
    });
  }

  private asReader<T>(caller: Caller, work: (trx: Trx) => Promise<T>): Promise<T> {
    if (caller.kind !== 'member') throw new AppError('forbidden');
    return this.database.asUser(caller, work, { readOnly: true });
  }
}

/** Models whose calls were priced by the table: what somebody booked by hand has no version. */
async function pricedModels(trx: Trx, from: Date, to: Date): Promise<string[]> {
  const rows = await trx
    .selectFrom('ai_pricing')
    .where('created_at', '>=', from)
    .where('created_at', '<=', to)
    .where('price_version', 'is not', null)
    .where('state', '<>', 'released')
    .where('model', 'is not', null)
    .select('model')
    .distinct()
    .orderBy('model')
    .execute();
  return rows.flatMap(({ model }) => model ?? []);
}

const columns = [
  'id',
  'consultation_id',
  'service',
  'tokens',
  'seconds',
  'model',
  'cost',
  'state',
  'created_at',
] as const;

export interface CostRow {
  id: string;
  /** Null for what the clinic itself pays: its own guidelines. */
  consultation_id: string | null;
  service: AiService;
  tokens: number | null;
  seconds: string | null;
  model: string | null;
  /** BRL, decimal string. */
  cost: string;
  state: 'reserved' | 'settled' | 'released';
  created_at: Date;
}

async function insertOnce(
  trx: Trx,
  caller: Caller,
  cost: BookCost,
  key: string | undefined,
): Promise<CostRow> {
  const service = cost.service === 'gpt' ? 'gpt-4o' : cost.service;
  const micros = toMicros(cost.cost);
  // The consultation is part of the key: nobody learns of another clinic's keys by trying them.
  const idempotencyKey = key === undefined ? null : `${cost.consultation_id}:${key}`;
  const written = await trx
    .insertInto('ai_pricing')
    .values({
      consultation_id: cost.consultation_id,
      service,
      cost_brl_micros: micros,
      tokens: cost.tokens ?? null,
      seconds: cost.seconds ?? null,
      model: cost.model ?? null,
      idempotency_key: idempotencyKey,
      created_by: caller.kind === 'service' ? `service:${caller.name}` : caller.sub,
    })
    .onConflict((conflict) =>
      conflict.column('idempotency_key').where('idempotency_key', 'is not', null).doNothing(),
    )
    .returning(columns)
    .executeTakeFirst();
  if (written) return written;
  const before = await trx
    .selectFrom('ai_pricing')
    .where('idempotency_key', '=', idempotencyKey)
    .select([...columns, 'cost_brl_micros'])
    .executeTakeFirst();
  if (!before) throw new AppError('conflict');
  const { cost_brl_micros: bookedMicros, ...row } = before;
  if (row.service !== service || bookedMicros !== micros) throw new AppError('conflict');
  return row;
}

interface Sum {
  micros: string;
}

interface StatsRow extends Sum {
  day: string;
  service: AiService;
  doctor_id: string | null;
  calls: number;
  estimated: string;
}

function sumOf(rows: readonly StatsRow[]): { totalBrl: string; calls: number } {
  return { totalBrl: total(rows), calls: rows.reduce((sum, row) => sum + row.calls, 0) };
}

function total(rows: readonly Sum[]): string {
  return fromMicros(rows.reduce((sum, row) => sum + BigInt(row.micros), 0n));
}

function groups<K, R>(rows: readonly R[], key: (row: R) => K): [K, R[]][] {
  const found = new Map<K, R[]>();
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), row]);
  return [...found];
}
