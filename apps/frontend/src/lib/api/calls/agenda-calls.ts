import {
  availability,
  type CreateException,
  consultation,
  createdException,
  freeSlots,
  type MoveConsultation,
  type ReplaceAvailability,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from '../http.ts';

const nothing = z.unknown();

/** Hours, free slots, and what becomes of a booking. */
export function agendaCalls(http: Http) {
  const id = encodeURIComponent;
  const deed = (consultationId: string, name: string, body: unknown) =>
    http({
      method: 'POST',
      path: `/api/consultations/${id(consultationId)}/${name}`,
      body,
      answer: consultation,
    });
  return {
    /** Without an id: one's own. */
    availability: (doctorId?: string) =>
      http({ path: '/api/availability', query: { doctor_id: doctorId }, answer: availability }),
    replaceAvailability: (body: ReplaceAvailability) =>
      http({ method: 'PUT', path: '/api/availability', body, answer: availability }),
    addException: (body: CreateException) =>
      http({
        method: 'POST',
        path: '/api/availability/exceptions',
        body,
        answer: createdException,
      }),
    removeException: (exceptionId: string) =>
      http({
        method: 'DELETE',
        path: `/api/availability/exceptions/${id(exceptionId)}`,
        answer: nothing,
      }),
    freeSlots: (query: {
      doctor_id: string;
      from: string;
      days?: number;
      duration_minutes?: number;
    }) => http({ path: '/api/availability/slots', query, answer: freeSlots }),
    moveConsultation: (consultationId: string, body: MoveConsultation) =>
      deed(consultationId, 'move', body),
    cancelConsultation: (consultationId: string, reason: string) =>
      deed(consultationId, 'cancel', { reason }),
    markNoShow: (consultationId: string) => deed(consultationId, 'no-show', {}),
  };
}
