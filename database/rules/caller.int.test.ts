import type { MemberCaller, UserCaller } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClinic, aConsultation, aDoctor, anInvited, type Doctor } from './builders.ts';

let db: TestDatabase;
let doctor: Doctor;
beforeAll(async () => {
  db = await createTestDatabase();
  doctor = await aDoctor(db, await aClinic(db));
});
afterAll(() => db.drop());

async function clinicOf(caller: MemberCaller): Promise<string | null> {
  return db.database.asUser(caller, async (trx) => {
    const { rows } = await sql<{
      clinic: string | null;
    }>`select app.current_clinic() as clinic`.execute(trx);
    return rows[0]?.clinic ?? null;
  });
}

function visibleConsultations(caller: UserCaller): Promise<number> {
  return db.database.asUser(caller, async (trx) => {
    const rows = await trx.selectFrom('consultations').select('id').execute();
    return rows.length;
  });
}

describe('a member', () => {
  test('is known by the sub alone, whatever the token says of role and clinic', async () => {
    const claims = {
      medcall_role: 'admin',
      app_metadata: { clinica_id: 'x', medcall_role: 'admin' },
    };
    expect(await clinicOf({ ...doctor.caller, claims })).toBe(doctor.clinic.id);
    const { rows } = await db.database.asUser({ ...doctor.caller, claims }, (trx) =>
      sql<{ administers: string | null }>`select app.administered_clinic() as administers`.execute(
        trx,
      ),
    );
    expect(rows[0]?.administers).toBeNull();
  });

  test.each([
    ['a sub that is no uuid', { sub: 'root' }],
    ['an empty sub', { sub: '' }],
    ['no issue time', { iat: Number.NaN }],
  ])('with %s is nobody', async (_name, change) => {
    expect(await clinicOf({ ...doctor.caller, ...change })).toBeNull();
  });

  test('is nobody from the moment of removal', async () => {
    const removed = await aDoctor(db, doctor.clinic);
    expect(await clinicOf(removed.caller)).toBe(doctor.clinic.id);
    await db.database.asUser(doctor.clinic.admin, (trx) =>
      trx
        .updateTable('members')
        .set({ active: false })
        .where('id', '=', removed.memberId)
        .execute(),
    );
    expect(await clinicOf(removed.caller)).toBeNull();
  });

  test('with a token older than sessions_valid_after is nobody; a new token is somebody', async () => {
    const revoked = await aDoctor(db, doctor.clinic);
    const at = new Date('2026-05-05T12:00:00.700Z');
    await db.database.asSystem('test', (trx) =>
      trx
        .updateTable('members')
        .set({ sessions_valid_after: at })
        .where('id', '=', revoked.memberId)
        .execute(),
    );
    const seconds = Math.floor(at.getTime() / 1000);
    expect(await clinicOf({ ...revoked.caller, iat: seconds - 1 })).toBeNull();
    expect(await clinicOf({ ...revoked.caller, iat: seconds })).toBe(doctor.clinic.id);
  });

  test('of a revoked session is nobody, and of another session still somebody', async () => {
    const [ended, kept] = await db.database.asSystem('test', (trx) =>
      trx
        .insertInto('auth_embedded.sessions')
        .values([
          { user_id: doctor.caller.sub, revoked_at: new Date(), revoked_reason: 'signed_out' },
          { user_id: doctor.caller.sub },
        ])
        .returning('id')
        .execute(),
    );
    expect(await clinicOf({ ...doctor.caller, sessionId: ended?.id ?? '' })).toBeNull();
    expect(await clinicOf({ ...doctor.caller, sessionId: kept?.id ?? '' })).toBe(doctor.clinic.id);
  });

  test('of a closed clinic is nobody', async () => {
    const closed = await aDoctor(db, await aClinic(db));
    await db.database.asSystem('test', (trx) =>
      trx
        .updateTable('clinicas')
        .set({ active: false })
        .where('id', '=', closed.clinic.id)
        .execute(),
    );
    expect(await clinicOf(closed.caller)).toBeNull();
  });
});

describe('a room token', () => {
  test('opens its own consultation and nothing else', async () => {
    const consultation = await aConsultation(db, doctor);
    await aConsultation(db, doctor);
    expect(await visibleConsultations(await anInvited(db, consultation))).toBe(1);
    expect(await visibleConsultations(await anInvited(db, consultation, 'guest'))).toBe(1);
  });

  test('is worth nothing when its claims do not belong together', async () => {
    const consultation = await aConsultation(db, doctor);
    const another = await aConsultation(db, doctor);
    const caller = await anInvited(db, consultation);
    const stranger = await anInvited(db, another);
    expect(await visibleConsultations({ ...caller, consultationId: another.id })).toBe(0);
    expect(await visibleConsultations({ ...caller, roomId: another.room_id })).toBe(0);
    expect(await visibleConsultations({ ...caller, sub: stranger.sub })).toBe(0);
    expect(await visibleConsultations({ ...caller, invitationId: stranger.invitationId })).toBe(0);
  });

  test.each(['COMPLETED', 'CANCELLED', 'NO_SHOW'] as const)(
    'ends when the consultation is %s',
    async (status) => {
      const consultation = await aConsultation(db, doctor);
      const caller = await anInvited(db, consultation);
      await db.database.asUser(doctor.caller, (trx) =>
        trx
          .updateTable('consultations')
          .set({ status })
          .where('id', '=', consultation.id)
          .execute(),
      );
      expect(await visibleConsultations(caller)).toBe(0);
    },
  );

  test.each([
    ['revoked', { revoked_at: new Date() }],
    ['expired', { expires_at: new Date(Date.now() - 1000) }],
  ])('ends when the invitation is %s', async (_name, change) => {
    const caller = await anInvited(db, await aConsultation(db, doctor));
    await db.database.asSystem('test', (trx) =>
      trx.updateTable('invitations').set(change).where('id', '=', caller.invitationId).execute(),
    );
    expect(await visibleConsultations(caller)).toBe(0);
  });

  test('for documents outlives the consultation and shows what was approved only', async () => {
    const consultation = await aConsultation(db, doctor);
    const caller = await anInvited(db, consultation, 'documents');
    await db.database.asUser(doctor.caller, async (trx) => {
      const document = {
        consultation_id: consultation.id,
        kind: 'certificate',
        title: 'Atestado',
      } as const;
      await trx
        .insertInto('documents')
        .values([
          { ...document, status: 'approved', approved_at: new Date(), approved_by: doctor.id },
          { ...document, status: 'revoked', approved_at: new Date(), approved_by: doctor.id },
          document,
        ])
        .execute();
      await trx
        .updateTable('consultations')
        .set({ status: 'COMPLETED' })
        .where('id', '=', consultation.id)
        .execute();
    });
    const seen = await db.database.asUser(caller, (trx) =>
      trx.selectFrom('documents').select('status').execute(),
    );
    expect(seen).toEqual([{ status: 'approved' }]);
    expect(await visibleConsultations(caller)).toBe(0);
  });

  test('used as a member’s, or a member’s as a room token, is worth nothing', async () => {
    const consultation = await aConsultation(db, doctor);
    const caller = await anInvited(db, consultation);
    const asMember = {
      ...doctor.caller,
      sub: caller.sub,
      claims: {
        room_id: caller.roomId,
        consultation_id: consultation.id,
        invitation_id: caller.invitationId,
      },
    };
    expect(await visibleConsultations(asMember)).toBe(0);
    expect(await visibleConsultations({ ...caller, sub: doctor.caller.sub })).toBe(0);
  });
});
