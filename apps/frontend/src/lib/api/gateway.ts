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
  type Speaker,
  type SuggestionStatus,
  storedSuggestion,
  transcript,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from './http.ts';

const consultationList = listOf(consultation);
const patientList = listOf(patientCard);
const consents = listOf(consent);
const suggestions = listOf(storedSuggestion);
const coverage = listOf(coverageItem);

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
      note?: 'unsigned';
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
        answer: coverage,
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

    room: (roomId: string) => http({ path: `/api/rooms/${id(roomId)}`, answer: room }),

    suggestions: (consultationId: string) =>
      http({
        path: `/api/consultations/${id(consultationId)}/suggestions`,
        answer: suggestions,
      }),
    setSpeaker: (utteranceId: string, speaker: Speaker) =>
      http({
        method: 'PATCH',
        path: `/api/transcription/utterances/${id(utteranceId)}`,
        body: { speaker },
        answer: anything,
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
