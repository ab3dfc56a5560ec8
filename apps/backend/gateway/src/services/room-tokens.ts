import { roomIssuer } from '@medcall/service-kit';
import type { SigningKeys } from '../keys/signing-keys.ts';

export const roomTokenSeconds = 15 * 60;

export interface RoomTokenSubject {
  participantSub: string;
  roomId: string;
  consultationId: string;
  invitationId: string;
  role: 'paciente' | 'convidado';
}

/** The short token of an invited person: one room, one consultation, a `sub` that stays (DESIGN §7). */
export function signRoomToken(
  keys: SigningKeys,
  subject: RoomTokenSubject,
  now: number,
): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return keys.sign({
    iss: roomIssuer,
    aud: roomIssuer,
    sub: subject.participantSub,
    iat: issuedAt,
    exp: issuedAt + roomTokenSeconds,
    role: 'medcall_patient',
    medcall_role: subject.role,
    room_id: subject.roomId,
    consultation_id: subject.consultationId,
    invitation_id: subject.invitationId,
  });
}
