import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import type { UserCaller } from '../auth/caller.ts';
import { type Clock, systemClock } from '../clock.ts';
import { metrics } from '../metrics/metrics.ts';
import { inSpan, isTracing, type SpanPlan } from '../tracing/spans.ts';
import type { DB } from './generated/tables.ts';
import { traceQuery } from './query-span.ts';
import { isShadowed } from './shadowed.ts';
import { createSteadyPool } from './steady-pool.ts';
import { typeParsers } from './type-parsers.ts';

/** Roles past the policies; what else each may do, its grants decide. */
export type SystemRole =
  | 'service_role'
  | 'medcall_ai'
  | 'medcall_gateway'
  | 'medcall_realtime'
  | 'medcall_jobs';

/** A transaction whose role and claims are set. Pass it on; never keep it after the work ended. */
export type Trx = Transaction<DB>;

/** The part of the service's logger that this file needs. */
export interface DatabaseLogger {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface DatabaseOptions {
  /** Address with the services' own login (`medcall_app`). */
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly poolSize?: number;
  readonly logger: DatabaseLogger;
  readonly clock?: Clock;
  /** Counts the uses of `asSystem` by reason. */
  readonly onSystemUse?: (reason: string) => void;
  /** What `asSystem` runs as: a service's own role where it has one (database/access/service-grants.ts). */
  readonly systemRole?: SystemRole;
  /** Longest statement. The client waits 1 s longer, in case the server is frozen. */
  readonly statementTimeoutMs?: number;
}

export interface TransactionOptions {
  readonly readOnly?: boolean;
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** For the one statement that is known to be slow. Bounded by the pool's own limit. */
  readonly statementTimeoutMs?: number;
}

/** PostgreSQL with Row Level Security: every query has a caller. */
export interface Database {
  /**
   * Runs `work` in one transaction as the caller: rows that are not the caller's do not exist.
   * No network call inside: the server ends a transaction that idles for 5 s.
   */
  asUser<T>(
    caller: UserCaller,
    work: (trx: Trx) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /**
   * Runs `work` in one transaction as the service's system role, past the policies. The reason is a short
   * constant phrase: it goes to the log and to a counter.
   */
  asSystem<T>(
    reason: string,
    work: (trx: Trx) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** Round trip, for readiness; rejects when the server does not answer in time. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const CONNECTION_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 5_000;
const SLOW_TRANSACTION_MS = 1_000;

/** Opens the pool. Nothing connects until the first query. */
export function createDatabase(options: DatabaseOptions): Database {
  const {
    logger,
    clock = systemClock,
    statementTimeoutMs = 10_000,
    systemRole = 'service_role',
  } = options;
  const system: Identity = { role: systemRole, claims: JSON.stringify({ role: systemRole }) };
  const pool = createSteadyPool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    // A frozen server sends no error: only the client's own deadline frees the pool.
    query_timeout: statementTimeoutMs + 1_000,
    keepAlive: true,
    types: typeParsers,
  });
  // An idle connection that the server closes would otherwise end the process.
  pool.raw.on('error', (error) => logger.warn({ err: error }, 'idle database connection lost'));
  const kysely = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    // Kysely measures every query for whoever listens: nobody does while tracing is off.
    ...(isTracing() ? { log: traceQuery } : {}),
  });

  async function transact<T>(
    identity: Identity,
    work: (trx: Trx) => Promise<T>,
    { isolation, readOnly, statementTimeoutMs: limitMs }: TransactionOptions = {},
  ): Promise<T> {
    let builder = kysely.transaction();
    if (isolation) builder = builder.setIsolationLevel(isolation);
    if (readOnly) builder = builder.setAccessMode('read only');
    const undone = isShadowed();
    const startedAt = clock.now();
    let outcome = 'rolled back';
    let durationMs: number;
    let result: T;
    try {
      result = await inSpan(transactionSpan(identity.role), () =>
        builder.execute(async (trx) => {
          await assume(trx, identity, Math.min(limitMs ?? statementTimeoutMs, statementTimeoutMs));
          const done = await work(trx);
          if (undone) throw new Undone(done);
          return done;
        }),
      );
      outcome = 'committed';
    } catch (thrown) {
      if (!(undone && thrown instanceof Undone)) throw thrown;
      result = thrown.result;
    } finally {
      durationMs = clock.now() - startedAt;
      metrics.transactions.observe({ role: identity.role, outcome }, durationMs / 1000);
    }
    if (durationMs > SLOW_TRANSACTION_MS) {
      logger.warn({ durationMs, role: identity.role }, 'slow database transaction');
    }
    return result;
  }

  return {
    async asUser(caller, work, transaction) {
      return transact(identityOf(caller), work, transaction);
    },
    async asSystem(reason, work, transaction) {
      logger.debug({ reason }, 'database as system');
      options.onSystemUse?.(reason);
      metrics.systemUses.inc({ reason });
      return transact(system, work, transaction);
    },
    async ping() {
      await pool.raw.query('select 1');
    },
    async close() {
      await kysely.destroy();
    },
  };
}

/** Rolls a shadow read back; what it read goes with it. */
class Undone<T> extends Error {
  readonly result: T;

  constructor(result: T) {
    super('rolled back: a shadow read');
    this.result = result;
  }
}

function transactionSpan(role: Identity['role']): SpanPlan {
  return {
    name: 'transaction',
    kind: 'client',
    fields: { 'db.system.name': 'postgresql', 'medcall.database.role': role },
  };
}

interface Identity {
  readonly role: 'authenticated' | 'medcall_patient' | SystemRole;
  readonly claims: string;
}

/** The fields that were verified stand above whatever else the token carried. */
function identityOf(caller: UserCaller): Identity {
  switch (caller.kind) {
    case 'member':
      return {
        role: 'authenticated',
        claims: JSON.stringify({
          ...caller.claims,
          role: 'authenticated',
          sub: caller.sub,
          iat: caller.iat,
          session_id: caller.sessionId,
        }),
      };
    case 'patient':
      return {
        role: 'medcall_patient',
        claims: JSON.stringify({
          ...caller.claims,
          role: 'medcall_patient',
          sub: caller.sub,
          room_id: caller.roomId,
          consultation_id: caller.consultationId,
          invitation_id: caller.invitationId,
        }),
      };
    default:
      // A service's caller that slips past the types must not run as anybody.
      throw new TypeError(`asUser has no role for a ${String((caller as { kind: unknown }).kind)}`);
  }
}

/**
 * Role, claims and limits, all local to the transaction: the connection goes back to the pool with
 * no rights at all (`medcall_app` inherits nothing). Limits are set here and not at connection
 * start, because poolers refuse start-up parameters.
 */
async function assume(trx: Trx, identity: Identity, statementTimeoutMs: number): Promise<void> {
  await sql`select
    set_config('role', ${identity.role}, true),
    set_config('request.jwt.claims', ${identity.claims}, true),
    set_config('search_path', 'public, extensions', true),
    set_config('statement_timeout', ${String(statementTimeoutMs)}, true),
    set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true),
    set_config('idle_in_transaction_session_timeout', ${String(IDLE_IN_TRANSACTION_TIMEOUT_MS)}, true)
  `.execute(trx);
}
