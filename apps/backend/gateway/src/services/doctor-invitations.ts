import {
  audit,
  type Clock,
  type Database,
  type DB,
  enqueue,
  type Logger,
  notFound,
  type Trx,
  toAppError,
} from '@medcall/service-kit';
import type { ClinicDoctor, InviteDoctor } from '@medcall/shared-types';
import type { Selectable } from 'kysely';
import type { Accounts } from '../identity/accounts.ts';
import type { Calling } from './calling.ts';
import { crmTaken, readCrm, readRqe } from './doctor-registration.ts';
import type { Member } from './members.ts';

export interface DoctorInvitations {
  /**
   * Adds a doctor to the administrator's clinic and mails the link to the account.
   * @throws AppError validation_failed, conflict for a CRM of the clinic or an address with an account
   */
  invite(calling: Calling, member: Member, wanted: InviteDoctor): Promise<ClinicDoctor>;
  /** The job `doctor.invite`: what an invitation that broke off left undone. */
  finish(invitationId: string): Promise<void>;
}

const columns = ['id', 'nome', 'crm', 'rqe', 'especialidade', 'email', 'active'] as const;
/** Longer than an identity takes to answer, so that nobody finishes what is under way. */
const finishAfterMs = 60_000;

export function createDoctorInvitations(deps: {
  db: Database;
  accounts: Pick<Accounts, 'invite'>;
  clock: Clock;
  logger: Logger;
}): DoctorInvitations {
  const { accounts, clock, db, logger } = deps;

  /**
   * Account, then rows and account in one transaction: nobody stands in the clinic without a way in. It is
   * the system's, because no administrator may tie a membership to an account of his choice: only this
   * code, with the account that it has just had made.
   */
  const carryOut = async (wish: Wish, from: { ip?: string; requestId?: string }) => {
    // Outside of every transaction: the hosted identity is across the network. Asked again it answers
    // with the same account.
    const sub = await accounts.invite(wish.email, wish.name);
    return db.asSystem('add an invited doctor with his account', async (trx) => {
      const open = await trx
        .deleteFrom('doctor_invitations')
        .where('id', '=', wish.id)
        .returning('id')
        .executeTakeFirst();
      if (!open) return find(trx, wish);
      const doctor = await addDoctor(trx, wish.clinica_id, sub, {
        nome: wish.name,
        email: wish.email,
        especialidade: wish.especialidade,
        crm: wish.crm,
        rqe: wish.rqe,
      });
      await audit(trx, {
        action: 'doctor.invite',
        tableName: 'medicos',
        recordId: doctor.id,
        userId: wish.invited_by,
        clinicaId: wish.clinica_id,
        actorKind: 'admin',
        ...from,
      });
      return doctor;
    });
  };

  return {
    async invite(calling, member, wanted) {
      const registration = { crm: readCrm(wanted.crm), rqe: readRqe(wanted.rqe) };
      await db.asUser(calling.caller, (trx) => mustBeNew(trx, registration.crm), {
        readOnly: true,
      });
      const wish = await db.asSystem('a doctor is about to be invited', async (trx) => {
        const made = await trx
          .insertInto('doctor_invitations')
          .values({
            clinica_id: member.clinicaId,
            invited_by: calling.caller.sub,
            name: wanted.nome,
            email: wanted.email.toLowerCase(),
            especialidade: wanted.especialidade ?? null,
            ...registration,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await enqueue(trx, 'doctor.invite', made.id, new Date(clock.now() + finishAfterMs));
        return made;
      });
      try {
        return await carryOut(wish, { ip: calling.ip, requestId: calling.requestId });
      } catch (error) {
        // The administrator hears of it and asks again: nothing is to happen behind his back.
        await forget(db, wish.id);
        throw error;
      }
    },

    async finish(invitationId) {
      const wish = await db.asSystem('an invitation that broke off', (trx) =>
        trx
          .selectFrom('doctor_invitations')
          .selectAll()
          .where('id', '=', invitationId)
          .executeTakeFirst(),
      );
      if (!wish) return;
      try {
        await carryOut(wish, {});
      } catch (error) {
        if (toAppError(error).code !== 'conflict') throw error;
        // Address, CRM or log-in went to another doctor or clinic in the meantime, which no repetition changes.
        logger.warn({ invitationId, err: error }, 'an invitation could not be finished');
        await forget(db, invitationId);
      }
    },
  };
}

type Wish = Selectable<DB['doctor_invitations']>;

function forget(db: Database, id: string): Promise<unknown> {
  return db.asSystem('an invitation is over', (trx) =>
    trx.deleteFrom('doctor_invitations').where('id', '=', id).execute(),
  );
}

/** Somebody else finished it: the doctor stands. */
async function find(trx: Trx, { clinica_id, crm }: Wish): Promise<ClinicDoctor> {
  const doctor = await trx
    .selectFrom('medicos')
    .select(columns)
    .where('clinica_id', '=', clinica_id)
    .where('crm', '=', crm)
    .executeTakeFirst();
  if (!doctor) throw notFound();
  return doctor;
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
