import { randomBytes } from 'node:crypto';
import { AppError, type Clock, type Database, notFound, type Trx } from '@medcall/service-kit';
import {
  type AuditAction,
  type CalendarFeed,
  type CalendarStatus,
  syncProblem,
} from '@medcall/shared-types';
import { type CalendarEntry, icsOf } from '../../calendar/ics.ts';
import { auditCall, type Calling } from '../calling.ts';
import { hashOfToken } from '../invitation-tokens.ts';
import type { Member } from '../members.ts';

/** Bookings for calendars outside: one as a file, a doctor's as a feed. */
export interface BookingCalendar {
  /** @throws AppError conflict for a consultation without a time of its own */
  event(calling: Calling, consultationId: string): Promise<string>;
  status(calling: Calling, member: Member): Promise<CalendarStatus>;
  /** A new address; an earlier one ends. */
  openFeed(calling: Calling, member: Member): Promise<CalendarFeed>;
  closeFeed(calling: Calling, member: Member): Promise<void>;
  /** @throws AppError not_found for an address that is not, or no longer, given out */
  feed(token: string): Promise<string>;
}

export interface BookingCalendarDeps {
  db: Database;
  clock: Clock;
  frontendUrl: string;
  gatewayUrl: string;
  googleAvailable: boolean;
}

const day = 24 * 60 * 60_000;
/** What a feed holds: calendars keep what is older. */
const feedSpan = { backMs: 30 * day, aheadMs: 400 * day };

export function createBookingCalendar(deps: BookingCalendarDeps): BookingCalendar {
  const { clock, db, frontendUrl, gatewayUrl } = deps;
  return {
    event: (calling, consultationId) =>
      db.asUser(calling.caller, async (trx) => {
        const row = await bookings(trx).where('c.id', '=', consultationId).executeTakeFirst();
        if (!row) throw notFound();
        if (row.scheduled_at === null) {
          throw new AppError('conflict', { message: 'Esta consulta não tem horário marcado.' });
        }
        const isPatient = calling.caller.kind === 'patient';
        const entry = isPatient
          ? patientEntry(row, row.scheduled_at)
          : doctorEntry(row, row.scheduled_at, frontendUrl);
        return icsOf('MedCall AI', [entry]);
      }),

    status: (calling, member) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          const rows = await trx
            .selectFrom('calendar_connections')
            .select(['provider', 'status', 'account_email', 'created_at'])
            .select(['busy_read_at', 'sync_problem'])
            .where('doctor_id', '=', medicoOf(member))
            .execute();
          const of = (provider: string) => rows.find((row) => row.provider === provider);
          return {
            feed: { active: of('ics')?.status === 'active' },
            google: googleStatus(deps.googleAvailable, of('google')),
          };
        },
        { readOnly: true },
      ),

    async openFeed(calling, member) {
      const token = randomBytes(32).toString('base64url');
      const row = { feed_token_hash: hashOfToken(token), status: 'active' as const };
      await db.asSystem('calendar: a doctor opens the feed of his agenda', (trx) =>
        trx
          .insertInto('calendar_connections')
          .values({ doctor_id: medicoOf(member), provider: 'ics', ...row })
          .onConflict((conflict) => conflict.columns(['doctor_id', 'provider']).doUpdateSet(row))
          .execute(),
      );
      await auditFeed(db, calling, member, 'calendar.feed_open');
      const url = new URL('/api/calendar/feed.ics', gatewayUrl);
      url.searchParams.set('token', token);
      return { url: url.href };
    },

    async closeFeed(calling, member) {
      await db.asSystem('calendar: a doctor closes the feed of his agenda', (trx) =>
        trx
          .deleteFrom('calendar_connections')
          .where('doctor_id', '=', medicoOf(member))
          .where('provider', '=', 'ics')
          .execute(),
      );
      await auditFeed(db, calling, member, 'calendar.feed_close');
    },

    feed: (token) =>
      db.asSystem('calendar: the bearer of a feed address reads an agenda', async (trx) => {
        const feed = await trx
          .selectFrom('calendar_connections as k')
          .innerJoin('medicos as d', 'd.id', 'k.doctor_id')
          .innerJoin('clinicas as l', 'l.id', 'd.clinica_id')
          .select(['k.doctor_id', 'l.nome'])
          .where('k.feed_token_hash', '=', hashOfToken(token))
          .where('k.status', '=', 'active')
          .where('d.active', '=', true)
          .where('l.active', '=', true)
          .executeTakeFirst();
        if (!feed) throw notFound();
        const now = clock.now();
        const rows = await bookings(trx)
          .where('c.doctor_id', '=', feed.doctor_id)
          .where('c.scheduled_at', '>', new Date(now - feedSpan.backMs))
          .where('c.scheduled_at', '<', new Date(now + feedSpan.aheadMs))
          .orderBy('c.scheduled_at')
          .execute();
        const entries = rows.flatMap((row) =>
          row.scheduled_at ? [doctorEntry(row, row.scheduled_at, frontendUrl)] : [],
        );
        return icsOf(`Agenda ${feed.nome}`, entries);
      }),
  };
}

