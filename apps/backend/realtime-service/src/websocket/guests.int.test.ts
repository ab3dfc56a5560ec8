import type { TestConsultation } from '@medcall/service-kit/testing/world';
import { describe, expect, it } from 'vitest';
import { ask, next } from '../testing/client.ts';
import { bothIn, speak } from '../testing/people.ts';
import type { TestSocket } from '../testing/test-service.ts';
import { service, useTestStage, world } from '../testing/test-stage.ts';

useTestStage();

async function guestAtDoor(consultation: TestConsultation) {
  const invitation = await world.anInvitation(consultation, 'guest');
  const token = await service.tokens.forInvited(consultation, invitation, 'convidado');
  const socket = await service.connect(token);
  const enter = (role = 'guest') =>
    ask(socket, 'join-room', {
      roomId: consultation.roomId,
      userId: invitation.sub,
      userName: 'Caio, intérprete',
      role,
    });
  return { socket, enter };
}

/** Doctor, patient and guest inside, with everything that the guest hears. */
async function threeIn() {
  const consultation = await world.aConsultation();
  const { roomId } = consultation;
  const { doctor, patient, participant } = await bothIn(service, world, consultation);
  const guest = await guestAtDoor(consultation);
  const waiting = next(
    doctor,
    'participant-waiting',
    (event) => event.participant.role === 'guest',
  );
  expect(await guest.enter()).toEqual({ ok: true, state: 'waiting' });
  const self = (await waiting).participant;
  const inside = next(guest.socket, 'room-joined');
  const seen = next(patient, 'user-joined', (event) => event.participant.id === self.id);
  await ask(doctor, 'admit-participant', { roomId, participantId: self.id });
  const welcome = await inside;
  await seen;
  const heard: string[] = [];
  guest.socket.onAny((event) => heard.push(event));
  return { roomId, doctor, patient, participant, guest: guest.socket, self, welcome, heard };
}

async function signalled(from: TestSocket, roomId: string, to: string, at: TestSocket) {
  const arrived = next(at, 'webrtc-signal');
  expect(await ask(from, 'webrtc-signal', { roomId, to, candidate: { c: 1 } })).toEqual({
    ok: true,
  });
  return (await arrived).from;
}

describe('a guest', () => {
  it('does not even wait before the patient has agreed to the consultation', async () => {
    const guest = await guestAtDoor(await world.aConsultation());
    expect(await guest.enter()).toMatchObject({ error: { code: 'care_consent_required' } });
  });

  it('cannot say to be the patient or the doctor', async () => {
    const consultation = await world.aConsultation();
    await world.aConsent(consultation, 'care');
    const guest = await guestAtDoor(consultation);
    for (const role of ['patient', 'doctor']) {
      expect(await guest.enter(role)).toMatchObject({ error: { code: 'forbidden' } });
    }
  });

  it('is let in by the doctor, and signals with both others', async () => {
    const { doctor, guest, participant, patient, roomId, self, welcome } = await threeIn();
    expect(welcome.participants.map(({ role }) => role).sort()).toEqual(['doctor', 'patient']);
    const doctorId = welcome.participants.find(({ role }) => role === 'doctor')?.id ?? '';
    expect(await signalled(guest, roomId, doctorId, doctor)).toBe(self.id);
    expect(await signalled(guest, roomId, participant.id, patient)).toBe(self.id);
    expect(await signalled(patient, roomId, self.id, guest)).toBe(participant.id);
  });

  it('is heard as an unknown voice, and reads nothing of the record', async () => {
    const { doctor, guest, heard, patient, roomId, self } = await threeIn();
    const started = next(guest, 'transcription-started');
    await ask(doctor, 'start-transcription', { roomId });
    await started;
    const shown = next(doctor, 'transcription', (event) => event.isFinal);
    const read = next(patient, 'transcription', (event) => event.isFinal);
    await speak(guest, roomId);
    expect(await shown).toMatchObject({ speaker: 'UNKNOWN', participantId: self.id });
    await read;
    expect(new Set(heard)).toEqual(new Set(['transcription-started']));
    for (const event of ['start-transcription', 'stop-transcription', 'end-consultation']) {
      expect(await ask(guest, event, { roomId })).toMatchObject({ error: { code: 'forbidden' } });
    }
  });
});
