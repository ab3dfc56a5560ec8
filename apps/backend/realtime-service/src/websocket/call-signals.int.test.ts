import { describe, expect, it, vi } from 'vitest';
import { ask, next } from '../testing/client.ts';
import { bothIn, doctorIn, patientAtDoor } from '../testing/people.ts';
import { service, useTestStage, world } from '../testing/test-stage.ts';

useTestStage();

describe('signals', () => {
  it('reach the named participant of the same room only', async () => {
    const consultation = await world.aConsultation();
    const { doctor, patient, participant } = await bothIn(service, world, consultation);
    const arrived = next(patient, 'webrtc-signal');
    const sent = await ask(doctor, 'webrtc-signal', {
      roomId: consultation.roomId,
      to: participant.id,
      description: { type: 'offer', sdp: 'v=0' },
    });
    expect(sent).toEqual({ ok: true });
    expect(await arrived).toMatchObject({ description: { type: 'offer', sdp: 'v=0' } });
    const elsewhere = await bothIn(service, world, await world.aConsultation());
    expect(
      await ask(doctor, 'webrtc-signal', {
        roomId: consultation.roomId,
        to: elsewhere.participant.id,
        candidate: {},
      }),
    ).toMatchObject({ error: { code: 'not_found' } });
  });

  it('carry along which connections belong together', async () => {
    const consultation = await world.aConsultation();
    const { doctor, patient, participant } = await bothIn(service, world, consultation);
    const arrived = next(patient, 'webrtc-signal');
    const pairing = { call: 'c1', page: null, round: 2, after: 1 };
    const { roomId } = consultation;
    await ask(doctor, 'webrtc-signal', { roomId, to: participant.id, pairing });
    expect((await arrived).pairing).toEqual(pairing);
    expect(
      await ask(doctor, 'webrtc-signal', {
        roomId,
        to: participant.id,
        pairing: { call: 'x'.repeat(65), page: null },
      }),
    ).toMatchObject({ error: { code: 'validation_failed' } });
  });
});

describe('the trace of a call', () => {
  const entry = { atMs: 12, what: 'ice', value: 'checking' };

  it('is taken from people in the room, as states and steps and nothing else', async () => {
    const consultation = await world.aConsultation();
    const { patient, participant } = await bothIn(service, world, consultation);
    const { roomId } = consultation;
    const trace = (over: object) => ({
      roomId,
      entries: [{ ...entry, peer: participant.id, ...over }],
    });
    expect(await ask(patient, 'call-trace', trace({}))).toEqual({ ok: true });
    for (const wrong of [{ what: 'candidate' }, { value: 'x'.repeat(81) }, { peer: 'somebody' }]) {
      expect(await ask(patient, 'call-trace', trace(wrong))).toMatchObject({
        error: { code: 'validation_failed' },
      });
    }
    const outside = await patientAtDoor(service, world, consultation);
    expect(await ask(outside.socket, 'call-trace', trace({}))).toMatchObject({
      error: { code: 'not_joined' },
    });
  });
});

describe('two tabs of one person', () => {
  it('the newer one gets the signals, the older one is told and its going takes nobody out', async () => {
    const consultation = await world.aConsultation();
    const { doctor, patient } = await bothIn(service, world, consultation);
    const moved = next(doctor, 'call-moved');
    const heard: string[] = [];
    patient.onAny((event) => heard.push(event));
    const seen = next(patient, 'user-joined');
    const newer = await doctorIn(service, consultation);
    const self = (await seen).participant;
    expect(await moved).toEqual({ roomId: consultation.roomId });

    const arrived = next(newer, 'webrtc-signal');
    const { roomId } = consultation;
    const signal = { roomId, to: self.id, candidate: { c: 1 } };
    expect(await ask(patient, 'webrtc-signal', signal)).toEqual({ ok: true });
    await arrived;
    doctor.disconnect();
    await vi.waitFor(
      async () => {
        const rows = await world.query(
          'select 1 from participant_connections where participant_id = $1',
          [self.id],
        );
        expect(rows).toHaveLength(1);
      },
      { timeout: 15_000, interval: 50 },
    );
    // The newer tab's leaving is heard; the older one's, which came before, was not.
    const gone = next(patient, 'user-left');
    await ask(newer, 'leave-room', { roomId });
    await gone;
    expect(heard.filter((event) => event === 'participant-updated')).toEqual([]);
    expect(heard.filter((event) => event === 'user-left')).toHaveLength(1);
  });
});
