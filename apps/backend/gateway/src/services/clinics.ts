import {
  AppError,
  type Clock,
  type Database,
  enqueue,
  notFound,
  publish,
  type Trx,
} from '@medcall/service-kit';
import {
  bookingRules,
  type Clinic,
  type ClinicDoctor,
  openingHours,
  type UpdateClinic,
  type UpdateDoctor,
} from '@medcall/shared-types';
import { parseCnpj } from '@medcall/utils';
import { endSessionsOf } from '../identity/sessions.ts';
import { auditCall, type Calling } from './calling.ts';
import { crmTaken, readCrm, readRqe } from './doctor-registration.ts';
import type { Member } from './members.ts';
import { stored } from './stored.ts';

/** The caller's own clinic and its doctors. */
export interface Clinics {
  get(calling: Calling, member: Member): Promise<Clinic>;
  update(calling: Calling, member: Member, changes: UpdateClinic): Promise<Clinic>;
  doctors(calling: Calling): Promise<ClinicDoctor[]>;
  /** Name and registration as they stand on papers from now on; what is signed keeps its own. */
  updateDoctor(calling: Calling, doctorId: string, changes: UpdateDoctor): Promise<ClinicDoctor>;
  /** The doctor keeps the record that he wrote, and loses the way in at once. */
  deactivateDoctor(calling: Calling, doctorId: string): Promise<ClinicDoctor>;
}

const doctorColumns = ['id', 'nome', 'crm', 'rqe', 'especialidade', 'email', 'active'] as const;

export interface ClinicsDeps {
  db: Database;
  clock: Clock;
  forgetSessions: (sessionIds: readonly string[]) => Promise<void>;
}

export function createClinics({ db, clock, forgetSessions }: ClinicsDeps): Clinics {
  return {
    get: (calling, member) =>
      db.asUser(calling.caller, (trx) => find(trx, member.clinicaId), { readOnly: true }),

    update: (calling, member, changes) =>
      db.asUser(calling.caller, async (trx) => {
        const set = columnsOf(changes);
        if (Object.keys(set).length === 0) return find(trx, member.clinicaId);
        const changed = await uniquely(() =>
          trx
            .updateTable('clinicas')
            .set(set)
            .where('id', '=', member.clinicaId)
            .returning('id')
            .executeTakeFirst(),
        );
        if (!changed) throw new AppError('forbidden');
        await auditCall(trx, calling, {
          action: 'clinic.update',
          tableName: 'clinicas',
          recordId: member.clinicaId,
          changes: Object.fromEntries(Object.keys(set).map((column) => [column, 'changed'])),
        });
        return find(trx, member.clinicaId);
      }),

    doctors: (calling) =>
      db.asUser(
        calling.caller,
        (trx) => trx.selectFrom('medicos').select(doctorColumns).orderBy('nome').execute(),
        { readOnly: true },
      ),

    updateDoctor: (calling, doctorId, changes) =>
      db.asUser(calling.caller, (trx) => changeDoctor(trx, calling, doctorId, changes)),

    async deactivateDoctor(calling, doctorId) {
      const removed = await db.asUser(calling.caller, (trx) => deactivate(trx, calling, doctorId));
      if (removed.sub !== null) {
        const { sub } = removed;
        const ended = await db.asSystem('end the sessions of a removed doctor', async (trx) => {
          await publish(trx, { type: 'session_revoked', sub });
          return endSessionsOf(trx, sub, 'removed', clock.now());
        });
        await forgetSessions(ended);
      }
      return removed.doctor;
    },
  };
}

