import {
  type DocumentDraft,
  documentView,
  type LetterView,
  letterView,
  listOf,
  type SaveLetter,
} from '@medcall/shared-types';
import { ApiError } from '../api-error.ts';
import type { Http } from '../http.ts';

const documents = listOf(documentView);

/** Papers for the patient. */
export function documentCalls(http: Http) {
  const id = encodeURIComponent;
  const of = (consultationId: string) => `/api/consultations/${id(consultationId)}`;
  return {
    documents: (consultationId: string) =>
      http({ path: `${of(consultationId)}/documents`, answer: documents }),
    createDocument: (consultationId: string, body: DocumentDraft) =>
      http({
        method: 'POST',
        path: `${of(consultationId)}/documents`,
        body,
        answer: documentView,
      }),
    approveDocument: (consultationId: string, documentId: string) =>
      http({
        method: 'POST',
        path: `${of(consultationId)}/documents/${id(documentId)}/approve`,
        answer: documentView,
      }),
    revokeDocument: (consultationId: string, documentId: string, reason: string) =>
      http({
        method: 'POST',
        path: `${of(consultationId)}/documents/${id(documentId)}/revoke`,
        body: { reason },
        answer: documentView,
      }),
    /** Null while there is none. */
    letter: async (consultationId: string): Promise<LetterView | null> => {
      try {
        return await http({ path: `${of(consultationId)}/letter`, answer: letterView });
      } catch (error) {
        if (error instanceof ApiError && error.code === 'not_found') return null;
        throw error;
      }
    },
    saveLetter: (consultationId: string, body: SaveLetter) =>
      http({ method: 'PUT', path: `${of(consultationId)}/letter`, body, answer: letterView }),
    approveLetter: (consultationId: string, version: number) =>
      http({
        method: 'POST',
        path: `${of(consultationId)}/letter/approve`,
        body: { version },
        answer: letterView,
      }),
  };
}
