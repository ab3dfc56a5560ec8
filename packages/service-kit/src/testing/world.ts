import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A doctor with a login, in a clinic. */
export interface TestDoctor {
  sub: string;
  medicoId: string;
  clinicaId: string;
}

export interface TestConsultation {
  id: string;
  roomId: string;
  patientId: string;
  doctor: TestDoctor;
}

export interface TestInvitation {
  id: string;
  sub: string;
}

/** Arranges rows that no service may make by itself. Close it after the test. */
export interface World {
  aDoctor(options?: { clinicaId?: string }): Promise<TestDoctor>;
  aConsultation(options?: {
    doctor?: TestDoctor;
    status?: string;
    type?: 'ONLINE' | 'PRESENCIAL';
    aiEnabled?: boolean;
  }): Promise<TestConsultation>;
  anInvitation(consultation: TestConsultation, kind?: 'patient' | 'guest'): Promise<TestInvitation>;
  aConsent(
    consultation: TestConsultation,
    type: 'care' | 'recording' | 'ai',
    accepted?: boolean,
  ): Promise<void>;
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

/** @param ownerUrl superuser address of a test database */
export async function createWorld(ownerUrl: string): Promise<World> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  // Dropping the test database cuts idle connections.
  pool.on('error', () => undefined);
  const query = async <R extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await pool.query<R>(sql, values)).rows;

  const world: World = {
    query,
    close: () => pool.end(),
    async aDoctor(options = {}) {
      const doctor: TestDoctor = {
        sub: randomUUID(),
        medicoId: randomUUID(),
        clinicaId: options.clinicaId ?? randomUUID(),
      };
      await query('insert into auth.users (id) values ($1)', [doctor.sub]);
      await query(
        "insert into clinicas (id, nome) values ($1, 'Clínica de Teste') on conflict do nothing",
        [doctor.clinicaId],
      );
      const crm = `${100_000 + Math.floor(Math.random() * 899_999)}/SP`;
      await query(
        "insert into medicos (id, user_auth, nome, crm, clinica_id) values ($1, $2, 'Dra. Teste', $3, $4)",
        [doctor.medicoId, doctor.sub, crm, doctor.clinicaId],
      );
      await query(
        "insert into members (user_auth, clinica_id, role, medico_id, name) values ($1, $2, 'medico', $3, 'Dra. Teste')",
        [doctor.sub, doctor.clinicaId, doctor.medicoId],
      );
      return doctor;
    },
    async aConsultation(options = {}) {
      const doctor = options.doctor ?? (await world.aDoctor());
      const [patient] = await query<{ id: string }>(
        "insert into patients (clinica_id, doctor_id, name) values ($1, $2, 'Paciente de Teste') returning id",
        [doctor.clinicaId, doctor.medicoId],
      );
      const [row] = await query<{ id: string; room_id: string }>(
        `insert into consultations (clinica_id, patient_id, doctor_id, type, status, ai_enabled)
         values ($1, $2, $3, $4, $5, $6) returning id, room_id`,
        [
          doctor.clinicaId,
          patient?.id,
          doctor.medicoId,
          options.type ?? 'ONLINE',
          options.status ?? 'WAITING',
          options.aiEnabled ?? true,
        ],
      );
      if (!patient || !row) throw new Error('the world was not made');
      return { id: row.id, roomId: row.room_id, patientId: patient.id, doctor };
    },
    async anInvitation(consultation, kind = 'patient') {
      const [row] = await query<{ id: string; participant_sub: string }>(
        `insert into invitations (consultation_id, kind, token_hash, expires_at)
         values ($1, $2, sha256(gen_random_uuid()::text::bytea), now() + interval '1 day')
         returning id, participant_sub`,
        [consultation.id, kind],
      );
      if (!row) throw new Error('the world was not made');
      return { id: row.id, sub: row.participant_sub };
    },
    async aConsent(consultation, type, accepted = true) {
      await query(
        `insert into consents (consultation_id, type, accepted, text_version, text_hash, given_by)
         values ($1, $2, $3, 'test', 'test', 'patient')`,
        [consultation.id, type, accepted],
      );
    },
  };
  return world;
}
