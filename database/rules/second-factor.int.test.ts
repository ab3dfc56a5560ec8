import type { MemberCaller } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClinic, aConsultation, aDoctor, type Doctor } from './builders.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const hourMs = 3_600_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * hourMs);

/** What the rule says of a caller: let in, stopped for want of a second factor, or nobody. */
async function standing(caller: MemberCaller): Promise<'in' | 'second factor' | 'nobody'> {
  return db.database.asUser(caller, async (trx) => {
    const { rows } = await sql<{ clinic: string | null; missing: boolean }>`
      select app.current_clinic() as clinic, app.second_factor_missing() as missing`.execute(trx);
    // The question leaves the claims as they were.
    const again = await sql<{
      clinic: string | null;
    }>`select app.current_clinic() as clinic`.execute(trx);
    expect(again.rows[0]?.clinic).toBe(rows[0]?.clinic);
    if (rows[0]?.clinic) return rows[0].missing ? 'second factor' : 'in';
    return rows[0]?.missing ? 'second factor' : 'nobody';
  });
}

async function aDoctorWhere(options: {
  since: Date | null;
  factor: 'none' | 'unverified' | 'verified';
}): Promise<Doctor> {
  const doctor = await aDoctor(db, await aClinic(db));
  await db.database.asSystem('test', async (trx) => {
    await trx
      .updateTable('clinicas')
      .set({ second_factor_since: options.since })
      .where('id', '=', doctor.clinic.id)
      .execute();
    if (options.factor === 'none') return;
    await trx
      .insertInto('auth_embedded.mfa_factors')
      .values({
        user_id: doctor.caller.sub,
        factor_type: 'totp',
        status: options.factor,
        secret_sealed: Buffer.from('sealed'),
      })
      .execute();
  });
  return doctor;
}

const password = (at: Date) => ({ method: 'password', timestamp: Math.floor(at.getTime() / 1000) });
const totp = (at: Date) => ({ method: 'totp', timestamp: Math.floor(at.getTime() / 1000) });

/** A consultation of the doctor's that began so many hours ago and still runs. */
async function aRunningConsultation(doctor: Doctor, begunHoursAgo: number): Promise<string> {
  const caller = { ...doctor.caller, claims: { aal: 'aal2' } };
  const { id } = await aConsultation(db, { ...doctor, caller });
  await db.database.asSystem('test', (trx) =>
    trx
      .updateTable('consultations')
      .set({ status: 'IN_PROGRESS', started_at: hoursAgo(begunHoursAgo) })
      .where('id', '=', id)
      .execute(),
  );
  return id;
}

