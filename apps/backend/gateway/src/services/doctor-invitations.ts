import { AppError, audit, type Database, type Trx } from '@medcall/service-kit';
import type { ClinicDoctor, InviteDoctor } from '@medcall/shared-types';
import { formatCrm, parseCrm, parseRqe } from '@medcall/utils';
import type { Accounts } from '../identity/accounts.ts';
import type { Calling } from './calling.ts';
import type { Member } from './members.ts';

export interface DoctorInvitations {
  /**
   * Adds a doctor to the administrator's clinic and mails the link to the account.
   * @throws AppError validation_failed, conflict for a CRM of the clinic or an address with an account
   */
  invite(calling: Calling, member: Member, wanted: InviteDoctor): Promise<ClinicDoctor>;
}

const columns = ['id', 'nome', 'crm', 'rqe', 'especialidade', 'email', 'active'] as const;

export function createDoctorInvitations(db: Database, accounts: Accounts): DoctorInvitations {
  return {
    async invite(calling, member, wanted) {
      const registration = registrationOf(wanted);
      await db.asUser(calling.caller, (trx) => mustBeNew(trx, registration.crm), {
        readOnly: true,
      });
      // Outside of every transaction: the hosted identity is across the network. An account without a
      // membership opens nothing, and the next invitation takes it up again.
      const email = wanted.email.toLowerCase();
      const sub = await accounts.invite(email, wanted.nome);
      // Rows and account in one transaction: nobody stands in the clinic without a way in. It is the
      // system's, because no administrator may tie a membership to an account of his choice: only this
      // code, with the account that it has just had made.
      return db.asSystem('add an invited doctor with his account', async (trx) => {
        const doctor = await addDoctor(trx, member.clinicaId, sub, {
          nome: wanted.nome,
          email,
          especialidade: wanted.especialidade ?? null,
          ...registration,
        });
        await audit(trx, {
          action: 'doctor.invite',
          tableName: 'medicos',
          recordId: doctor.id,
          userId: calling.caller.sub,
          clinicaId: member.clinicaId,
          actorKind: 'admin',
          ip: calling.ip,
          requestId: calling.requestId,
        });
        return doctor;
      });
    },
  };
}

interface NewDoctor {
  nome: string;
  email: string;
  especialidade: string | null;
  crm: string;
  rqe: string | null;
}

/** A new doctor, or one who is there without an account: an earlier invitation that broke off. */
async function addDoctor(
  trx: Trx,
  clinicaId: string,
  sub: string,
  wanted: NewDoctor,
): Promise<ClinicDoctor> {
  const doctor = await trx
    .insertInto('medicos')
    .values({ ...wanted, clinica_id: clinicaId, user_auth: sub })
    .onConflict((conflict) =>
      conflict
        .columns(['clinica_id', 'crm'])
        .doUpdateSet({ ...wanted, user_auth: sub })
        .where('medicos.user_auth', 'is', null)
        .where('medicos.active', '=', true),
    )
    .returning(columns)
    .executeTakeFirst();
  if (!doctor) throw crmTaken();
  const set = { user_auth: sub, name: wanted.nome, email: wanted.email };
  const member = await trx
    .updateTable('members')
    .set(set)
    .where('medico_id', '=', doctor.id)
    .where('active', '=', true)
    .returning('id')
    .executeTakeFirst();
  if (!member) {
    await trx
      .insertInto('members')
      .values({ ...set, clinica_id: clinicaId, role: 'medico', medico_id: doctor.id })
      .execute();
  }
  return doctor;
}

function registrationOf({ crm, rqe }: InviteDoctor): { crm: string; rqe: string | null } {
  const read = parseCrm(crm);
  if (!read) throw invalid('crm', 'O CRM informado não é válido. Use, por exemplo, 123456/SP.');
  const specialist = rqe === undefined || rqe.trim() === '' ? null : parseRqe(rqe);
  if (rqe !== undefined && rqe.trim() !== '' && specialist === null) {
    throw invalid('rqe', 'O RQE informado não é válido.');
  }
  return { crm: formatCrm(read), rqe: specialist };
}

async function mustBeNew(trx: Trx, crm: string): Promise<void> {
  const there = await trx
    .selectFrom('medicos')
    .select('id')
    .where('crm', '=', crm)
    // One without an account may be invited again: an invitation broke off half-way.
    .where((eb) => eb.or([eb('user_auth', 'is not', null), eb('active', '=', false)]))
    .executeTakeFirst();
  if (there) throw crmTaken(there.id);
}

function crmTaken(doctorId?: string): AppError {
  return new AppError('conflict', {
    message: 'A clínica já tem um médico com este CRM.',
    ...(doctorId === undefined ? {} : { details: { doctor_id: doctorId } }),
  });
}

function invalid(path: string, message: string): AppError {
  return new AppError('validation_failed', { message, details: [{ path, message }] });
}
