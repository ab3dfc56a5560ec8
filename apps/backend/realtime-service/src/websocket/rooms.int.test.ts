import { metricsText } from '@medcall/service-kit';
import { describe, expect, it } from 'vitest';
import { ask, next, soundChunk } from '../testing/client.ts';
import { bothIn, doctorIn, joinAs, patientAtDoor } from '../testing/people.ts';
import { service, useTestStage, world } from '../testing/test-stage.ts';

useTestStage();

describe('arrival and admission', () => {
  it('a patient without the care consent does not even wait', async () => {
    const consultation = await world.aConsultation();
    const patient = await patientAtDoor(service, world, consultation);
    expect(await patient.join()).toMatchObject({ error: { code: 'care_consent_required' } });
  });

  it('a refusal at a socket counts among the errors that somebody was told', async () => {
    const doctor = await doctorIn(service, await world.aConsultation());
    const told = async () =>
      Number(
        /^medcall_errors_total\{code="validation_failed"\} (\d+)$/m.exec(await metricsText())?.[1],
      );
    const before = await told();
    expect(await ask(doctor, 'start-transcription', {})).toMatchObject({
      error: { code: 'validation_failed' },
    });
    expect((await told()) - before).toBe(1);
  });

  it('a patient waits, hears nothing, and is inside once admitted; the consultation has begun', async () => {
    const consultation = await world.aConsultation();
    await world.aConsent(consultation, 'care');
    const doctor = await doctorIn(service, consultation);
    const announced = next(doctor, 'participant-waiting');
    const patient = await patientAtDoor(service, world, consultation);
    const heard: string[] = [];
    patient.socket.onAny((event) => heard.push(event));
    expect(await patient.join()).toEqual({ ok: true, state: 'waiting' });
    const { participant } = await announced;
    expect(participant).toMatchObject({ userId: patient.invitation.sub, state: 'waiting' });
    expect(
      await ask(patient.socket, 'audioChunk', {
        roomId: consultation.roomId,
        ...soundChunk(0, 'loud'),
      }),
    ).toMatchObject({ error: { code: 'not_joined' } });
    expect(heard).toEqual([]);

    const inside = next(patient.socket, 'room-joined');
    const seen = next(doctor, 'user-joined');
    await ask(doctor, 'admit-participant', {
      roomId: consultation.roomId,
      participantId: participant.id,
    });
    expect(await inside).toMatchObject({
      self: { userId: patient.invitation.sub, state: 'joined' },
      participants: [{ role: 'doctor', state: 'joined' }],
      transcription: { active: false },
    });
    expect((await seen).participant.id).toBe(participant.id);
    const [row] = await world.query('select status from consultations where id = $1', [
      consultation.id,
    ]);
    expect(row).toEqual({ status: 'IN_PROGRESS' });
  });

  it('a denied patient is told so and is not inside', async () => {
    const consultation = await world.aConsultation();
    await world.aConsent(consultation, 'care');
    const doctor = await doctorIn(service, consultation);
    const announced = next(doctor, 'participant-waiting');
    const patient = await patientAtDoor(service, world, consultation);
    await patient.join();
    const denied = next(patient.socket, 'admission-denied');
    await ask(doctor, 'deny-participant', {
      roomId: consultation.roomId,
      participantId: (await announced).participant.id,
    });
    expect(await denied).toEqual({ roomId: consultation.roomId });
  });

  it('an admitted patient whose line drops comes back without a new admission', async () => {
    const consultation = await world.aConsultation();
    const { doctor, patient, invitation } = await bothIn(service, world, consultation);
    const away = next(doctor, 'participant-updated');
    patient.disconnect();
    expect((await away).participant.state).toBe('away');
    const again = await service.connect(await service.tokens.forInvited(consultation, invitation));
    expect(await joinAs(again, consultation, invitation)).toEqual({ ok: true, state: 'joined' });
  });
});

describe('who may not', () => {
  it("a doctor of another clinic does not find the room, a colleague of the same clinic doesn't either", async () => {
    const consultation = await world.aConsultation();
    const foreigner = await world.aDoctor();
    const colleague = await world.aDoctor({ clinicaId: consultation.doctor.clinicaId });
    for (const doctor of [foreigner, colleague]) {
      const socket = await service.connect(await service.tokens.forDoctor(doctor));
      expect(
        await ask(socket, 'join-room', {
          roomId: consultation.roomId,
          userId: doctor.sub,
          userName: 'Outra',
          role: 'doctor',
        }),
      ).toMatchObject({ error: { code: 'not_found' } });
    }
  });

  it('nobody takes a name or a role that the token does not give', async () => {
    const consultation = await world.aConsultation();
    await world.aConsent(consultation, 'care');
    const { socket, invitation } = await patientAtDoor(service, world, consultation);
    const wish = { roomId: consultation.roomId, userName: 'Helena' };
    for (const claim of [
      { userId: invitation.sub, role: 'doctor' },
      { userId: consultation.doctor.sub, role: 'patient' },
    ]) {
      expect(await ask(socket, 'join-room', { ...wish, ...claim })).toMatchObject({
        error: { code: 'forbidden' },
      });
    }
  });

  it("an invitation opens its own room only, and none after it was revoked or the consultation's end", async () => {
    const mine = await world.aConsultation();
    const other = await world.aConsultation();
    const { socket, invitation, join } = await patientAtDoor(service, world, mine);
    await world.aConsent(mine, 'care');
    expect(
      await ask(socket, 'join-room', {
        roomId: other.roomId,
        userId: invitation.sub,
        userName: 'Helena',
        role: 'patient',
      }),
    ).toMatchObject({ error: { code: 'not_found' } });
    await world.query('update invitations set revoked_at = now() where id = $1', [invitation.id]);
    expect(await join()).toMatchObject({ error: { code: 'not_found' } });

    await world.query("update consultations set status = 'COMPLETED' where id = $1", [other.id]);
    const late = await patientAtDoor(service, world, other);
    expect(await late.join()).toMatchObject({ error: { code: 'consultation_ended' } });
  });

  it('a missing, forged or foreign token does not connect', async () => {
    await expect(service.connect('')).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
    const doctor = await world.aDoctor();
    const token = await service.tokens.forDoctor(doctor);
    await expect(service.connect(`${token.slice(0, -6)}AAAAAA`)).rejects.toMatchObject({
      data: { code: 'unauthenticated' },
    });
    const expired = await service.tokens.forDoctor(doctor, new Date(Date.now() - 60_000));
    await expect(service.connect(expired)).rejects.toMatchObject({
      data: { code: 'token_expired' },
    });
  });

  it('the patient switches nothing that is the doctor’s', async () => {
    const consultation = await world.aConsultation();
    const { patient } = await bothIn(service, world, consultation);
    for (const event of ['start-transcription', 'stop-transcription', 'end-consultation']) {
      expect(await ask(patient, event, { roomId: consultation.roomId })).toMatchObject({
        error: { code: 'forbidden' },
      });
    }
  });
});

describe('a service that stops in order', () => {
  it('cuts its lines, so that every client comes back by itself', async () => {
    const consultation = await world.aConsultation();
    const doctor = await doctorIn(service, consultation);
    const reason = new Promise<string>((resolve) => doctor.once('disconnect', resolve));
    await service.restart();
    // Told to go by the server, Socket.IO's client would stay away.
    expect(await reason).toBe('transport close');
  });
});
