import { z } from 'zod';

/** Roles of DESIGN: who a person is to the clinic. */
export const medcallRole = z.enum(['medico', 'admin', 'paciente', 'convidado']);
export type MedcallRole = z.infer<typeof medcallRole>;

/** The same people as the sockets name them: doctor = medico, patient = paciente, guest = convidado. */
export const roomRole = z.enum(['doctor', 'patient', 'guest']);
export type RoomRole = z.infer<typeof roomRole>;

/** The voice of an utterance. Guests have no voice of their own in the record: they are UNKNOWN. */
export const speaker = z.enum(['MEDICO', 'PACIENTE', 'UNKNOWN']);
export type Speaker = z.infer<typeof speaker>;

/** Speaker by channel: online, who sent the audio is known, so doctor and patient are never UNKNOWN. */
export function speakerOfRole(role: RoomRole): Speaker {
  switch (role) {
    case 'doctor':
      return 'MEDICO';
    case 'patient':
      return 'PACIENTE';
    case 'guest':
      return 'UNKNOWN';
  }
}
