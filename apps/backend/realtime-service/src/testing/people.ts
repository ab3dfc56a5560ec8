import type { TestConsultation, TestInvitation, World } from '@medcall/service-kit/testing/world';
import { ask, next, soundChunk } from './client.ts';
import type { TestService, TestSocket } from './test-service.ts';

/** The doctor, connected and inside. */
export async function doctorIn(
  service: TestService,
  consultation: TestConsultation,
): Promise<TestSocket> {
  const socket = await service.connect(await service.tokens.forDoctor(consultation.doctor));
  const joined = next(socket, 'room-joined');
  await ask(socket, 'join-room', {
    roomId: consultation.roomId,
    userId: consultation.doctor.sub,
    userName: 'Dra. Teste',
    role: 'doctor',
  });
  await joined;
  return socket;
}

/** An invited patient, connected, with `join` not yet called. */
export async function patientAtDoor(
  service: TestService,
  world: World,
  consultation: TestConsultation,
) {
  const invitation = await world.anInvitation(consultation);
  const socket = await service.connect(await service.tokens.forInvited(consultation, invitation));
  return { socket, invitation, join: () => joinAs(socket, consultation, invitation) };
}

export function joinAs(
  socket: TestSocket,
  consultation: TestConsultation,
  invitation: TestInvitation,
) {
  return ask(socket, 'join-room', {
    roomId: consultation.roomId,
    userId: invitation.sub,
    userName: 'Helena',
    role: 'patient',
  });
}

/** Both inside, with the care and ai consents given. */
export async function bothIn(service: TestService, world: World, consultation: TestConsultation) {
  await world.aConsent(consultation, 'care');
  await world.aConsent(consultation, 'ai');
  const doctor = await doctorIn(service, consultation);
  const waiting = next(doctor, 'participant-waiting');
  const patient = await patientAtDoor(service, world, consultation);
  await patient.join();
  const inside = next(patient.socket, 'room-joined');
  const { participant } = await waiting;
  await ask(doctor, 'admit-participant', {
    roomId: consultation.roomId,
    participantId: participant.id,
  });
  await inside;
  return { doctor, patient: patient.socket, invitation: patient.invitation, participant };
}

/**
 * Seconds of sound, then silence: two seconds of it, or as many tenths as given.
 * @returns the last acknowledgement and the next seq
 */
export async function speak(
  socket: TestSocket,
  roomId: string,
  from = 0,
  seconds = 1,
  quietTenths = 20,
) {
  let seq = from;
  let last: Awaited<ReturnType<typeof ask>> = { ok: false };
  for (const kind of [
    ...Array<'loud'>(seconds * 10).fill('loud'),
    ...Array<'quiet'>(quietTenths).fill('quiet'),
  ]) {
    last = await ask(socket, 'audioChunk', { roomId, ...soundChunk(seq++, kind) });
  }
  return { last, nextSeq: seq };
}
