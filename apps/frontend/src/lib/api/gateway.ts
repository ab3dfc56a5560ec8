import {
  type CreateConsultation,
  type CreatePatient,
  consent,
  consultation,
  coverageItem,
  createdInvitation,
  exchangedInvitation,
  type GiveConsent,
  type InvitationKind,
  listOf,
  me,
  note,
  patient,
  patientCard,
  room,
  type SuggestionStatus,
  suggestionItem,
  suggestionStatus,
  transcript,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from './http.ts';

const storedSuggestion = suggestionItem.extend({ status: suggestionStatus.optional() });
export type StoredSuggestion = z.infer<typeof storedSuggestion>;

const consultationList = listOf(consultation);
const patientList = listOf(patientCard);
const rooms = listOf(room);
const consents = listOf(consent);

const anything = z.unknown();

/** The gateway's REST, one function a request. */
export function createGateway(http: Http) {
  const id = encodeURIComponent;
  return {
    me: () => http({ path: '/api/me', answer: me }),

    consultations: (query: {
      day?: string;
      status?: string;
      patient_id?: string;
      limit?: number;
    }) => http({ path: '/api/consultations', query, answer: consultationList }),
    consultation: (consultationId: string) =>
      http({ path: `/api/consultations/${id(consultationId)}`, answer: consultation }),
    createConsultation: (body: CreateConsultation) =>
      http({ method: 'POST', path: '/api/consultations', body, answer: consultation }),
    transcript: (consultationId: string) =>
      http({
        path: `/api/consultations/${id(consultationId)}/transcript`,
        query: { format: 'json' },
        answer: transcript,
      }),
    note: (consultationId: string) =>
      http({ path: `/api/consultations/${id(consultationId)}/note`, answer: note }),
    coverage: (consultationId: string) =>
      http({
        path: `/api/consultations/${id(consultationId)}/coverage`,
        answer: z.object({ items: z.array(coverageItem) }),
      }),
    consents: (consultationId: string) =>
      http({ path: `/api/consultations/${id(consultationId)}/consents`, answer: consents }),
    giveConsent: (consultationId: string, body: GiveConsent) =>
      http({
        method: 'POST',
        path: `/api/consultations/${id(consultationId)}/consents`,
        body,
        answer: consent,
      }),

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

    rooms: () => http({ path: '/api/rooms', answer: rooms }),
    room: (roomId: string) => http({ path: `/api/rooms/${id(roomId)}`, answer: room }),

    suggestions: (roomId: string) =>
      http({
        path: '/api/suggestions',
        query: { room_id: roomId },
        answer: z.object({ items: z.array(storedSuggestion) }),
      }),
    setSuggestionStatus: (suggestionId: string, status: SuggestionStatus) =>
      http({
        method: 'PATCH',
        path: `/api/suggestions/${id(suggestionId)}`,
        body: { status },
        answer: anything,
      }),
  };
}
export type Gateway = ReturnType<typeof createGateway>;
