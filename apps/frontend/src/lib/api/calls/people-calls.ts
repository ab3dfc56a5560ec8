import {
  type CreatePatient,
  createdInvitation,
  exchangedInvitation,
  type InvitationKind,
  listOf,
  me,
  patient,
  patientCard,
} from '@medcall/shared-types';
import type { Http } from '../http.ts';

const patientList = listOf(patientCard);

/** Who I am, patients, invitations. */
export function peopleCalls(http: Http) {
  const id = encodeURIComponent;
  return {
    me: () => http({ path: '/api/me', answer: me }),
    patients: (search: string, signal?: AbortSignal) =>
      http({
        path: '/api/patients',
        query: { search: search || undefined, limit: 20 },
        answer: patientList,
        ...(signal ? { signal } : {}),
      }),
    patient: (patientId: string) =>
      http({ path: `/api/patients/${id(patientId)}`, answer: patient }),
    createPatient: (body: CreatePatient) =>
      http({ method: 'POST', path: '/api/patients', body, answer: patient }),
    invite: (consultationId: string, kind: InvitationKind = 'patient') =>
      http({
        method: 'POST',
        path: '/api/invitations',
        body: { consultationId, kind },
        answer: createdInvitation,
      }),
    exchangeInvitation: (token: string) =>
      http({
        method: 'POST',
        path: '/api/invitations/exchange',
        body: { token },
        answer: exchangedInvitation,
      }),
  };
}
