import {
  AppError,
  type Database,
  type DB,
  notFound,
  publish,
  type Trx,
} from '@medcall/service-kit';
import type {
  CancelConsultation,
  Consultation,
  ConvertConsultation,
  CreateConsultation,
  ListConsultationsQuery,
  UpdateConsultation,
} from '@medcall/shared-types';
import { isOpen } from '@medcall/shared-types';
import { sql, type Updateable } from 'kysely';
import { auditCall, type Calling } from './calling.ts';
import {
  type ConsultationRow,
  consultationView,
  selectConsultations,
} from './consultation-view.ts';
import { pageOf, readCursor } from './cursor.ts';
import type { Member } from './members.ts';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Booking, reading and changing consultations. Which ones exist for a caller, the database says. */
export interface Consultations {
  list(
    calling: Calling,
    member: Member,
    query: ListConsultationsQuery,
  ): Promise<Page<Consultation>>;
  create(calling: Calling, member: Member, wanted: CreateConsultation): Promise<Consultation>;
  get(calling: Calling, id: string): Promise<Consultation>;
  update(calling: Calling, id: string, changes: UpdateConsultation): Promise<Consultation>;
  cancel(calling: Calling, id: string, request: CancelConsultation): Promise<Consultation>;
  noShow(calling: Calling, id: string): Promise<Consultation>;
  convert(calling: Calling, id: string, request: ConvertConsultation): Promise<Consultation>;
}

export function createConsultations(db: Database): Consultations {
  /** Changes one consultation that the caller sees; `rule` refuses what its state does not allow. */
  const change = (
    calling: Calling,
    id: string,
    action: string,
    rule: (row: ConsultationRow) => void,
    set: Changes,
  ): Promise<Consultation> =>
    db.asUser(calling.caller, async (trx) => {
      const before = await find(trx, id);
      rule(before);
      const changed = await freeSlot(() =>
        trx
          .updateTable('consultations')
          .set(set)
          .where('id', '=', id)
          .where('status', '=', before.status)
          .returning('id')
          .executeTakeFirst(),
      );
      if (!changed) throw await whyUnchanged(trx, before);
      await auditCall(trx, calling, {
        action,
        tableName: 'consultations',
        recordId: id,
        patientId: before.patient_id,
        changes: Object.fromEntries(Object.keys(set).map((column) => [column, 'changed'])),
      });
      await publish(trx, { type: 'consultation_changed', consultation_id: id });
      return consultationView(await find(trx, id));
    });

  return {
    list: (calling, member, query) =>
      db.asUser(calling.caller, (trx) => list(trx, member, query), { readOnly: true }),

    create: (calling, member, wanted) =>
      db.asUser(calling.caller, async (trx) => {
        const doctorId = await doctorFor(trx, member, wanted);
        const inserted = await freeSlot(() =>
          trx
            .insertInto('consultations')
            .values({
              clinica_id: member.clinicaId,
              patient_id: wanted.patient_id,
              doctor_id: doctorId,
              type: wanted.type,
              scheduled_at: wanted.scheduled_at ?? null,
              duration_minutes: wanted.duration_minutes ?? (wanted.scheduled_at ? 30 : null),
              created_by: calling.caller.sub,
              ...(wanted.ai_enabled === undefined ? {} : { ai_enabled: wanted.ai_enabled }),
            })
            .returning('id')
            .executeTakeFirstOrThrow(),
        );
        await auditCall(trx, calling, {
          action: 'consultation.create',
          tableName: 'consultations',
          recordId: inserted.id,
          patientId: wanted.patient_id,
        });
        return consultationView(await find(trx, inserted.id));
      }),

    get: (calling, id) =>
      db.asUser(calling.caller, async (trx) => {
        const row = await find(trx, id);
        await auditCall(trx, calling, {
          action: 'consultation.read',
          tableName: 'consultations',
          recordId: id,
          patientId: row.patient_id,
        });
        return consultationView(row);
      }),

    update: (calling, id, changes) =>
      change(calling, id, 'consultation.update', mustBeOpen, definedOf(changes)),

    cancel: (calling, id, { reason }) =>
      change(calling, id, 'consultation.cancel', mustBeWaiting, {
        status: 'CANCELLED',
        cancelled_at: new Date(),
        cancel_reason: reason ?? null,
      }),

    noShow: (calling, id) =>
      change(calling, id, 'consultation.no_show', mustBeWaiting, { status: 'NO_SHOW' }),

    convert: (calling, id, { reason }) =>
      change(calling, id, 'consultation.convert', mustBeOnline, {
        type: 'PRESENCIAL',
        conversion_reason: reason,
      }),
  };
}

