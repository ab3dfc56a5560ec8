import { describe, expect, it } from 'vitest';
import { connectPcm, type PcmFrame } from '../../../../../tests/clients/pcm-client.ts';
import { ask, next, soundChunk } from '../testing/client.ts';
import { bothIn } from '../testing/people.ts';
import { service, useTestStage, world } from '../testing/test-stage.ts';

useTestStage();

async function running() {
  const consultation = await world.aConsultation();
  const people = await bothIn(service, world, consultation);
  const started = await ask(people.doctor, 'start-transcription', { roomId: consultation.roomId });
  return { consultation, ...people, sessionId: String(started.sessionId) };
}

const loud = (seq: number) => new Int16Array(soundChunk(seq, 'loud').data);
const quiet = (seq: number) => new Int16Array(soundChunk(seq, 'quiet').data);
const isAck = (seq: number) => (frame: PcmFrame) => frame.type === 'ack' && frame.ackedSeq === seq;

describe('native PCM socket', () => {
  it('acknowledges frames and sends the texts; the room hears the same', async () => {
    const { consultation, doctor, invitation, sessionId } = await running();
    const client = await connectPcm({
      url: service.url,
      sessionId,
      userId: invitation.sub,
      token: await service.tokens.forInvited(consultation, invitation),
    });
    const heard = next(doctor, 'transcription', (event) => event.isFinal);
    for (let seq = 0; seq < 10; seq++) client.send(seq, loud(seq));
    for (let seq = 10; seq < 30; seq++) client.send(seq, quiet(seq));
    await client.next(isAck(29));
    const text = await client.next((frame) => frame.type === 'transcription' && frame.isFinal);
    expect(text).toMatchObject({ speaker: 'PACIENTE' });
    expect(await heard).toMatchObject({ speaker: 'PACIENTE' });
    client.close();
  });

  it('says first where the capture goes on, so that nothing is sent under a number that was taken', async () => {
    const { consultation, invitation, sessionId } = await running();
    const connect = async (captureId?: string) =>
      connectPcm({
        url: service.url,
        sessionId,
        userId: invitation.sub,
        token: await service.tokens.forInvited(consultation, invitation),
        ...(captureId ? { captureId } : {}),
      });
    const first = await connect();
    expect(await first.start).toEqual({ captureId: '0', nextSeq: 0, durableSeq: -1 });
    for (let seq = 0; seq < 5; seq++) first.send(seq, loud(seq));
    await first.next(isAck(4));
    first.close();
    await first.closed;

    const again = await connect();
    expect(await again.start).toMatchObject({ captureId: '0', nextSeq: 5 });
    again.send(5, loud(5));
    await again.next(isAck(5));
    const other = await connect('segunda');
    expect(await other.start).toEqual({ captureId: 'segunda', nextSeq: 0, durableSeq: -1 });
    other.close();
    again.close();

    // After the service has come again it knows it from its log.
    await service.restart();
    const later = await connect();
    expect(await later.start).toMatchObject({ captureId: '0', nextSeq: 6 });
    later.close();
  });

  it('answers a bad frame with its code and goes on', async () => {
    const { consultation, invitation, sessionId } = await running();
    const client = await connectPcm({
      url: service.url,
      sessionId,
      userId: invitation.sub,
      token: await service.tokens.forInvited(consultation, invitation),
    });
    client.send(0, new Int16Array(3));
    expect(await client.next((frame) => frame.type === 'error')).toMatchObject({
      code: 'invalid_chunk',
    });
    client.send(0, loud(0));
    await client.next(isAck(0));
    client.close();
  });

  it('refuses before the upgrade: no token, somebody else, another room, a closed capture', async () => {
    const mine = await running();
    const other = await running();
    const token = await service.tokens.forInvited(mine.consultation, mine.invitation);
    const wish = {
      url: service.url,
      sessionId: mine.sessionId,
      userId: mine.invitation.sub,
      token,
    };
    await expect(connectPcm({ ...wish, token: 'none' })).rejects.toThrow('401');
    await expect(connectPcm({ ...wish, userId: other.invitation.sub })).rejects.toThrow('403');
    await expect(connectPcm({ ...wish, sessionId: other.sessionId })).rejects.toThrow('404');
    await expect(connectPcm({ ...wish, sessionId: 'x' })).rejects.toThrow('400');
    await ask(mine.doctor, 'stop-transcription', { roomId: mine.consultation.roomId });
    await expect(connectPcm(wish)).rejects.toThrow('409');
  });
});

describe('in person', () => {
  it('one microphone becomes text from the start of the recording to its end', async () => {
    const consultation = await world.aConsultation({ type: 'PRESENCIAL' });
    await world.aConsent(consultation, 'ai');
    const doctor = await service.connect(await service.tokens.forDoctor(consultation.doctor));
    const target = { consultationId: consultation.id };
    const welcome = next(doctor, 'presential-joined');
    expect(await ask(doctor, 'join-presential', target)).toEqual({ ok: true });
    expect(await welcome).toMatchObject({ ...target, transcription: { active: false } });
    const started = next(doctor, 'recording-started');
    expect(await ask(doctor, 'start-recording', target)).toEqual({ ok: true });
    await started;
    const update = next(doctor, 'transcription-update', (event) => event.isFinal);
    for (let seq = 0; seq < 30; seq++) {
      const kind = seq < 10 ? 'loud' : 'quiet';
      await ask(doctor, 'audio-data', { ...target, ...soundChunk(seq, kind) });
    }
    expect(await update).toMatchObject({ speaker: 'MEDICO', speakerTentative: true });
    const ended = next(doctor, 'presential-ended');
    expect(await ask(doctor, 'end-presential', target)).toEqual({ ok: true });
    expect(await ended).toMatchObject(target);
  });

  it('is not for a video call, and needs the ai consent', async () => {
    const online = await world.aConsultation();
    const doctor = await service.connect(await service.tokens.forDoctor(online.doctor));
    expect(await ask(doctor, 'join-presential', { consultationId: online.id })).toMatchObject({
      error: { code: 'conflict' },
    });
    const room = await world.aConsultation({ type: 'PRESENCIAL', doctor: online.doctor });
    const target = { consultationId: room.id };
    await ask(doctor, 'join-presential', target);
    expect(await ask(doctor, 'start-recording', target)).toMatchObject({
      error: { code: 'ai_consent_required' },
    });
  });
});
