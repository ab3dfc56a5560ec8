import { callMessages } from '#messages/call.ts';
import type { Speaker } from '#types/consultation.ts';

/** The word above an utterance. */
export function speakerName(speaker: Speaker, me: Speaker | null): string {
  if (speaker === me) return callMessages.you;
  switch (speaker) {
    case 'MEDICO':
      return callMessages.doctor;
    case 'PACIENTE':
      return callMessages.patient;
    case 'UNKNOWN':
      return callMessages.unknownSpeaker;
  }
}