describe('a clinic that asks for a second factor', () => {
  const now = new Date();
  test.each<[string, number | null, Record<string, unknown>, string]>([
    ['asks nobody', null, { aal: 'aal1', amr: [password(now)] }, 'in'],
    ['lets two factors in', 20, { aal: 'aal2', amr: [totp(now), password(now)] }, 'in'],
    ['stops one factor', 1, { aal: 'aal1', amr: [password(now)] }, 'second factor'],
    ['stops a token that says nothing of its factors', 1, {}, 'second factor'],
    ['stops a token with another level', 1, { aal: 'aal3', amr: [password(now)] }, 'second factor'],
    ['stops methods without a time', 1, { aal: 'aal1', amr: ['password'] }, 'second factor'],
    ['stops methods that are no list', 1, { aal: 'aal1', amr: 'password' }, 'second factor'],
    ['lets a session of before go on', 1, { aal: 'aal1', amr: [password(hoursAgo(2))] }, 'in'],
    [
      'reads the oldest method as the log-in',
      1,
      { aal: 'aal1', amr: [password(now), password(hoursAgo(2))] },
      'in',
    ],
    [
      'but for half a day only',
      13,
      { aal: 'aal1', amr: [password(hoursAgo(14))] },
      'second factor',
    ],
  ])('%s', async (_name, hours, claims, expected) => {
    const since = hours === null ? null : hoursAgo(hours);
    const { caller } = await aDoctorWhere({ since, factor: 'none' });
    expect(await standing({ ...caller, claims })).toBe(expected);
  });

  const openSince = (hours: number) => ({ aal: 'aal1', amr: [password(hoursAgo(hours))] });
  const endIt = (id: string) =>
    db.database.asSystem('test', (trx) =>
      trx
        .updateTable('consultations')
        .set({ status: 'COMPLETED', ended_at: new Date() })
        .where('id', '=', id)
        .execute(),
    );

  test('cuts no consultation that runs, and ends the session with it', async () => {
    const doctor = await aDoctorWhere({ since: hoursAgo(13), factor: 'none' });
    const colleague = await aDoctor(db, doctor.clinic);
    const id = await aRunningConsultation(doctor, 2);
    const claims = openSince(14);
    expect(await standing({ ...doctor.caller, claims })).toBe('in');
    // It holds the session open that was there before the clinic asked, and nobody else's.
    expect(await standing({ ...doctor.caller, claims: openSince(3) })).toBe('second factor');
    expect(await standing({ ...colleague.caller, claims })).toBe('second factor');
    await endIt(id);
    expect(await standing({ ...doctor.caller, claims })).toBe('second factor');
  });

  test.each([
    ['one that was begun after the end of the half day', 13, 0.5],
    ['one that was forgotten', 25, 20],
  ])('%s holds no session open', async (_name, asksSince, begun) => {
    const doctor = await aDoctorWhere({ since: hoursAgo(asksSince), factor: 'none' });
    await aRunningConsultation(doctor, begun);
    expect(await standing({ ...doctor.caller, claims: openSince(30) })).toBe('second factor');
  });

  test('says to open sessions, and to no other, until when they go on', async () => {
    const since = hoursAgo(1);
    const doctor = await aDoctorWhere({ since, factor: 'none' });
    const from = (claims: Record<string, unknown>) =>
      db.database.asUser({ ...doctor.caller, claims }, async (trx) => {
        const { rows } = await sql<{ at: Date | null }>`
          select app.second_factor_from() as at`.execute(trx);
        return rows[0]?.at?.getTime() ?? null;
      });
    expect(await from(openSince(2))).toBe(since.getTime() + 12 * hourMs);
    expect(await from({ aal: 'aal2', amr: [totp(since)] })).toBeNull();
    expect(await from({ aal: 'aal1', amr: [password(new Date())] })).toBeNull();
    const free = await aDoctorWhere({ since: null, factor: 'none' });
    const { rows } = await db.database.asUser({ ...free.caller, claims: openSince(2) }, (trx) =>
      sql<{ at: Date | null }>`select app.second_factor_from() as at`.execute(trx),
    );
    expect(rows).toEqual([{ at: null }]);
  });

  test('asks those who were removed for nothing', async () => {
    const doctor = await aDoctorWhere({ since: hoursAgo(1), factor: 'none' });
    await db.database.asSystem('test', (trx) =>
      trx.updateTable('members').set({ active: false }).where('id', '=', doctor.memberId).execute(),
    );
    expect(await standing(doctor.caller)).toBe('nobody');
  });
});

describe('a person with a second factor', () => {
  test.each([
    ['none', {}, 'in'],
    ['unverified', {}, 'in'],
    ['verified', {}, 'second factor'],
    ['verified', { aal: 'aal1', amr: [password(hoursAgo(48))] }, 'second factor'],
    ['verified', { aal: 'aal2' }, 'in'],
  ] as const)(
    '%s, with a token of %j: %s, whatever the clinic asks',
    async (factor, claims, expected) => {
      const { caller } = await aDoctorWhere({ since: null, factor });
      expect(await standing({ ...caller, claims })).toBe(expected);
    },
  );
});

test('who has one is told to the administrator of that clinic alone', async () => {
  const doctor = await aDoctorWhere({ since: null, factor: 'verified' });
  const other = await aDoctorWhere({ since: null, factor: 'verified' });
  const listed = (caller: MemberCaller) =>
    db.database.asUser(caller, async (trx) => {
      const { rows } = await sql<{ member_id: string; enrolled: boolean }>`
        select * from app.clinic_second_factors()`.execute(trx);
      return rows;
    });
  const rows = await listed(doctor.clinic.admin);
  expect(rows).toContainEqual({ member_id: doctor.memberId, enrolled: true });
  expect(rows.map(({ member_id }) => member_id)).not.toContain(other.memberId);
  expect(await listed({ ...doctor.caller, claims: { aal: 'aal2' } })).toEqual([]);
  await expect(
    db.database.asUser(doctor.clinic.admin, (trx) =>
      sql`select app.has_second_factor(${doctor.caller.sub}::uuid)`.execute(trx),
    ),
  ).rejects.toThrow(/permission denied/);
});
