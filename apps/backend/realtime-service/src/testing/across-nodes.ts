import type { World } from '@medcall/service-kit/testing/world';
import { ask, next } from './client.ts';
import { doctorIn, joinAs } from './people.ts';
import type { TestService } from './test-service.ts';

/** The doctor on node A, the patient on node B, transcription running. */
export async function consultationAcross(nodes: { world: World; a: TestService; b: TestService }) {
  const { a, b, world } = nodes;
  const consultation = await world.aConsultation();
  const { roomId } = consultation;
  await world.aConsent(consultation, 'care');
  await world.aConsent(consultation, 'ai');
  const invitation = await world.anInvitation(consultation);
  const doctor = await doctorIn(a, consultation);
  const waiting = next(doctor, 'participant-waiting');
  const patient = await b.connect(await b.tokens.forInvited(consultation, invitation));
  await joinAs(patient, consultation, invitation);
  const { participant } = await waiting;
  const inside = next(patient, 'room-joined');
  await ask(doctor, 'admit-participant', { roomId, participantId: participant.id });
  const welcome = await inside;
  const started = next(patient, 'transcription-started');
  await ask(doctor, 'start-transcription', { roomId });
  await started;
  return { consultation, roomId, doctor, patient, invitation, participant, welcome };
}
