import { createHash, randomBytes } from 'node:crypto';
import { AppError, audit, type Trx } from '@medcall/service-kit';
import { type GoogleOutcome, type GoogleReturn, googleMissingMessage } from '@medcall/shared-types';
import { type CalendarDeps, calendarTokenContext } from '../../calendar/calendar-deps.ts';
import type { CalendarProvider } from '../../calendar/calendar-provider.ts';
import { closeChannels, forgetRead, nothingRead } from '../../calendar/connection-store.ts';
import { auditCall, type Calling } from '../calling.ts';
import type { Member } from '../members.ts';
import { medicoOf } from './booking-calendar.ts';
import { type Before, keepConnection } from './keep-google-connection.ts';

/** A doctor connects his Google calendar, and ends it. */
export interface GoogleConnection {
  /** @throws AppError unavailable where the installation has no client at Google */
  connect(calling: Calling, member: Member): Promise<{ url: string }>;
  /**
   * Where Google's page sends the browser on to: our own page, with what Google said in the fragment, which
   * no server logs. Whose browser it is, only that page knows.
   */
  returnPage(back: GoogleReturn): string;
  /** The doctor is back, by his own session: it counts only for who went. */
  comeBack(calling: Calling, member: Member, back: GoogleReturn): Promise<GoogleOutcome>;
  /**
   * Forgets token, account, channels and all that was read, here and at Google. Which bookings stood in the
   * calendar stays known: connected again, it is put right. Done also without a connection.
   */
  disconnect(calling: Calling, member: Member): Promise<void>;
}

interface Visit {
  doctorId: string;
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

    returnPage({ code, error, state }) {
      const url = new URL('/configuracoes/google', frontendUrl);
      const said = { state, ...(code === undefined ? { error: error ?? '' } : { code }) };
      url.hash = new URLSearchParams(said).toString();
      return url.href;
    },

    async comeBack(calling, member, { code, error, state }) {
      const visit = await takeVisit(deps, sha256(state), calling.caller.sub, medicoOf(member));
      if (!visit || !provider) return { outcome: 'failed' };
      if (code === undefined) {
        return { outcome: error === 'access_denied' ? 'refused' : 'failed' };
      }
      const outcome = await provider.exchange(code, visit.verifier);
      if (outcome.kind !== 'done') {
        logger.warn({ why: outcome.why }, 'a calendar was not connected');
        return { outcome: outcome.kind === 'refused' ? 'refused' : 'failed' };
      }
      const before = await db.asSystem('calendar: a doctor came back from Google', async (trx) => {
        const replaced = await keepConnection(deps, trx, visit.doctorId, outcome.value);
        await audit(trx, {
          action: 'calendar.google_connect',
          tableName: 'calendar_connections',
          recordId: visit.doctorId,
          userId: calling.caller.sub,
          clinicaId: member.clinicaId,
          actorKind: 'medico',
          ip: calling.ip,
          requestId: calling.requestId,
        });
        return replaced;
      });
      // Of the same account Google would take back the new permission with the old one.
      const revokes = before.isOtherAccount;
      await endAtGoogle(deps, visit.doctorId, before, { revokes }).catch((error: unknown) => {
        // He is connected. A token that cannot be opened is of a key that is gone.
        logger.warn({ err: error }, 'what was connected before was not ended at Google');
      });
      return { outcome: 'connected' };
    },

    async disconnect(calling, member) {
      const doctorId = medicoOf(member);
      const ended = await db.asSystem('calendar: a doctor ends his connection', (trx) =>
        endOwnConnection(trx, doctorId, new Date(clock.now())),
      );
      if (!ended) return;
      await db.asUser(calling.caller, (trx) =>
        auditCall(trx, calling, {
          action: 'calendar.google_disconnect',
          tableName: 'calendar_connections',
          recordId: doctorId,
        }),
      );
      await endAtGoogle(deps, doctorId, ended, { revokes: true });
    },
  };
}

/** A visit ends once, and only with who began it: another person's state is of no use, and stays. */
async function takeVisit(
  { clock, db, seal }: CalendarDeps,
  stateHash: Buffer,
  sub: string,
  doctorId: string,
): Promise<Visit | undefined> {
  const row = await db.asSystem('calendar: whose visit comes back', (trx) =>
    trx
      .deleteFrom('calendar_visits')
      .where('state_hash', '=', stateHash)
      .where('user_auth', '=', sub)
      .where('doctor_id', '=', doctorId)
      .where('expires_at', '>', new Date(clock.now()))
      .returning('verifier_sealed')
      .executeTakeFirst(),
  );
  return row && { doctorId, verifier: seal.open(row.verifier_sealed, visitContext(stateHash)) };
}

/**
 * Without token, account and all that was read. Which of his coming bookings may stand in the calendar is kept:
 * what is cancelled or moved from now on would block its time there for good.
 * @returns the token and the channels that were; undefined where nothing was connected
 */
async function endOwnConnection(
  trx: Trx,
  doctorId: string,
  now: Date,
): Promise<Before | undefined> {
  const before = await trx
    .selectFrom('calendar_connections')
    .select(['id', 'token_sealed'])
    .where('doctor_id', '=', doctorId)
    .where('provider', '=', 'google')
    .where('status', '<>', 'revoked')
    .forUpdate()
    .executeTakeFirst();
  if (!before) return undefined;
  await trx
    .updateTable('calendar_connections')
    .set({ status: 'revoked', token_sealed: null, account_email: null, ...nothingRead })
    .where('id', '=', before.id)
    .execute();
  const channels = await forgetRead(trx, before.id);
  await trx
    .deleteFrom('calendar_events as e')
    .using('consultations as c')
    .whereRef('c.id', '=', 'e.consultation_id')
    .where('e.connection_id', '=', before.id)
    .where((eb) => eb.or([eb('e.state', '=', 'gone'), eb('c.scheduled_at', '<=', now)]))
    .execute();
  await trx
    .updateTable('calendar_events')
    .set({ etag: null })
    .where('connection_id', '=', before.id)
    .execute();
  return { tokenSealed: before.token_sealed, channels };
}

/** What was opened ends at Google too; what does not is logged, and stands in the doctor's own account. */
async function endAtGoogle(
  deps: CalendarDeps,
  doctorId: string,
  { channels, tokenSealed }: Before,
  { revokes }: { revokes: boolean },
): Promise<void> {
  const { logger, provider, seal } = deps;
  if (!tokenSealed || !provider) return;
  const refreshToken = seal.open(tokenSealed, calendarTokenContext(doctorId));
  await closeChannels(deps, refreshToken, channels);
  if (!revokes) return;
  const revoked = await provider.revoke(refreshToken);
  if (revoked.kind !== 'done')
    logger.warn({ why: revoked.why }, 'a permission was not ended at Google');
}

function configured(provider: CalendarProvider | null): CalendarProvider {
  if (!provider) throw new AppError('unavailable', { message: googleMissingMessage });
  return provider;
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
