import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClinic, aConsultation, aDoctor, anInvited, aPatient, type Doctor } from './builders.ts';

let db: TestDatabase;
let doctor: Doctor;
let foreigner: Doctor;
beforeAll(async () => {
  db = await createTestDatabase();
  doctor = await aDoctor(db, await aClinic(db));
  foreigner = await aDoctor(db, await aClinic(db));
});
afterAll(() => db.drop());

describe('whether a calendar outside follows a booking', () => {
  test('is asked by the booking’s change alone, and by no person', async () => {
    const consultation = await aConsultation(db, doctor);
    await db.database.asSystem('test', async (trx) => {
      const connection = await trx
        .insertInto('calendar_connections')
        .values({ doctor_id: doctor.id, provider: 'google' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('calendar_events')
        .values({ connection_id: connection.id, consultation_id: consultation.id })
        .execute();
    });
    for (const asker of [doctor, foreigner]) {
      const asked = db.database.asUser(asker.caller, (trx) =>
        sql`select app.calendar_follows(${consultation.id}::uuid, ${[doctor.id]}::uuid[])`.execute(
          trx,
        ),
      );
      await expect(asked).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('a member’s booking in the doctor’s own clinic is still handed to the calendar', async () => {
    const { id } = await aConsultation(db, doctor, { scheduled_at: '2027-04-01T10:00:00-03:00' });
    const { rows } = await db.database.asSystem('test', (trx) =>
      sql`select 1 from app.job_outbox where kind = 'calendar.push' and subject_id = ${id}::uuid`.execute(
        trx,
      ),
    );
    expect(rows).toHaveLength(1);
  });
});

describe('the guardian whom a consent names', () => {
  const consent = {
    type: 'care',
    accepted: true,
    text_version: '1',
    text_hash: 'a'.repeat(64),
    signer_name: 'Responsável',
    signer_relation: 'mãe',
  } as const;

  test('answers for the patient of the consultation, whoever writes the row', async () => {
    const patient = await aPatient(db, doctor.clinic);
    const [mother, neighbour, formerly] = [
      await aPatient(db, doctor.clinic),
      await aPatient(db, doctor.clinic),
      await aPatient(db, doctor.clinic),
    ];
    const foreign = await aPatient(db, foreigner.clinic);
    const inPerson = await aConsultation(db, doctor, { patient, type: 'PRESENCIAL' });
    const online = await aConsultation(db, doctor, { patient });
    const invited = await anInvited(db, online);
    await db.database.asSystem('test', (trx) =>
      trx
        .insertInto('patient_guardians')
        .values(
          [
            { guardian_id: mother, ended_at: null },
            { guardian_id: formerly, ended_at: new Date() },
          ].map((link) => ({ patient_id: patient, clinica_id: doctor.clinic.id, ...link })),
        )
        .execute(),
    );
    const give = {
      system: (guardian_id: string | null) =>
        db.database.asSystem('test', (trx) =>
          trx
            .insertInto('consents')
            .values({ ...consent, consultation_id: online.id, given_by: 'patient', guardian_id })
            .execute(),
        ),
      doctor: (guardian_id: string | null) =>
        db.database.asUser(doctor.caller, (trx) =>
          trx
            .insertInto('consents')
            .values({ ...consent, consultation_id: inPerson.id, given_by: 'doctor', guardian_id })
            .execute(),
        ),
      patient: (guardian_id: string | null) =>
        db.database.asUser(invited, (trx) =>
          trx
            .insertInto('consents')
            .values({
              ...consent,
              consultation_id: online.id,
              given_by: 'patient',
              signer_sub: invited.sub,
              guardian_id,
            })
            .execute(),
        ),
    };
    for (const writer of Object.values(give)) {
      await writer(null);
      await writer(mother);
      for (const other of [foreign, neighbour, formerly, patient]) {
        await expect(writer(other)).rejects.toMatchObject({
          code: '23514',
          constraint: 'consents_guardian_answers',
        });
      }
    }
  });
});
