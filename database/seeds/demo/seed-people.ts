import type { Trx } from '@medcall/service-kit';
import { asJson } from '@medcall/service-kit';
import { testCpf } from '@medcall/utils';
import { demoClinics, demoMembers } from './clinics.ts';
import { demoId } from './demo-id.ts';
import { demoPatients } from './patients.ts';

/** Clinics, accounts, doctors, administrators, hours, patients and what is known of their health. */
export async function seedPeople(trx: Trx, hashes: ReadonlyMap<string, string>): Promise<void> {
  await trx
    .insertInto('clinicas')
    .values(
      demoClinics.map(({ booking, key, ...clinic }) => ({
        id: demoId(`clinic:${key}`),
        ...clinic,
        booking_rules: asJson(booking ?? {}),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const member of demoMembers) await seedMember(trx, member, hashes.get(member.email) ?? null);
  await seedPatients(trx);
}

async function seedMember(
  trx: Trx,
  member: (typeof demoMembers)[number],
  passwordHash: string | null,
): Promise<void> {
  const clinicaId = demoId(`clinic:${member.clinic}`);
  const userId = demoId(`user:${member.email}`);
  const doctorId = member.doctor ? demoId(`doctor:${member.email}`) : null;
  const role = member.doctor ? 'medico' : 'admin';
  await trx
    .insertInto('auth_embedded.users')
    .values({
      id: userId,
      email: member.email,
      password_hash: passwordHash,
      email_confirmed_at: new Date(),
      app_metadata: asJson({
        provider: 'email',
        providers: ['email'],
        medcall_role: role,
        clinica_id: clinicaId,
      }),
      user_metadata: asJson({ name: member.name }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (member.doctor && doctorId) {
    await trx
      .insertInto('medicos')
      .values({
        id: doctorId,
        user_auth: userId,
        nome: member.name,
        email: member.email,
        clinica_id: clinicaId,
        accepts_online_booking: member.clinic === 'aurora',
        ...member.doctor,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await seedHours(trx, member.email, doctorId, clinicaId);
  }
  await trx
    .insertInto('members')
    .values({
      id: demoId(`member:${member.email}`),
      user_auth: userId,
      clinica_id: clinicaId,
      role,
      medico_id: doctorId,
      name: member.name,
      email: member.email,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Monday to Friday, morning and afternoon. */
async function seedHours(
  trx: Trx,
  email: string,
  doctorId: string,
  clinicaId: string,
): Promise<void> {
  const shifts = [
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ] as const;
  await trx
    .insertInto('availability')
    .values(
      [1, 2, 3, 4, 5].flatMap((weekday) =>
        shifts.map(([start_time, end_time]) => ({
          id: demoId(`hours:${email}:${weekday}:${start_time}`),
          clinica_id: clinicaId,
          doctor_id: doctorId,
          weekday,
          start_time,
          end_time,
        })),
      ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function seedPatients(trx: Trx): Promise<void> {
  await trx
    .insertInto('patients')
    .values(
      demoPatients.map((patient, index) => ({
        id: demoId(`patient:${patient.key}`),
        clinica_id: demoId(`clinic:${patient.clinic}`),
        name: patient.name,
        // Reserved for documentation: mail to it reaches nobody (RFC 2606).
        email: `${patient.key}@example.com`,
        phone: `+55119000000${String(index + 1).padStart(2, '0')}`,
        cpf: testCpf(390_533_441 + index * 7_654_321),
        birth_date: patient.birthDate,
        sex: patient.sex,
        guardian_of: patient.guardianOf ? demoId(`patient:${patient.guardianOf}`) : null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const { key, guardianOf, guardianRelation } of demoPatients) {
    if (!guardianOf || !guardianRelation) continue;
    await trx
      .updateTable('patient_guardians')
      .set({ relation: guardianRelation })
      .where('patient_id', '=', demoId(`patient:${guardianOf}`))
      .where('guardian_id', '=', demoId(`patient:${key}`))
      .where('relation', 'is', null)
      .execute();
  }
  await trx
    .insertInto('patient_health')
    .values(
      demoPatients.map((patient) => ({
        patient_id: demoId(`patient:${patient.key}`),
        clinica_id: demoId(`clinic:${patient.clinic}`),
        allergies: [...patient.allergies],
        medicines: [...patient.medicines],
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