export function medicoOf(member: Member): string {
  if (member.medicoId === null) throw new AppError('forbidden');
  return member.medicoId;
}

function auditFeed(db: Database, calling: Calling, member: Member, action: AuditAction) {
  return db.asUser(calling.caller, (trx) =>
    auditCall(trx, calling, {
      action,
      tableName: 'calendar_connections',
      recordId: medicoOf(member),
    }),
  );
}

function googleStatus(available: boolean, row: GoogleRow | undefined): CalendarStatus['google'] {
  if (!row || row.status === 'revoked') {
    return {
      available,
      status: 'disconnected',
      account_email: null,
      connected_at: null,
      synced_at: null,
      problem: null,
    };
  }
  return {
    available,
    status: row.status === 'failed' ? 'failed' : 'active',
    account_email: row.account_email,
    connected_at: row.created_at.toISOString(),
    synced_at: row.busy_read_at?.toISOString() ?? null,
    problem: syncProblem.nullable().parse(row.sync_problem),
  };
}

interface GoogleRow {
  status: string;
  account_email: string | null;
  created_at: Date;
  busy_read_at: Date | null;
  sync_problem: string | null;
}

/** Bookings with what calendars are told of them: no patient, no reason. */
export function bookings(trx: Trx) {
  return trx
    .selectFrom('consultations as c')
    .innerJoin('medicos as d', 'd.id', 'c.doctor_id')
    .innerJoin('clinicas as k', 'k.id', 'c.clinica_id')
    .select([
      'c.id',
      'c.version',
      'c.status',
      'c.type',
      'c.scheduled_at',
      'c.duration_minutes',
      'c.return_of',
      'c.updated_at',
      'd.nome as doctor_name',
      'k.nome as clinic_name',
      'k.endereco as clinic_address',
      'k.telefone as clinic_phone',
    ]);
}
export type Booking = Awaited<ReturnType<ReturnType<typeof bookings>['execute']>>[number];

/** Slots without a length are rare and old. */
const usualMinutes = 30;

function entryOf(row: Booking, startsAt: Date) {
  return {
    id: `${row.id}@medcall`,
    version: row.version,
    changedAt: row.updated_at,
    startsAt,
    minutes: row.duration_minutes ?? usualMinutes,
    cancelled: row.status === 'CANCELLED' || row.status === 'NO_SHOW',
    location: row.type === 'PRESENCIAL' ? (row.clinic_address ?? row.clinic_name) : undefined,
  };
}

/** For a calendar that a foreign company keeps: who the patient is stays behind the address. */
export function doctorEntry(row: Booking, startsAt: Date, frontendUrl: string): CalendarEntry {
  const what = row.return_of === null ? 'Consulta' : 'Retorno';
  const how = row.type === 'ONLINE' ? 'online' : 'presencial';
  const url = new URL(`/consulta/${row.id}`, frontendUrl).href;
  return { ...entryOf(row, startsAt), summary: `${what} ${how}`, description: url, url };
}

export function patientEntry(row: Booking, startsAt: Date): CalendarEntry {
  const lines = [
    row.clinic_name,
    row.clinic_phone ? `Telefone: ${row.clinic_phone}` : '',
    row.type === 'ONLINE' ? 'O link da sala chega por mensagem.' : '',
  ];
  return {
    ...entryOf(row, startsAt),
    summary: `Consulta com ${row.doctor_name}`,
    description: lines.filter((line) => line !== '').join('\n'),
  };
}
