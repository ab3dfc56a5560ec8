import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClinic, aConsultation, aDoctor, aPatient, type Doctor } from './builders.ts';

let db: TestDatabase;
let doctor: Doctor;
beforeAll(async () => {
  db = await createTestDatabase();
  doctor = await aDoctor(db, await aClinic(db));
});
afterAll(() => db.drop());

const EXCLUSION = '23P01';
const slot = { scheduled_at: '2027-03-01T10:00:00-03:00', duration_minutes: 30 };

describe('one doctor, one slot', () => {
  test('of a hundred bookings of one slot one wins, the others get a clear answer', async () => {
    const busy = await aDoctor(db, doctor.clinic);
    const patient = await aPatient(db, doctor.clinic);
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => aConsultation(db, busy, { ...slot, patient })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason.code] : [],
    );
    expect(new Set(codes)).toEqual(new Set([EXCLUSION]));
  });

  test('slots may touch, and may not overlap by a minute', async () => {
    const busy = await aDoctor(db, doctor.clinic);
    await aConsultation(db, busy, slot);
    await aConsultation(db, busy, {
      scheduled_at: '2027-03-01T10:30:00-03:00',
      duration_minutes: 30,
    });
    await expect(
      aConsultation(db, busy, { scheduled_at: '2027-03-01T09:31:00-03:00', duration_minutes: 30 }),
    ).rejects.toMatchObject({ code: EXCLUSION, constraint: 'consultations_no_double_booking' });
  });

  test.each(['CANCELLED', 'NO_SHOW'] as const)('a slot is free again after %s', async (status) => {
    const busy = await aDoctor(db, doctor.clinic);
    const first = await aConsultation(db, busy, slot);
    await db.database.asUser(busy.caller, (trx) =>
      trx.updateTable('consultations').set({ status }).where('id', '=', first.id).execute(),
    );
    await aConsultation(db, busy, slot);
    await expect(
      db.database.asUser(busy.caller, (trx) =>
        trx
          .updateTable('consultations')
          .set({ status: 'WAITING' })
          .where('id', '=', first.id)
          .execute(),
      ),
    ).rejects.toMatchObject({ code: EXCLUSION });
  });

  test('another doctor has his own slots', async () => {
    const one = await aDoctor(db, doctor.clinic);
    const two = await aDoctor(db, doctor.clinic);
    await aConsultation(db, one, slot);
    await aConsultation(db, two, slot);
  });

  test('an instant consultation takes no slot and meets none', async () => {
    const busy = await aDoctor(db, doctor.clinic);
    const now = new Date(Date.now() - 60_000).toISOString();
    await aConsultation(db, busy, { scheduled_at: now, duration_minutes: 30 });
    await aConsultation(db, busy);
    await aConsultation(db, busy);
    // A time without a length blocks nothing either.
    await aConsultation(db, busy, { scheduled_at: now });
  });
});

describe('care relations', () => {
  test('a booking makes one, without a word of its own in the audit', async () => {
    const consultation = await aConsultation(db, doctor);
    const relation = await db.database.asUser(doctor.caller, (trx) =>
      trx
        .selectFrom('care_relations')
        .selectAll()
        .where('patient_id', '=', consultation.patient_id)
        .executeTakeFirstOrThrow(),
    );
    expect(relation).toMatchObject({ doctor_id: doctor.id, origin: 'booking', ended_at: null });
  });

  test('a booking by the front desk makes one for the doctor', async () => {
    const patient = await aPatient(db, doctor.clinic);
    await db.database.asUser(doctor.clinic.admin, (trx) =>
      trx
        .insertInto('consultations')
        .values({
          clinica_id: doctor.clinic.id,
          doctor_id: doctor.id,
          patient_id: patient,
          type: 'ONLINE',
        })
        .execute(),
    );
    const seen = await db.database.asUser(doctor.caller, (trx) =>
      trx
        .selectFrom('patient_records')
        .select(['id', 'allergies'])
        .where('id', '=', patient)
        .execute(),
    );
    expect(seen).toHaveLength(1);
  });

  test('a stated reason opens the chart, and is on the record', async () => {
    const colleague = await aDoctor(db, doctor.clinic);
    const consultation = await aConsultation(db, doctor);
    const look = () =>
      db.database.asUser(colleague.caller, (trx) =>
        trx.selectFrom('consultations').select('id').where('id', '=', consultation.id).execute(),
      );
    expect(await look()).toEqual([]);
    const relation = {
      doctor_id: colleague.id,
      patient_id: consultation.patient_id,
      clinica_id: doctor.clinic.id,
    };
    await db.database.asUser(colleague.caller, (trx) =>
      trx
        .insertInto('care_relations')
        .values({ ...relation, reason: 'plantão de domingo' })
        .execute(),
    );
    expect(await look()).toHaveLength(1);
    const [entry] = await db.database.asUser(doctor.clinic.admin, (trx) =>
      trx
        .selectFrom('audit_logs')
        .selectAll()
        .where('patient_id', '=', consultation.patient_id)
        .execute(),
    );
    expect(entry).toMatchObject({
      action: 'care_relation.stated',
      user_id: colleague.caller.sub,
      actor_kind: 'medico',
      clinica_id: doctor.clinic.id,
    });
    expect(JSON.stringify(entry)).not.toContain('domingo');
    await db.database.asUser(colleague.caller, (trx) =>
      trx
        .updateTable('care_relations')
        .set({ ended_at: new Date() })
        .where('doctor_id', '=', colleague.id)
        .execute(),
    );
    expect(await look()).toEqual([]);
  });

  test.each(['', '  ', 'x'])('the reason %j is none', async (reason) => {
    const patient_id = await aPatient(db, doctor.clinic);
    await expect(
      db.database.asUser(doctor.caller, (trx) =>
        trx
          .insertInto('care_relations')
          .values({ doctor_id: doctor.id, patient_id, clinica_id: doctor.clinic.id, reason })
          .execute(),
      ),
    ).rejects.toMatchObject({ code: '23514' });
  });

  test('rows of two clinics cannot be joined, even by the system', async () => {
    const foreign = await aPatient(db, await aClinic(db));
    await expect(
      db.database.asSystem('test', (trx) =>
        trx
          .insertInto('consultations')
          .values({
            clinica_id: doctor.clinic.id,
            doctor_id: doctor.id,
            patient_id: foreign,
            type: 'ONLINE',
          })
          .execute(),
      ),
    ).rejects.toMatchObject({ code: '23503' });
  });

  test('the demographic card is the clinic’s, allergies are the carer’s', async () => {
    const colleague = await aDoctor(db, doctor.clinic);
    const { patient_id } = await aConsultation(db, doctor);
    await db.database.asUser(doctor.caller, (trx) =>
      trx
        .insertInto('patient_health')
        .values({ patient_id, clinica_id: doctor.clinic.id, allergies: ['Dipirona'] })
        .execute(),
    );
    const record = (caller: Doctor['caller']) =>
      db.database.asUser(caller, (trx) =>
        trx
          .selectFrom('patient_records')
          .select(['id', 'allergies'])
          .where('id', '=', patient_id)
          .execute(),
      );
    expect(await record(doctor.caller)).toEqual([{ id: patient_id, allergies: ['Dipirona'] }]);
    expect(await record(colleague.caller)).toEqual([{ id: patient_id, allergies: null }]);
    expect(await record(doctor.clinic.admin)).toEqual([{ id: patient_id, allergies: null }]);
  });
});
