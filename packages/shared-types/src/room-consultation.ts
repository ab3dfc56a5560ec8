import * as z from './lean.ts';
import { instant, roomId, uuid } from './lean-primitives.ts';

export const consultationType = z.oneOf(['ONLINE', 'PRESENCIAL']);
export type ConsultationType = z.Of<typeof consultationType>;

export const consultationStatus = z.oneOf([
  'WAITING',
  'IN_PROGRESS',
  'COMPLETED',
  'CANCELLED',
  'NO_SHOW',
]);
export type ConsultationStatus = z.Of<typeof consultationStatus>;

/** True while people may still enter: only end-consultation, cancel and no-show close a room. */
export function isOpen(status: ConsultationStatus): boolean {
  return status === 'WAITING' || status === 'IN_PROGRESS';
}

/** What a room token lets its bearer see of the consultation: no record, no other person's data. */
export const roomConsultation = z.object({
  id: uuid,
  roomId: roomId,
  status: consultationStatus,
  type: consultationType,
  scheduled_at: z.nullable(instant),
  ai_enabled: z.boolean(),
  doctorName: z.string(),
  clinicName: z.string(),
  /** As the clinic shows it to everybody; in E.164 where it is a Brazilian number. */
  clinicPhone: z.nullable(z.string()),
  participantName: z.string(),
  role: z.oneOf(['patient', 'guest']),
});
export type RoomConsultation = z.Of<typeof roomConsultation>;

/** What an invitation is exchanged for. */
export const exchangedInvitation = z.object({
  accessToken: z.string(),
  consultation: roomConsultation,
});
export type ExchangedInvitation = z.Of<typeof exchangedInvitation>;
