import {
  type Consultation,
  consultation,
  createdInvitation,
  exchangedInvitation,
} from '@medcall/shared-types';
import { expect } from 'vitest';
import { z } from 'zod';
import {
  type Api,
  aClinic,
  aGateway,
  aPatient,
  apiOf,
  signIn,
  type TestClinic,
  type TestGateway,
  type TestPatient,
  type WorldOptions,
} from './world.ts';

/** Two clinics with everybody signed in: what most tests of the REST interface start from. */
export interface TwoClinics {
  gateway: TestGateway;
  clinic: TestClinic;
  foreign: TestClinic;
  joao: TestPatient;
  doctor: Api;
  otherDoctor: Api;
  admin: Api;
  /** Doctor and administrator of the other clinic. */
  stranger: Api;
  strangerAdmin: Api;
  nobody: Api;
  aConsultation(body?: Record<string, unknown>): Promise<Consultation>;
  anInvitation(consultationId: string, kind?: 'patient' | 'guest'): Promise<TestInvitation>;
}

export interface TestInvitation {
  id: string;
  url: string;
  token: string;
  accessToken: string;
  /** The invited person's calls. */
  api: Api;
}

export async function twoClinics(
  env: Record<string, string> = {},
  options: WorldOptions = {},
): Promise<TwoClinics> {
  const gateway = await aGateway(env, undefined, options);
  const clinic = await aClinic(gateway);
  const foreign = await aClinic(gateway);
  const joao = await aPatient(gateway, clinic);
  const doctor = apiOf(gateway, await signIn(gateway, clinic.doctor));
  const nobody = apiOf(gateway);
  return {
    gateway,
    clinic,
    foreign,
    joao,
    doctor,
    nobody,
    otherDoctor: apiOf(gateway, await signIn(gateway, clinic.otherDoctor)),
    admin: apiOf(gateway, await signIn(gateway, clinic.admin)),
    stranger: apiOf(gateway, await signIn(gateway, foreign.doctor)),
    strangerAdmin: apiOf(gateway, await signIn(gateway, foreign.admin)),
    async aConsultation(body = {}) {
      const made = await doctor('POST', '/api/consultations', {
        patient_id: joao.id,
        type: 'ONLINE',
        ...body,
      });
      expect(made.status).toBe(201);
      return consultation.parse(made.body);
    },
    async anInvitation(consultationId, kind = 'patient') {
      const made = await doctor('POST', '/api/invitations', { consultationId, kind });
      expect(made.status).toBe(201);
      const invitation = createdInvitation.parse(made.body);
      const { token } = invitation;
      const exchanged = await nobody('POST', '/api/invitations/exchange', { token });
      expect(exchanged.status).toBe(200);
      const { accessToken } = z.parse(exchangedInvitation, exchanged.body);
      return { ...invitation, accessToken, api: apiOf(gateway, accessToken) };
    },
  };
}

/** Status and code of an answer, for comparing at once. */
export function code(answer: { status: number; body: { error?: { code: string } } }) {
  return [answer.status, answer.body?.error?.code];
}
