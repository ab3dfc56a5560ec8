import { z } from 'zod';
import { instant, roomId, uuid } from './primitives.ts';
import { consultationStatus, consultationType } from './room-consultation.ts';

/** A row of `sessions`: one capture of a consultation. */
export const captureSession = z.object({
  id: uuid,
  consultation_id: uuid,
  room_id: roomId,
  kind: consultationType,
  status: z.enum(['ACTIVE', 'CLOSED']),
  started_at: instant,
  ended_at: instant.nullable(),
});
export type CaptureSession = z.infer<typeof captureSession>;

/** `GET /api/rooms/:roomId`: a room is a view of its consultation. */
export const room = z.object({
  room_id: roomId,
  roomId: roomId,
  consultation_id: uuid,
  type: consultationType,
  status: consultationStatus,
  participants: z.array(
    z.object({
      id: uuid,
      userId: z.string(),
      name: z.string(),
      role: z.enum(['doctor', 'patient', 'guest']),
      state: z.enum(['waiting', 'joined', 'away']),
    }),
  ),
  transcription: z.object({ active: z.boolean() }),
});
export type Room = z.infer<typeof room>;
