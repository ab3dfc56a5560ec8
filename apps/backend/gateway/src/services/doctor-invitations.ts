import { AppError, type Database, type Trx } from '@medcall/service-kit';
import type { ClinicDoctor, InviteDoctor } from '@medcall/shared-types';
import { formatCrm, parseCrm, parseRqe } from '@medcall/utils';
import type { Accounts } from '../identity/accounts.ts';
import { auditCall, type Calling } from './calling.ts';
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
      const doctor = await db.asUser(calling.caller, async (trx) => {
        await mustBeNew(trx, registration.crm);
        const made = await trx
          .insertInto('medicos')
          .values({
            nome: wanted.nome,
            email,
            especialidade: wanted.especialidade ?? null,
            clinica_id: member.clinicaId,
            ...registration,
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        await trx
          .insertInto('members')
          .values({
            clinica_id: member.clinicaId,
            role: 'medico',
            medico_id: made.id,
            name: wanted.nome,
            email,
          })
          .execute();
        await auditCall(trx, calling, {
          action: 'doctor.invite',
          tableName: 'medicos',
          recordId: made.id,
        });
        return made;
      });
      // No administrator may tie a membership to an account of his choice: only this code, with the
      // account that it has just had made.
      await db.asSystem('tie an invited doctor to the account', async (trx) => {
        await trx
          .updateTable('medicos')
          .set({ user_auth: sub })
          .where('id', '=', doctor.id)
          .execute();
        await trx
          .updateTable('members')
          .set({ user_auth: sub })
          .where('medico_id', '=', doctor.id)
          .execute();
      });
      return doctor;
    },
  };
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
    .executeTakeFirst();
  if (!there) return;
  throw new AppError('conflict', {
    message: 'A clínica já tem um médico com este CRM.',
    details: { doctor_id: there.id },
  });
}

function invalid(path: string, message: string): AppError {
  return new AppError('validation_failed', { message, details: [{ path, message }] });
}
