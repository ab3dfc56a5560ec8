import { createHash, randomBytes } from 'node:crypto';
import { AppError, audit, enqueue, type Trx } from '@medcall/service-kit';
import { type GoogleReturn, googleMissingMessage } from '@medcall/shared-types';
import { type CalendarDeps, calendarTokenContext } from '../../calendar/calendar-deps.ts';
import type { CalendarGrant, CalendarProvider } from '../../calendar/calendar-provider.ts';
import { readBusySoon } from '../../calendar/connection-store.ts';
import { auditCall, type Calling } from '../calling.ts';
import type { Member } from '../members.ts';
import { medicoOf } from './booking-calendar.ts';

/** How a visit to Google's page ended, as the settings page reads it. */
export type GoogleAnswer = 'conectado' | 'recusado' | 'falhou';

/** A doctor connects his Google calendar, and ends it. */
export interface GoogleConnection {
  /** @throws AppError unavailable where the installation has no client at Google */
  connect(calling: Calling, member: Member): Promise<{ url: string }>;
  /** The browser comes back. @returns the page that it is sent to */
  comeBack(back: GoogleReturn, origin: { ip: string; requestId: string }): Promise<string>;
  /** Forgets token, account and what was busy, here and at Google. Done also without a connection. */
  disconnect(calling: Calling, member: Member): Promise<void>;
}

interface Visit {
  doctorId: string;
  userAuth: string;
  clinicaId: string;
  verifier: string;
}

const visitMs = 10 * 60_000;

export function createGoogleConnection(deps: CalendarDeps): GoogleConnection {
  const { clock, db, frontendUrl, logger, provider, seal } = deps;
  return {
    async connect(calling, member) {
      const google = configured(provider);
      const doctorId = medicoOf(member);
      const [state, verifier] = [secret(), secret()];
      const stateHash = sha256(state);
      await db.asSystem('calendar: a doctor goes to Google', async (trx) => {
        const now = clock.now();
        await trx.deleteFrom('calendar_visits').where('expires_at', '<', new Date(now)).execute();
        await trx
          .insertInto('calendar_visits')
          .values({
            state_hash: stateHash,
            doctor_id: doctorId,
            user_auth: calling.caller.sub,
            verifier_sealed: seal.seal(verifier, visitContext(stateHash)),
            expires_at: new Date(now + visitMs),
          })
          .execute();
      });
      const codeChallenge = sha256(verifier).toString('base64url');
      return { url: google.authorizationUrl({ state, codeChallenge }) };
    },

    async comeBack({ code, error, state }, origin) {
      const visit = await takeVisit(deps, sha256(state));
      if (!visit || !provider) return settingsPage(frontendUrl, 'falhou');
      if (code === undefined) {
        return settingsPage(frontendUrl, error === 'access_denied' ? 'recusado' : 'falhou');
      }
      const outcome = await provider.exchange(code, visit.verifier);
      if (outcome.kind !== 'done') {
        logger.warn({ why: outcome.why }, 'a calendar was not connected');
        return settingsPage(frontendUrl, outcome.kind === 'refused' ? 'recusado' : 'falhou');
      }
      await db.asSystem('calendar: a doctor came back from Google', async (trx) => {
        await keepConnection(deps, trx, visit, outcome.value);
        await audit(trx, {
          action: 'calendar.google_connect',
          tableName: 'calendar_connections',
          recordId: visit.doctorId,
          userId: visit.userAuth,
          clinicaId: visit.clinicaId,
          actorKind: 'medico',
          ip: origin.ip,
          requestId: origin.requestId,
        });
      });
      return settingsPage(frontendUrl, 'conectado');
    },

    async disconnect(calling, member) {
      const doctorId = medicoOf(member);
      const row = await db.asSystem('calendar: a doctor ends his connection', (trx) =>
        trx
          .deleteFrom('calendar_connections')
          .where('doctor_id', '=', doctorId)
          .where('provider', '=', 'google')
          .returning('token_sealed')
          .executeTakeFirst(),
      );
      if (!row) return;
      await db.asUser(calling.caller, (trx) =>
        auditCall(trx, calling, {
          action: 'calendar.google_disconnect',
          tableName: 'calendar_connections',
          recordId: doctorId,
        }),
      );
      if (!row.token_sealed || !provider) return;
      const ended = await provider.revoke(
        seal.open(row.token_sealed, calendarTokenContext(doctorId)),
      );
      // Nobody has the token any more; the permission also stands in the doctor's Google account.
      if (ended.kind !== 'done')
        logger.warn({ why: ended.why }, 'a permission was not ended at Google');
    },
  };
}