type Changes = Updateable<DB['consultations']>;

async function list(
  trx: Trx,
  member: Member,
  query: ListConsultationsQuery,
): Promise<Page<Consultation>> {
  // A day reads forward like an agenda; without one, the newest come first.
  const forward = query.day !== undefined;
  let wanted = selectConsultations(trx).limit(query.limit + 1);
  if (query.day !== undefined) wanted = wanted.where(onDay(query.day));
  if (query.status !== undefined) wanted = wanted.where('c.status', '=', query.status);
  if (query.patient_id !== undefined) wanted = wanted.where('c.patient_id', '=', query.patient_id);
  // A doctor's list is his own agenda; the history of one patient is everybody's who may see it.
  else if (member.medicoId !== null) wanted = wanted.where('c.doctor_id', '=', member.medicoId);
  if (query.cursor !== undefined) {
    const [at, id] = readCursor(query.cursor);
    const beyond = sql.raw(forward ? '>' : '<');
    wanted = wanted.where(
      sql<boolean>`(coalesce(c.scheduled_at, c.created_at), c.id) ${beyond} (${at}::timestamptz, ${id}::uuid)`,
    );
  }
  const direction = forward ? 'asc' : 'desc';
  const rows = await wanted
    .orderBy(sql`coalesce(c.scheduled_at, c.created_at)`, direction)
    .orderBy('c.id', direction)
    .execute();
  const page = pageOf(rows, query.limit, (row) => [row.sorted_by, row.id]);
  return { items: page.rows.map(consultationView), nextCursor: page.nextCursor };
}

/** A calendar day as the clinic's clock counts it. */
function onDay(day: string) {
  const zone = sql`(select k.timezone from clinicas k where k.id = c.clinica_id)`;
  return sql<boolean>`coalesce(c.scheduled_at, c.created_at) >= (${day}::date)::timestamp at time zone ${zone}
    and coalesce(c.scheduled_at, c.created_at) < (${day}::date + 1)::timestamp at time zone ${zone}`;
}

async function find(trx: Trx, id: string): Promise<ConsultationRow> {
  const row = await selectConsultations(trx).where('c.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** Whom a booking is for: the doctor who makes it, or the one that an administrator names. */
async function doctorFor(trx: Trx, member: Member, wanted: CreateConsultation): Promise<string> {
  const patient = await trx
    .selectFrom('patients')
    .select('doctor_id')
    .where('id', '=', wanted.patient_id)
    .executeTakeFirst();
  if (!patient) throw notFound();
  const doctorId = wanted.doctor_id ?? member.medicoId ?? patient.doctor_id;
  if (doctorId === null) {
    throw new AppError('validation_failed', {
      message: 'Escolha o médico da consulta.',
      details: [{ path: 'doctor_id', message: 'obrigatório' }],
    });
  }
  const doctor = await trx
    .selectFrom('medicos')
    .select('id')
    .where('id', '=', doctorId)
    .where('active', '=', true)
    .executeTakeFirst();
  if (!doctor) throw notFound();
  return doctorId;
}

/** One doctor, one slot: the database's exclusion constraint decides, here it gets its sentence. */
async function freeSlot<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23P01') {
      throw new AppError('conflict', {
        message: 'O médico já tem uma consulta neste horário.',
        cause: error,
      });
    }
    throw error;
  }
}

/** Seen but not changed: it moved on in the meantime, or it is another doctor's. */
async function whyUnchanged(trx: Trx, before: ConsultationRow): Promise<AppError> {
  const now = await find(trx, before.id);
  return new AppError(now.status === before.status ? 'forbidden' : 'conflict');
}

function mustBeOpen(row: ConsultationRow): void {
  if (!isOpen(row.status)) throw new AppError('consultation_ended');
}

function mustBeWaiting(row: ConsultationRow): void {
  mustBeOpen(row);
  if (row.status !== 'WAITING') {
    throw new AppError('conflict', { message: 'A consulta já começou: encerre-a na sala.' });
  }
}

function mustBeOnline(row: ConsultationRow): void {
  mustBeOpen(row);
  if (row.type !== 'ONLINE') {
    throw new AppError('conflict', { message: 'A consulta já é presencial.' });
  }
}

function definedOf(changes: UpdateConsultation): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
