import { AppError, type Clock, type Database, notFound, type Trx } from '@medcall/service-kit';
import type {
  Availability,
  AvailabilityException,
  CreatedException,
  CreateException,
  FreeSlots,
  ReplaceAvailability,
  SlotsQuery,
} from '@medcall/shared-types';
import { sql } from 'kysely';
import { auditCall, type Calling } from '../calling.ts';
import type { Member } from '../members.ts';
import { freeSlotsOf } from './free-slots.ts';

/** When a doctor works, and what of it is free. Hours are wall clocks of the clinic. */
export interface AgendaHours {
  get(calling: Calling, member: Member, doctorId?: string): Promise<Availability>;
  /** The weekly hours as a whole. @throws AppError version_conflict when another change came first */
  replace(calling: Calling, member: Member, wanted: ReplaceAvailability): Promise<Availability>;
  except(calling: Calling, member: Member, wanted: CreateException): Promise<CreatedException>;
  removeException(calling: Calling, id: string): Promise<void>;
  slots(calling: Calling, member: Member, query: SlotsQuery): Promise<FreeSlots>;
}

export function createAgendaHours({ clock, db }: { clock: Clock; db: Database }): AgendaHours {
  return {
    get: (calling, member, doctorId) =>
      db.asUser(calling.caller, (trx) => read(trx, doctorOf(member, doctorId), clock.now()), {
        readOnly: true,
      }),

    replace: (calling, member, wanted) =>
      db.asUser(calling.caller, async (trx) => {
        const doctorId = doctorOf(member, wanted.doctor_id);
        await mustManage(trx, member, doctorId);
        await claimVersion(trx, doctorId, wanted);
        await replaceHours(trx, member.clinicaId, doctorId, wanted.hours);
        await auditCall(trx, calling, {
          action: 'availability.replace',
          tableName: 'availability',
          recordId: doctorId,
        });
        return read(trx, doctorId, clock.now());
      }),

    except: (calling, member, wanted) =>
      db.asUser(calling.caller, async (trx) => {
        const doctorId = doctorOf(member, wanted.doctor_id);
        await mustManage(trx, member, doctorId);
        const exception = await insertException(trx, member.clinicaId, doctorId, wanted);
        await auditCall(trx, calling, {
          action: 'availability.except',
          tableName: 'availability_exceptions',
          recordId: exception.id,
          changes: { kind: exception.kind },
        });
        const conflicts =
          exception.kind === 'blocked' ? await bookingsIn(trx, doctorId, exception) : [];
        return { exception, conflicts };
      }),

    removeException: (calling, id) =>
      db.asUser(calling.caller, async (trx) => {
        const removed = await trx
          .deleteFrom('availability_exceptions')
          .where('id', '=', id)
          .returning('id')
          .executeTakeFirst();
        if (!removed) throw notFound();
        await auditCall(trx, calling, {
          action: 'availability.unexcept',
          tableName: 'availability_exceptions',
          recordId: id,
        });
      }),

    slots: (calling, member, query) =>
      db.asUser(
        calling.caller,
        (trx) =>
          freeSlotsOf(trx, {
            doctorId: doctorOf(member, query.doctor_id),
            from: query.from,
            days: query.days,
            minutes: query.duration_minutes ?? null,
            after: new Date(clock.now()),
          }),
        { readOnly: true },
      ),
  };
}

/** Whose agenda a request speaks about: a doctor may leave himself out. */
function doctorOf(member: Member, doctorId: string | undefined): string {
  const id = doctorId ?? member.medicoId;
  if (id === null) {
    throw new AppError('validation_failed', {
      message: 'Escolha o médico.',
      details: [{ path: 'doctor_id', message: 'obrigatório' }],
    });
  }
  return id;
}

async function read(trx: Trx, doctorId: string, now: number): Promise<Availability> {
  const doctor = await trx
    .selectFrom('medicos as d')
    .innerJoin('clinicas as k', 'k.id', 'd.clinica_id')
    .select(['d.agenda_version', 'd.accepts_online_booking', 'k.timezone'])
    .where('d.id', '=', doctorId)
    .executeTakeFirst();
  if (!doctor) throw notFound();
  const hours = await trx
    .selectFrom('availability')
    .select(['weekday', 'slot_minutes', 'valid_from', 'valid_until'])
    .select([hhmm('start_time').as('start'), hhmm('end_time').as('end')])
    .where('doctor_id', '=', doctorId)
    .where('active', '=', true)
    .orderBy('weekday')
    .orderBy('start_time')
    .orderBy('valid_from')
    .execute();
  const exceptions = await trx
    .selectFrom('availability_exceptions')
    .select(exceptionColumns)
    .where('doctor_id', '=', doctorId)
    .where('ends_at', '>', new Date(now))
    .orderBy('starts_at')
    .execute();
  return {
    doctor_id: doctorId,
    timezone: doctor.timezone,
    version: doctor.agenda_version,
    accepts_online_booking: doctor.accepts_online_booking,
    hours,
    exceptions: exceptions.map(exceptionView),
  };
}

