import {
  AppError,
  type Database,
  type DB,
  notFound,
  publish,
  type Trx,
} from '@medcall/service-kit';
import type {
  AuditAction,
  CancelConsultation,
  Consultation,
  ConvertConsultation,
  CreateConsultation,
  ListConsultationsQuery,
  MoveConsultation,
  UpdateConsultation,
} from '@medcall/shared-types';
import { isOpen } from '@medcall/shared-types';
import { sql, type UpdateObject } from 'kysely';
import { freeSlot } from './agenda/slot-taken.ts';
import { auditCall, type Calling } from './calling.ts';
import { listConsultations } from './consultation-list.ts';
import {
  type ConsultationRow,
  consultationView,
  selectConsultations,
} from './consultation-view.ts';
import type { Page } from './cursor.ts';
import type { Member } from './members.ts';
import { mustStand, samePerson } from './same-person.ts';

const usualMinutes = 30;

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
  /** Another time, length or doctor, for who saw the current version. */
  move(
    calling: Calling,
    member: Member,
    id: string,
    request: MoveConsultation,
  ): Promise<Consultation>;
  cancel(calling: Calling, id: string, request: CancelConsultation): Promise<Consultation>;
  noShow(calling: Calling, id: string): Promise<Consultation>;
  convert(calling: Calling, id: string, request: ConvertConsultation): Promise<Consultation>;
}

export function createConsultations(db: Database): Consultations {
  return {
    list: (calling, member, query) =>
      db.asUser(calling.caller, (trx) => listConsultations(trx, member, query), { readOnly: true }),

    create: (calling, member, wanted) =>
      db.asUser(calling.caller, async (trx) => {
        await mustStand(trx, wanted.patient_id);
        const doctorId = await doctorFor(trx, member, wanted);
        if (wanted.return_of !== undefined) await mustReturnTo(trx, wanted.return_of, wanted);
        const inserted = await freeSlot(() =>
          trx
            .insertInto('consultations')
            .values({
              clinica_id: member.clinicaId,
              patient_id: wanted.patient_id,
              doctor_id: doctorId,
              type: wanted.type,
              scheduled_at: wanted.scheduled_at ?? null,
              duration_minutes:
                wanted.duration_minutes ?? (wanted.scheduled_at ? usualMinutes : null),
              created_by: calling.caller.sub,
              return_of: wanted.return_of ?? null,
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

    update: (calling, id, { version, ...changes }) =>
      change(db, calling, id, {
        action: 'consultation.update',
        rule: mustBeOpen,
        set: columnsOf(changes),
        version,
      }),

    async move(calling, member, id, { version, ...to }) {
      const isElsewhere = to.doctor_id !== undefined && to.doctor_id !== member.medicoId;
      if (isElsewhere && member.medicoId !== null) throw new AppError('forbidden');
      return change(db, calling, id, {
        action: 'consultation.move',
        rule: mustBeWaiting,
        set: { ...columnsOf(to), ...(to.doctor_id ? { doctor_id: to.doctor_id } : {}) },
        version,
        doctorId: to.doctor_id,
      });
    },

    cancel: (calling, id, { reason, version }) =>
      change(db, calling, id, {
        action: 'consultation.cancel',
        rule: mustBeWaiting,
        set: { status: 'CANCELLED', cancelled_at: new Date(), cancel_reason: reason ?? null },
        version,
      }),

    noShow: (calling, id) =>
      change(db, calling, id, {
        action: 'consultation.no_show',
        rule: mustBeWaiting,
        set: { status: 'NO_SHOW' },
      }),

    convert: (calling, id, { reason }) =>
      change(db, calling, id, {
        action: 'consultation.convert',
        rule: mustBeOnline,
        set: { type: 'PRESENCIAL', conversion_reason: reason },
      }),
  };
}

type Changes = UpdateObject<DB, 'consultations'>;

interface Change {
  action: AuditAction;
  /** Refuses what the consultation's state does not allow. */
  rule: (row: ConsultationRow) => void;
  set: Changes;
  /** The version that the person saw, when the request names one. */
  version?: number | undefined;
  /** Whom it goes to, when it changes doctors. */
  doctorId?: string | undefined;
}

/** Changes one consultation that the caller sees. */
function change(
  db: Database,
  calling: Calling,
  id: string,
  { action, doctorId, rule, set, version }: Change,
): Promise<Consultation> {
  return db.asUser(calling.caller, async (trx) => {
    const before = await find(trx, id);
    rule(before);
    if (version !== undefined && version !== before.version) throw outdated(before);
    if (doctorId !== undefined) await mustPractise(trx, doctorId);
    if (Object.keys(set).length === 0) return consultationView(before);
    const changed = await freeSlot(() =>
      trx
        .updateTable('consultations')
        .set(set)
        .where('id', '=', id)
        .where('status', '=', before.status)
        .$if(version !== undefined, (query) => query.where('version', '=', before.version))
        .returning('id')
        .executeTakeFirst(),
    );
    if (!changed) throw await whyUnchanged(trx, before, version !== undefined);
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
  await mustPractise(trx, doctorId);
  return doctorId;
}

async function mustPractise(trx: Trx, doctorId: string): Promise<void> {
  const doctor = await trx
    .selectFrom('medicos')
    .select('id')
    .where('id', '=', doctorId)
    .where('active', '=', true)
    .executeTakeFirst();
  if (!doctor) throw notFound();
}

/** A return follows a consultation of the same patient that has taken place. */
async function mustReturnTo(
  trx: Trx,
  earlierId: string,
  { patient_id: patientId }: CreateConsultation,
): Promise<void> {
  const earlier = await trx
    .selectFrom('consultations')
    .select('status')
    .where('id', '=', earlierId)
    .where('patient_id', 'in', samePerson(patientId))
    .executeTakeFirst();
  if (!earlier) throw notFound();
  if (earlier.status !== 'COMPLETED') {
    throw new AppError('conflict', {
      message: 'O retorno é de uma consulta que já foi realizada.',
    });
  }
}

/** Seen but not changed: it moved on in the meantime, or it is another doctor's. */
async function whyUnchanged(
  trx: Trx,
  before: ConsultationRow,
  versioned: boolean,
): Promise<AppError> {
  const now = await find(trx, before.id);
  if (versioned && now.version !== before.version) return outdated(now);
  return new AppError(now.status === before.status ? 'forbidden' : 'conflict');
}

function outdated({ version }: ConsultationRow): AppError {
  return new AppError('version_conflict', { details: { version } });
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

/** A time makes a slot, and a slot has a length: without one nothing would keep two bookings apart. */
function columnsOf(changes: Omit<UpdateConsultation, 'version'>): Changes {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  );
  const needsLength = typeof changes.scheduled_at === 'string' && !changes.duration_minutes;
  return needsLength
    ? {
        ...given,
        duration_minutes: sql<number>`coalesce(duration_minutes, ${usualMinutes}::integer)`,
      }
    : given;
}
