import { asJson, audit, enqueue } from '@medcall/service-kit';
import { placeOf } from '@medcall/service-kit/database/table-places';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import type { AuditAction } from '@medcall/shared-types';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClinic, aConsultation, aDoctor, anInvited, aPatient, type Doctor } from './builders.ts';

let db: TestDatabase;
let doctor: Doctor;
let owner: pg.Client;
beforeAll(async () => {
  db = await createTestDatabase();
  doctor = await aDoctor(db, await aClinic(db));
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await db.drop();
});

const RESTRICT = '23001';

describe('the audit log', () => {
  test('names the caller of the claims, not who the caller says he is', async () => {
    const other = await aDoctor(db, await aClinic(db));
    const id = await db.database.asUser(doctor.caller, (trx) =>
      audit(trx, {
        action: 'patient.read',
        tableName: 'patients',
        recordId: 'x',
        changes: { status: { before: 'WAITING', after: 'IN_PROGRESS' } },
        ip: '203.0.113.9',
        requestId: 'r-1',
        userId: other.caller.sub,
        clinicaId: other.clinic.id,
        actorKind: 'admin',
      }),
    );
    const { rows } = await owner.query('select * from audit_logs where id = $1', [id]);
    expect(rows[0]).toMatchObject({
      user_id: doctor.caller.sub,
      clinica_id: doctor.clinic.id,
      actor_kind: 'medico',
      actor_name: 'Doutora',
      outcome: 'ok',
      ip: '203.0.113.9',
    });
  });

  test('knows the patient of a room token, and the guest as a guest', async () => {
    const consultation = await aConsultation(db, doctor);
    for (const [kind, actorKind] of [
      ['patient', 'paciente'],
      ['guest', 'convidado'],
    ] as const) {
      const caller = await anInvited(db, consultation, kind);
      const id = await db.database.asUser(caller, (trx) =>
        audit(trx, { action: 'invitation.exchange' }),
      );
      const { rows } = await owner.query('select * from audit_logs where id = $1', [id]);
      expect(rows[0]).toMatchObject({
        user_id: caller.sub,
        actor_kind: actorKind,
        clinica_id: doctor.clinic.id,
      });
    }
  });

  test('takes nothing from nobody, and a failed sign-in from the system', async () => {
    const nobody = { ...doctor.caller, sub: '00000000-0000-4000-8000-000000000000' };
    await expect(
      db.database.asUser(nobody, (trx) => audit(trx, { action: 'patient.read' })),
    ).rejects.toMatchObject({ code: '42501' });
    await db.database.asSystem('test', (trx) =>
      audit(trx, { action: 'auth.sign_in', outcome: 'failed', actorKind: 'anonymous' }),
    );
  });

  test('has one reading per person and chart in a quarter of an hour, from each address', async () => {
    const colleague = await aDoctor(db, doctor.clinic);
    const read = (
      who: Doctor,
      recordId: string,
      ip: string,
      action: AuditAction = 'patient.read',
    ) =>
      db.database.asUser(who.caller, (trx) =>
        audit(trx, { action, tableName: 'patients', recordId, ip }),
      );
    const [ana, home, ward] = ['chart of ana', '203.0.113.1', '203.0.113.2'];
    const first = await read(doctor, ana, home);
    expect(await read(doctor, ana, home)).toBe(first);
    const others = [
      await read(doctor, ana, ward),
      await read(doctor, 'chart of bia', home),
      await read(colleague, ana, home),
      // Only readings repeat themselves: each change is one.
      await read(doctor, ana, home, 'patient.update'),
      await read(doctor, ana, home, 'patient.update'),
    ];
    expect(new Set([first, ...others]).size).toBe(6);
    await owner.query("set session_replication_role = 'replica'");
    await owner.query(
      "update audit_logs set created_at = created_at - interval '16 minutes' where id = $1",
      [first],
    );
    await owner.query("set session_replication_role = 'origin'");
    expect(await read(doctor, ana, home)).not.toBe(first);
  });

  test('refuses a sentence among its changes', async () => {
    for (const changes of [
      { text: 'dor no peito há dois dias' },
      { text: { before: 'a', after: 'João da Silva' } },
      { list: ['a'] },
    ]) {
      await expect(
        db.database.asUser(doctor.caller, (trx) =>
          audit(trx, { action: 'note.save', changes: changes as never }),
        ),
      ).rejects.toMatchObject({ code: '23514' });
    }
  });

  test('does not name a patient of another clinic', async () => {
    const foreign = await aPatient(db, await aClinic(db));
    const id = await db.database.asUser(doctor.caller, (trx) =>
      audit(trx, { action: 'patient.read', patientId: foreign }),
    );
    const { rows } = await owner.query('select patient_id from audit_logs where id = $1', [id]);
    expect(rows[0]).toEqual({ patient_id: null });
  });

  test.each([
    ['update', (table: string) => `update ${table} set action = 'x.y'`],
    ['delete', (table: string) => `delete from ${table}`],
    ['truncate', (table: string) => `truncate ${table} cascade`],
  ])('keeps what is written: %s is refused even to the owner', async (_verb, of) => {
    const statement = of(await placeOf(owner, 'audit_logs'));
    await db.database.asUser(doctor.caller, (trx) => audit(trx, { action: 'patient.read' }));
    await expect(owner.query(statement)).rejects.toMatchObject({ code: RESTRICT });
    await expect(
      db.database.asSystem('test', (trx) => sql.raw(statement).execute(trx)),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('clinical rows', () => {
  const clinical = [
    'patients',
    'consultations',
    'transcriptions',
    'notes',
    'documents',
    'medicos',
    'consents',
    'ai_pricing',
  ];
  test.each(clinical)('%s are never deleted', async (table) => {
    await aConsultation(db, doctor);
    await expect(
      owner.query(`truncate ${await placeOf(owner, table)} cascade`),
    ).rejects.toMatchObject({
      code: RESTRICT,
    });
    await expect(
      db.database.asSystem('test', (trx) => sql`delete from ${sql.table(table)}`.execute(trx)),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('a consultation that is completed stays so, and keeps room, patient and clinic', async () => {
    const { id } = await aConsultation(db, doctor, { status: 'COMPLETED' });
    const patient = await aPatient(db, doctor.clinic);
    for (const change of [
      { status: 'IN_PROGRESS' as const },
      { room_id: 'another-room' },
      { patient_id: patient },
    ]) {
      await expect(
        db.database.asSystem('test', (trx) =>
          trx.updateTable('consultations').set(change).where('id', '=', id).execute(),
        ),
      ).rejects.toMatchObject({ code: RESTRICT });
    }
  });

  test('a signed note takes the address of its PDF once, and nothing else', async () => {
    const consultation = await aConsultation(db, doctor);
    const { id } = await db.database.asUser(doctor.caller, (trx) =>
      trx
        .insertInto('notes')
        .values({
          consultation_id: consultation.id,
          status: 'assinada',
          signed_at: new Date(),
          signed_by: doctor.id,
          hash: 'a'.repeat(64),
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const update = (change: object) =>
      db.database.asSystem('test', (trx) =>
        trx.updateTable('notes').set(change).where('id', '=', id).execute(),
      );
    await expect(update({ sections: asJson({}) })).rejects.toMatchObject({ code: RESTRICT });
    await expect(
      update({ status: 'rascunho', signed_at: null, signed_by: null, hash: null }),
    ).rejects.toMatchObject({ code: RESTRICT });
    await update({ pdf_key: 'notes/1.pdf' });
    await expect(update({ pdf_key: 'notes/2.pdf' })).rejects.toMatchObject({ code: RESTRICT });
  });

  test('nobody rewrites what was heard, and no administrator takes a doctor’s place', async () => {
    const { room_id } = await aConsultation(db, doctor);
    const heard = await db.database.asSystem('test', (trx) =>
      trx
        .insertInto('transcriptions')
        .values({
          room_id,
          speaker: 'PACIENTE',
          text: 'dói',
          timestamp: new Date(),
          start_ms: 0,
          end_ms: 1,
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const denied = { code: '42501' };
    for (const change of [{ text: 'não dói' }, { speaker: 'MEDICO' as const }, { start_ms: 5 }]) {
      await expect(
        db.database.asUser(doctor.caller, (trx) =>
          trx.updateTable('transcriptions').set(change).where('id', '=', heard.id).execute(),
        ),
      ).rejects.toMatchObject(denied);
    }
    const { admin } = doctor.clinic;
    for (const change of [
      { user_auth: admin.sub },
      { medico_id: doctor.id },
      { role: 'medico' as const },
    ]) {
      await expect(
        db.database.asUser(admin, (trx) =>
          trx.updateTable('members').set(change).where('id', '=', doctor.memberId).execute(),
        ),
      ).rejects.toMatchObject(denied);
    }
    await expect(
      db.database.asUser(admin, (trx) =>
        trx
          .insertInto('members')
          .values({
            clinica_id: doctor.clinic.id,
            role: 'medico',
            medico_id: doctor.id,
            name: 'x',
            user_auth: admin.sub,
          })
          .execute(),
      ),
    ).rejects.toMatchObject(denied);
  });

  test('an addendum needs a signed note of one’s own', async () => {
    const consultation = await aConsultation(db, doctor);
    const note = await db.database.asUser(doctor.caller, (trx) =>
      trx
        .insertInto('notes')
        .values({ consultation_id: consultation.id })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    await expect(
      db.database.asUser(doctor.caller, (trx) =>
        trx
          .insertInto('note_addenda')
          .values({ note_id: note.id, doctor_id: doctor.id, text: 'x', hash: 'a'.repeat(64) })
          .execute(),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('events of a consultation', () => {
  const kinds = async (subject: string) =>
    (
      await owner.query<{ kind: string }>(
        'select kind from app.job_outbox where subject_id = $1 order by id',
        [subject],
      )
    ).rows.map(({ kind }) => kind);
  const change = (id: string, set: Record<string, unknown>) =>
    db.database.asSystem('test', (trx) =>
      trx.updateTable('consultations').set(set).where('id', '=', id).execute(),
    );

  test('are asked for where the row changes, whoever changes it, once each', async () => {
    const { id } = await aConsultation(db, doctor);
    await change(id, { status: 'IN_PROGRESS' });
    await change(id, { status: 'IN_PROGRESS' });
    await change(id, { ai_enabled: false });
    await change(id, { status: 'COMPLETED' });
    expect(await kinds(id)).toEqual([
      'consultation.created',
      'consultation.started',
      'consultation.completed',
    ]);
  });

  test('plan reminders when the time is set, moved or void, and forget the answer to the old time', async () => {
    const { id } = await aConsultation(db, doctor);
    const answer = { patient_answer: 'confirmed', patient_answered_at: new Date() };
    await change(id, { scheduled_at: new Date(Date.now() + 48 * 3_600_000), duration_minutes: 30 });
    await change(id, answer);
    await change(id, { duration_minutes: 40 });
    const answered = await owner.query('select patient_answer from consultations where id = $1', [
      id,
    ]);
    expect(answered.rows).toEqual([{ patient_answer: 'confirmed' }]);
    await change(id, { scheduled_at: new Date(Date.now() + 72 * 3_600_000) });
    const moved = await owner.query('select patient_answer from consultations where id = $1', [id]);
    expect(moved.rows).toEqual([{ patient_answer: null }]);
    await change(id, { status: 'CANCELLED' });
    expect(await kinds(id)).toEqual([
      'consultation.created',
      'consultation.reminders',
      'consultation.reminders',
      'consultation.cancelled',
      'consultation.reminders',
    ]);
  });
});

describe('app.enqueue', () => {
  const jobs = async (subject: string) =>
    // Beside the events that a consultation asks for by itself.
    (
      await owner.query(
        "select kind, caused_by from app.job_outbox where subject_id = $1 and kind not like 'consultation.%'",
        [subject],
      )
    ).rows;

  test('a job exists when, and only when, its cause commits', async () => {
    const { id } = await aConsultation(db, doctor);
    await db.database.asUser(doctor.caller, (trx) => enqueue(trx, 'calendar.push', id));
    expect(await jobs(id)).toEqual([{ kind: 'calendar.push', caused_by: doctor.caller.sub }]);
    const another = await aConsultation(db, doctor);
    await expect(
      db.database.asUser(doctor.caller, async (trx) => {
        await enqueue(trx, 'calendar.push', another.id);
        throw new Error('the cause failed');
      }),
    ).rejects.toThrow('the cause failed');
    expect(await jobs(another.id)).toEqual([]);
  });

  test('a person cannot ask for the system’s jobs, another clinic’s, or write the outbox', async () => {
    const { id } = await aConsultation(db, doctor);
    const stranger = await aDoctor(db, await aClinic(db));
    const patient = await anInvited(db, { id, room_id: (await aConsultation(db, doctor)).room_id });
    const denied = { code: '42501' };
    await expect(
      db.database.asUser(doctor.caller, (trx) => enqueue(trx, 'audio.expire', id)),
    ).rejects.toMatchObject(denied);
    await expect(
      db.database.asUser(stranger.caller, (trx) => enqueue(trx, 'calendar.push', id)),
    ).rejects.toMatchObject(denied);
    await expect(
      db.database.asUser(patient, (trx) => enqueue(trx, 'calendar.push', id)),
    ).rejects.toMatchObject(denied);
    await expect(
      db.database.asUser(doctor.caller, (trx) =>
        trx.insertInto('app.job_outbox').values({ kind: 'note.draft', subject_id: id }).execute(),
      ),
    ).rejects.toMatchObject(denied);
    await expect(
      db.database.asSystem('test', (trx) => enqueue(trx, 'no.such-kind' as never, id)),
    ).rejects.toMatchObject({ code: '22023' });
    expect(await jobs(id)).toEqual([]);
  });

  test('the list of kinds is the same in TypeScript and in the database', async () => {
    const source = await import('node:fs/promises').then((fs) =>
      fs.readFile(
        new URL('../../packages/service-kit/src/database/actions.ts', import.meta.url),
        'utf8',
      ),
    );
    const declared = [
      ...(source.split('export type JobKind =')[1]?.split(';')[0] ?? '').matchAll(/'([^']+)'/g),
    ].map(([, kind]) => kind);
    const { rows } = await owner.query<{ kind: string }>('select kind from app.job_kinds');
    expect(declared.sort()).toEqual(rows.map(({ kind }) => kind).sort());
  });
});