function hhmm(column: 'start_time' | 'end_time') {
  return sql<string>`to_char(${sql.ref(column)}::interval, 'HH24:MI')`;
}

/** Who writes the next version writes the hours. */
async function claimVersion(trx: Trx, doctorId: string, wanted: ReplaceAvailability) {
  const claimed = await trx
    .updateTable('medicos')
    .set({
      agenda_version: wanted.version + 1,
      ...(wanted.accepts_online_booking === undefined
        ? {}
        : { accepts_online_booking: wanted.accepts_online_booking }),
    })
    .where('id', '=', doctorId)
    .where('agenda_version', '=', wanted.version)
    .returning('id')
    .executeTakeFirst();
  if (claimed) return;
  const { agenda_version: version } = await trx
    .selectFrom('medicos')
    .select('agenda_version')
    .where('id', '=', doctorId)
    .executeTakeFirstOrThrow();
  throw new AppError('version_conflict', { details: { version } });
}

async function replaceHours(
  trx: Trx,
  clinicaId: string,
  doctorId: string,
  hours: ReplaceAvailability['hours'],
): Promise<void> {
  await trx.deleteFrom('availability').where('doctor_id', '=', doctorId).execute();
  if (hours.length === 0) return;
  await trx
    .insertInto('availability')
    .values(
      hours.map(({ start, end, ...row }) => ({
        ...row,
        start_time: start,
        end_time: end,
        doctor_id: doctorId,
        clinica_id: clinicaId,
      })),
    )
    .execute();
}

/** An agenda that is not the caller's to write does not exist for writing. */
async function mustManage(trx: Trx, member: Member, doctorId: string): Promise<void> {
  const doctor = await trx
    .selectFrom('medicos')
    .select('id')
    .where('id', '=', doctorId)
    .executeTakeFirst();
  if (!doctor || (member.medicoId !== null && member.medicoId !== doctorId)) throw notFound();
}

const exceptionColumns = ['id', 'kind', 'starts_at', 'ends_at', 'reason'] as const;

async function insertException(
  trx: Trx,
  clinicaId: string,
  doctorId: string,
  { end, kind, reason, start }: CreateException,
): Promise<AvailabilityException> {
  const instant = (local: string) =>
    sql<Date>`${local}::timestamp at time zone (select timezone from clinicas where id = ${clinicaId})`;
  const row = await trx
    .insertInto('availability_exceptions')
    .values({
      clinica_id: clinicaId,
      doctor_id: doctorId,
      kind,
      starts_at: instant(start),
      ends_at: instant(end),
      reason: reason ?? null,
    })
    .returning(exceptionColumns)
    .executeTakeFirstOrThrow();
  return exceptionView(row);
}

function exceptionView(row: {
  id: string;
  kind: AvailabilityException['kind'];
  starts_at: Date;
  ends_at: Date;
  reason: string | null;
}): AvailabilityException {
  return {
    id: row.id,
    kind: row.kind,
    starts_at: row.starts_at.toISOString(),
    ends_at: row.ends_at.toISOString(),
    reason: row.reason,
  };
}

async function bookingsIn(trx: Trx, doctorId: string, block: AvailabilityException) {
  const rows = await trx
    .selectFrom('consultations')
    .select(['id', 'scheduled_at'])
    .where('doctor_id', '=', doctorId)
    .where('status', 'in', ['WAITING', 'IN_PROGRESS'])
    .where(
      sql<boolean>`app.slot(scheduled_at, duration_minutes)
        && tstzrange(${block.starts_at}::timestamptz, ${block.ends_at}::timestamptz)`,
    )
    .orderBy('scheduled_at')
    .execute();
  return rows.flatMap(({ id, scheduled_at }) =>
    scheduled_at ? [{ consultation_id: id, scheduled_at: scheduled_at.toISOString() }] : [],
  );
}