async function takeVisit(
  { clock, db, seal }: CalendarDeps,
  stateHash: Buffer,
): Promise<Visit | undefined> {
  const row = await db.asSystem('calendar: whose visit comes back', async (trx) => {
    const visit = await trx
      .deleteFrom('calendar_visits')
      .where('state_hash', '=', stateHash)
      .where('expires_at', '>', new Date(clock.now()))
      .returning(['doctor_id', 'user_auth', 'verifier_sealed'])
      .executeTakeFirst();
    if (!visit) return undefined;
    // Removed in the meantime: nothing is connected for somebody who may not see the agenda.
    const doctor = await trx
      .selectFrom('members')
      .select('clinica_id')
      .where('medico_id', '=', visit.doctor_id)
      .where('user_auth', '=', visit.user_auth)
      .where('active', '=', true)
      .executeTakeFirst();
    return doctor && { ...visit, ...doctor };
  });
  if (!row) return undefined;
  return {
    doctorId: row.doctor_id,
    userAuth: row.user_auth,
    clinicaId: row.clinica_id,
    verifier: seal.open(row.verifier_sealed, visitContext(stateHash)),
  };
}

/** What is booked already goes there too, and what is busy there is read. */
async function keepConnection(
  { clock, seal }: CalendarDeps,
  trx: Trx,
  { doctorId }: Visit,
  grant: CalendarGrant,
): Promise<void> {
  const now = new Date(clock.now());
  const row = {
    account_email: grant.accountEmail,
    token_sealed: seal.seal(grant.refreshToken, calendarTokenContext(doctorId)),
    status: 'active' as const,
    created_at: now,
    busy_read_at: null,
    busy_due_at: null,
  };
  const before = await trx
    .selectFrom('calendar_connections')
    .select('account_email')
    .where('doctor_id', '=', doctorId)
    .where('provider', '=', 'google')
    .forUpdate()
    .executeTakeFirst();
  const { id } = await trx
    .insertInto('calendar_connections')
    .values({ doctor_id: doctorId, provider: 'google', ...row })
    .onConflict((conflict) => conflict.columns(['doctor_id', 'provider']).doUpdateSet(row))
    .returning('id')
    .executeTakeFirstOrThrow();
  // What stood in another account's calendar says nothing of this one.
  if (grant.accountEmail === null || before?.account_email !== grant.accountEmail) {
    await trx.deleteFrom('calendar_events').where('connection_id', '=', id).execute();
  }
  await trx.deleteFrom('calendar_busy').where('connection_id', '=', id).execute();
  const booked = await trx
    .selectFrom('consultations')
    .select('id')
    .where('doctor_id', '=', doctorId)
    .where('status', '=', 'WAITING')
    .where('scheduled_at', '>', now)
    .execute();
  const stale = await pushAgain(trx, id, now);
  for (const consultationId of new Set([...booked.map((one) => one.id), ...stale])) {
    await enqueue(trx, 'calendar.push', consultationId);
  }
  await readBusySoon(trx, id, now);
}

/**
 * What changed while the connection was down, was under way when it ended, or may have been deleted there:
 * also a booking that is no longer wanted, whose event would block its slot for good.
 */
async function pushAgain(trx: Trx, connectionId: string, now: Date): Promise<string[]> {
  const rows = await trx
    .updateTable('calendar_events as e')
    .from('consultations as c')
    .set({ state: 'pushing', failures: 0, try_until: null })
    .whereRef('c.id', '=', 'e.consultation_id')
    .where('e.connection_id', '=', connectionId)
    .where((eb) =>
      eb.or([
        eb('e.state', 'in', ['pushing', 'failed']),
        eb('e.version', 'is distinct from', eb.ref('c.version')),
        eb.and([eb('e.state', '=', 'there'), eb('c.scheduled_at', '>', now)]),
      ]),
    )
    .returning('e.consultation_id')
    .execute();
  return rows.map((row) => row.consultation_id);
}

function configured(provider: CalendarProvider | null): CalendarProvider {
  if (!provider) throw new AppError('unavailable', { message: googleMissingMessage });
  return provider;
}

function settingsPage(frontendUrl: string, answer: GoogleAnswer): string {
  const url = new URL('/configuracoes', frontendUrl);
  url.searchParams.set('calendario', answer);
  return url.href;
}

/** 256 bit, of the letters that RFC 7636 takes for a verifier. */
function secret(): string {
  return randomBytes(32).toString('base64url');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function visitContext(stateHash: Buffer): string {
  return `google-visit:${stateHash.toString('hex')}`;
}
