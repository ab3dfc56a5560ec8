import {
  accessLogEntry,
  type CreateInvitation,
  type CreatePatient,
  careRelation,
  createdInvitation,
  type InvitationKind,
  listOf,
  me,
  patient,
  patientCard,
  type UpdatePatient,
} from '@medcall/shared-types';
import type { Http } from '../http.ts';

const accessLog = listOf(accessLogEntry);
const patientList = listOf(patientCard);

/** Who I am, patients, invitations. */
export function peopleCalls(http: Http) {
  const id = encodeURIComponent;
  return {
    me: () => http({ path: '/api/me', answer: me }),
    patients: (search: string, options: { cursor?: string; limit?: number } = {}) =>
      http({
        // In the body: the text may be a CPF, which histories and logs would keep.
        method: 'POST',
        path: '/api/patients/search',
        body: { search: search || undefined, cursor: options.cursor, limit: options.limit ?? 20 },
        answer: patientList,
      }),
    patient: (patientId: string) =>
      http({ path: `/api/patients/${id(patientId)}`, answer: patient }),
    updatePatient: (patientId: string, body: UpdatePatient) =>
      http({ method: 'PATCH', path: `/api/patients/${id(patientId)}`, body, answer: patient }),
    careFor: (patientId: string, reason: string) =>
      http({
        method: 'POST',
        path: `/api/patients/${id(patientId)}/care-relations`,
        body: { reason },
        answer: careRelation,
      }),
    accessLog: (patientId: string) =>
      http({
        path: `/api/patients/${id(patientId)}/access-log`,
        query: { limit: 20 },
        answer: accessLog,
      }),
    createPatient: (body: CreatePatient) =>
      http({ method: 'POST', path: '/api/patients', body, answer: patient }),
    invite: (
      consultationId: string,
      kind: InvitationKind = 'patient',
      send?: CreateInvitation['send'],
      name?: string,
    ) =>
      http({
        method: 'POST',
        path: '/api/invitations',
        body: { consultationId, kind, ...(send ? { send } : {}), ...(name ? { name } : {}) },
        answer: createdInvitation,
      }),
  };
}
