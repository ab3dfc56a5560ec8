import { randomBytes, randomUUID } from 'node:crypto';
import type { Trx } from '@medcall/service-kit';
import type { ConsultationStatus, Relation } from '@medcall/shared-types';
import {
  type Api,
  aClinic,
  aPatient,
  apiOf,
  signIn,
  type TestClinic,
  type TestPatient,
  type TestPerson,
} from '../../apps/backend/gateway/src/testing/world.ts';
import type { TestSystem } from './system.ts';

export interface SceneConsultation {
  id: string;
  roomId: string;
  patientId: string;
  clinicaId: string;
}

/** Where the rows of one relation live: whose they are, and how a request's subject is made. */
export interface Scene {
  relation: Relation;
  clinic: TestClinic;
  /** The doctor whose rows these are. */
  doctor: TestPerson;
  /** The doctor's own calls, for arranging what only he can. */
  asDoctor: Api;
  /** A consultation of the doctor, waiting and in person; its patient is new. */
  consultation(values?: { status?: ConsultationStatus; ai?: boolean }): Promise<SceneConsultation>;
  patient(): Promise<TestPatient>;
  /** Work past all policies. */
  arrange<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
}

export async function aScene(
  system: TestSystem,
  relation: Relation,
  clinic: TestClinic,
  doctor: TestPerson,
): Promise<Scene> {
  const { gateway } = system;
  const arrange: Scene['arrange'] = (work) =>
    gateway.database.database.asSystem('arrange a test', work);
  const scene: Scene = {
    relation,
    clinic,
    doctor,
    arrange,
    asDoctor: apiOf(gateway, await signIn(gateway, doctor)),
    patient: () => aPatient(gateway, clinic, `Pessoa ${randomBytes(5).toString('hex')}`),
    async consultation({ status = 'WAITING', ai = false } = {}) {
      const patient = await scene.patient();
      const row = await arrange(async (trx) => {
        const made = await trx
          .insertInto('consultations')
          .values({
            clinica_id: clinic.id,
            patient_id: patient.id,
            doctor_id: medicoIdOf(doctor),
            type: 'PRESENCIAL',
            status,
          })
          .returning(['id', 'room_id'])
          .executeTakeFirstOrThrow();
        if (ai) await allowAi(trx, made);
        return made;
      });
      return { id: row.id, roomId: row.room_id, patientId: patient.id, clinicaId: clinic.id };
    },
  };
  return scene;
}

export function medicoIdOf(person: TestPerson): string {
  if (person.medicoId === null) throw new Error(`${person.name} is no doctor`);
  return person.medicoId;
}

/** Consent, and something said. */
async function allowAi(trx: Trx, made: { id: string; room_id: string }): Promise<void> {
  await trx
    .insertInto('consents')
    .values({
      consultation_id: made.id,
      type: 'ai',
      accepted: true,
      text_version: 'test',
      text_hash: 'a'.repeat(64),
      given_by: 'doctor',
    })
    .execute();
  await insertUtterance(trx, made.room_id);
}

export async function insertUtterance(trx: Trx, roomId: string): Promise<string> {
  const id = randomUUID();
  await trx
    .insertInto('transcriptions')
    .values({
      id,
      room_id: roomId,
      speaker: 'PACIENTE',
      text: 'Estou com dor de cabeça desde ontem.',
      start_ms: 0,
      end_ms: 2000,
      timestamp: new Date(),
    })
    .execute();
  return id;
}

/** Own and other of one clinic, foreign of a second one. */
export async function threeScenes(system: TestSystem): Promise<Record<Relation, Scene>> {
  const here = await aClinic(system.gateway);
  const elsewhere = await aClinic(system.gateway);
  return {
    own: await aScene(system, 'own', here, here.doctor),
    other: await aScene(system, 'other', here, here.otherDoctor),
    foreign: await aScene(system, 'foreign', elsewhere, elsewhere.doctor),
  };
}