async function changeDoctor(
  trx: Trx,
  calling: Calling,
  doctorId: string,
  { crm, especialidade, nome, rqe }: UpdateDoctor,
): Promise<ClinicDoctor> {
  const set = {
    ...(nome === undefined ? {} : { nome }),
    ...(crm === undefined ? {} : { crm: readCrm(crm) }),
    ...(rqe === undefined ? {} : { rqe: readRqe(rqe) }),
    // An empty field of a form is none.
    ...(especialidade === undefined ? {} : { especialidade: especialidade || null }),
  };
  const columns = Object.keys(set);
  if (columns.length === 0) {
    throw new AppError('validation_failed', { message: 'Diga o que muda no cadastro.' });
  }
  const doctor = await uniquely(() =>
    trx
      .updateTable('medicos')
      .set(set)
      .where('id', '=', doctorId)
      .returning(doctorColumns)
      .executeTakeFirst(),
  );
  if (!doctor) throw notFound();
  if (nome !== undefined) {
    await trx
      .updateTable('members')
      .set({ name: nome })
      .where('medico_id', '=', doctorId)
      .execute();
  }
  await auditCall(trx, calling, {
    action: 'doctor.update',
    tableName: 'medicos',
    recordId: doctorId,
    changes: Object.fromEntries(columns.map((column) => [column, 'changed'])),
  });
  return doctor;
}

async function deactivate(trx: Trx, calling: Calling, doctorId: string) {
  const doctor = await trx
    .updateTable('medicos')
    .set({ active: false })
    .where('id', '=', doctorId)
    .returning(doctorColumns)
    .executeTakeFirst();
  if (!doctor) throw notFound();
  const member = await trx
    .updateTable('members')
    .set({ active: false })
    .where('medico_id', '=', doctorId)
    .where('active', '=', true)
    .returning(['id', 'user_auth'])
    .executeTakeFirst();
  if (member) await enqueue(trx, 'member.removed', member.id);
  await auditCall(trx, calling, {
    action: 'doctor.deactivate',
    tableName: 'medicos',
    recordId: doctorId,
  });
  return { doctor, sub: member?.user_auth ?? null };
}

async function find(trx: Trx, id: string): Promise<Clinic> {
  const row = await trx
    .selectFrom('clinicas')
    .select([
      'id',
      'nome',
      'endereco',
      'telefone',
      'cnpj',
      'slug',
      'timezone',
      'webhook_url',
      'ai_cap_brl_month',
      'opening_hours',
      'booking_rules',
      'updated_at',
    ])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  return {
    ...row,
    opening_hours: stored(openingHours, row.opening_hours),
    booking_rules: stored(bookingRules, row.booking_rules),
    updated_at: row.updated_at.toISOString(),
  };
}

/** The columns that were given; lists and rules are JSON. */
function columnsOf({ booking_rules: rules, cnpj, opening_hours: hours, ...rest }: UpdateClinic) {
  const given = Object.entries({
    ...rest,
    ...(cnpj === undefined ? {} : readCnpj(cnpj)),
    ...(rules === undefined ? {} : { booking_rules: JSON.stringify(rules) }),
    ...(hours === undefined ? {} : { opening_hours: JSON.stringify(hours) }),
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** Two clinics cannot have one link, one CNPJ is one clinic's, one CRM one doctor's of a clinic. */
async function uniquely<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !('constraint' in error)) throw error;
    if (error.constraint === 'medicos_clinica_id_crm_key') throw crmTaken(undefined, error);
    const refusal = uniqueColumns.get(String(error.constraint));
    if (!refusal) throw error;
    const { message, reason } = refusal;
    throw new AppError('conflict', { message, details: { reason }, cause: error });
  }
}

const uniqueColumns = new Map([
  [
    'clinicas_slug_key',
    { reason: 'slug_taken', message: 'Este endereço já é usado por outra clínica.' },
  ],
  [
    'clinicas_cnpj_key',
    { reason: 'cnpj_taken', message: 'Este CNPJ já está cadastrado em outra clínica.' },
  ],
]);

function readCnpj(given: string | null): { cnpj: string | null } {
  if (given === null || given.trim() === '') return { cnpj: null };
  const cnpj = parseCnpj(given);
  if (cnpj === null) {
    throw new AppError('validation_failed', {
      message: 'O CNPJ informado não é válido.',
      details: [{ path: 'cnpj', message: 'CNPJ inválido' }],
    });
  }
  return { cnpj };
}
