import { type Database, hashPassword } from '@medcall/service-kit';
import { sql } from 'kysely';
import { consultations } from './all-finished.ts';
import { demoMembers } from './clinics.ts';
import { decideDemo } from './demo-guard.ts';
import { moveAgendaToToday, seedAgenda } from './seed-agenda.ts';
import { seedFinished } from './seed-finished.ts';
import { seedPeople } from './seed-people.ts';

export interface SeedDemoOptions {
  readonly database: Database;
  /** Decides between known and random passwords. */
  readonly databaseUrl: string;
  /** MEDCALL_DEMO=1 */
  readonly enabled: boolean;
  readonly now: Date;
}

export type SeedDemoResult =
  | {
      readonly kind: 'seeded';
      /** E-mails with their passwords; they are shown once and stored only as hashes. */
      readonly logins: readonly { readonly email: string; readonly password: string }[];
      readonly random: boolean;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Fills in the demonstration: two clinics, five log-ins, twelve patients, consultations in every
 * state, two of them finished with transcript, questions, signed note and costs. Repeating it adds
 * nothing; it moves what is still open of the demonstration's agenda to today.
 */
export async function seedDemo(options: SeedDemoOptions): Promise<SeedDemoResult> {
  const { database, now } = options;
  const state = await database.asSystem('demo: look at the database', async (trx) => {
    const { rows } = await sql<{ empty: boolean; supabase: boolean }>`
      select not exists (select 1 from clinicas) as empty,
        exists (
          select 1 from pg_class t join pg_namespace n on n.oid = t.relnamespace
          where n.nspname = 'auth' and t.relname = 'identities'
        ) as supabase`.execute(trx);
    return rows[0] ?? { empty: false, supabase: false };
  });
  if (state.supabase) {
    return {
      kind: 'refused',
      reason: 'as contas de um projeto Supabase são criadas pelo Supabase Auth',
    };
  }
  const decision = decideDemo({ ...options, empty: state.empty });
  if (decision.kind === 'refuse') return { kind: 'refused', reason: decision.reason };

  const hashes = await hashMissing(database, decision.passwordFor);
  const sources = await consultations();
  await database.asSystem('demo: seed', async (trx) => {
    await seedPeople(trx, hashes);
    await seedAgenda(trx, now);
    await moveAgendaToToday(trx, now);
    for (const finished of sources) await seedFinished(trx, finished, now);
  });
  return {
    kind: 'seeded',
    logins: demoMembers.map(({ email }) => ({ email, password: decision.passwordFor(email) })),
    random: decision.random,
  };
}

/** Hashes for the accounts that do not exist yet, outside of any transaction: it takes seconds. */
async function hashMissing(
  database: Database,
  passwordFor: (email: string) => string,
): Promise<Map<string, string>> {
  const present = await database.asSystem('demo: which accounts exist', (trx) =>
    trx.selectFrom('auth_embedded.users').select('email').execute(),
  );
  const known = new Set(present.map(({ email }) => email));
  const missing = demoMembers.filter(({ email }) => !known.has(email));
  return new Map(
    await Promise.all(
      missing.map(
        async ({ email }): Promise<[string, string]> => [
          email,
          await hashPassword(passwordFor(email)),
        ],
      ),
    ),
  );
}
