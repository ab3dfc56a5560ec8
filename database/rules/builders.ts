import type { MemberCaller, PatientCaller } from '@medcall/service-kit';
import type { TestDatabase } from '@medcall/service-kit/database/test-database';
import { testCpf } from '@medcall/utils';

let counter = 0;

export interface Clinic {
  readonly id: string;
  readonly admin: MemberCaller;
}

export interface Doctor {
  readonly id: string;
  readonly clinic: Clinic;
  readonly memberId: string;
  readonly caller: MemberCaller;
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

async function anAccount(db: TestDatabase): Promise<MemberCaller> {
  counter += 1;
  const { id } = await db.database.asSystem('test', (trx) =>
    trx
      .insertInto('auth_embedded.users')
      .values({ email: `person${counter}@example.com` })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return { kind: 'member', sub: id, iat: nowSeconds(), sessionId: null, claims: {} };
}

/** A clinic with its administrator. */
export async function aClinic(db: TestDatabase): Promise<Clinic> {
  const admin = await anAccount(db);
  return db.database.asSystem('test', async (trx) => {
    const { id } = await trx
      .insertInto('clinicas')
      .values({ nome: 'Clínica de teste' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('members')
      .values({ clinica_id: id, user_auth: admin.sub, role: 'admin', name: 'Administração' })
      .execute();
    return { id, admin };
  });
}

export async function aDoctor(db: TestDatabase, clinic: Clinic): Promise<Doctor> {
  const caller = await anAccount(db);
  counter += 1;
  return db.database.asSystem('test', async (trx) => {
    const { id } = await trx
      .insertInto('medicos')
      .values({
        nome: 'Doutora',
        crm: `${10_000 + counter}/SP`,
        clinica_id: clinic.id,
        user_auth: caller.sub,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const member = await trx
      .insertInto('members')
      .values({
        clinica_id: clinic.id,
        user_auth: caller.sub,
        role: 'medico',
        medico_id: id,
        name: 'Doutora',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, clinic, memberId: member.id, caller };
  });
}

export async function aPatient(db: TestDatabase, clinic: Clinic): Promise<string> {
  counter += 1;
  const { id } = await db.database.asSystem('test', (trx) =>
    trx
      .insertInto('patients')
      .values({ clinica_id: clinic.id, name: `Paciente ${counter}`, cpf: testCpf(counter * 7_919) })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
}

export interface ConsultationOptions {
  readonly type?: 'ONLINE' | 'PRESENCIAL';
  readonly status?: 'WAITING' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED' | 'NO_SHOW';
  readonly scheduled_at?: string;
  readonly duration_minutes?: number;
  readonly patient?: string;
}

/** Booked by the doctor himself, as a user. */
export async function aConsultation(
  db: TestDatabase,
  doctor: Doctor,
  options: ConsultationOptions = {},
) {
  const { patient, ...columns } = options;
  const patientId = patient ?? (await aPatient(db, doctor.clinic));
  return db.database.asUser(doctor.caller, (trx) =>
    trx
      .insertInto('consultations')
      .values({
        clinica_id: doctor.clinic.id,
        doctor_id: doctor.id,
        patient_id: patientId,
        type: 'ONLINE',
        ...columns,
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  );
}

/** An open invitation and the caller that its room token makes. */
export async function anInvited(
  db: TestDatabase,
  consultation: { readonly id: string; readonly room_id: string },
  kind: 'patient' | 'guest' | 'documents' = 'patient',
): Promise<PatientCaller> {
  counter += 1;
  const invitation = await db.database.asSystem('test', (trx) =>
    trx
      .insertInto('invitations')
      .values({
        consultation_id: consultation.id,
        kind,
        token_hash: Buffer.alloc(32, `${counter} `),
        expires_at: new Date(Date.now() + 3_600_000),
      })
      .returning(['id', 'participant_sub'])
      .executeTakeFirstOrThrow(),
  );
  return {
    kind: 'patient',
    sub: invitation.participant_sub,
    role: kind === 'guest' ? 'guest' : 'patient',
    roomId: consultation.room_id,
    consultationId: consultation.id,
    invitationId: invitation.id,
    claims: {},
  };
}
