import {
  type CreateConsultation,
  consultation,
  coverageItem,
  listOf,
  room,
  type Speaker,
  type SuggestionStatus,
  storedSuggestion,
  transcript,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from '../http.ts';

const consultationList = listOf(consultation);
const suggestions = listOf(storedSuggestion);
const coverage = listOf(coverageItem);
const anything = z.unknown();

/** Consultations and what was said in them. */
export function consultationCalls(http: Http) {
  const id = encodeURIComponent;
  return {
    consultations: (query: {
      day?: string;
      from?: string;
      to?: string;
      doctor_id?: string;
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
    coverage: (consultationId: string) =>
      http({
        path: `/api/consultations/${id(consultationId)}/coverage`,
        answer: coverage,
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
