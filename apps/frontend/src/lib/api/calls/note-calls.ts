import {
  noteAddendum,
  noteView,
  privateNote,
  type SaveNote,
  type SavePrivateNote,
  type SignNote,
} from '@medcall/shared-types';
import type { Http } from '../http.ts';

/** The note of a consultation, and what its doctor wrote down for herself. */
export function noteCalls(http: Http) {
  const id = encodeURIComponent;
  return {
    note: (consultationId: string) =>
      http({ path: `/api/consultations/${id(consultationId)}/note`, answer: noteView }),
    saveNote: (consultationId: string, body: SaveNote) =>
      http({
        method: 'PUT',
        path: `/api/consultations/${id(consultationId)}/note`,
        body,
        answer: noteView,
      }),
    draftNote: (consultationId: string) =>
      http({
        method: 'POST',
        path: `/api/consultations/${id(consultationId)}/note/draft`,
        answer: noteView,
        deadlineMs: 60_000,
      }),
    signNote: (consultationId: string, body: SignNote) =>
      http({
        method: 'POST',
        path: `/api/consultations/${id(consultationId)}/note/sign`,
        body,
        answer: noteView,
      }),
    addAddendum: (consultationId: string, text: string) =>
      http({
        method: 'POST',
        path: `/api/consultations/${id(consultationId)}/note/addenda`,
        body: { text },
        answer: noteAddendum,
      }),
    privateNote: (consultationId: string) =>
      http({ path: `/api/consultations/${id(consultationId)}/private-note`, answer: privateNote }),
    savePrivateNote: (consultationId: string, body: SavePrivateNote) =>
      http({
        method: 'PUT',
        path: `/api/consultations/${id(consultationId)}/private-note`,
        body,
        answer: privateNote,
      }),
  };
}
