import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, next, soundChunk } from '../testing/client.ts';
import { bothIn, doctorIn, joinAs, patientAtDoor, speak } from '../testing/people.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

let db: TestDatabase;
let world: World;
let service: TestService;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  service = await startTestService({ appUrl: db.appUrl });
});
afterAll(async () => {
  await service.stop();
  await world.close();
  await db.drop();
});

describe('arrival and admission', () => {
  it('a patient without the care consent does not even wait', async () => {
    const consultation = await world.aConsultation();
    const patient = await patientAtDoor(service, world, consultation);
    expect(await patient.join()).toMatchObject({ error: { code: 'care_consent_required' } });
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

describe('transcription', () => {
  it('is refused without the ai consent or with the switch off, and not one chunk is stored', async () => {
    const refused = await world.aConsultation();
    const { doctor } = await bothIn(service, world, refused);
    await world.aConsent(refused, 'ai', false);
    const off = await world.aConsultation({ aiEnabled: false });
    const switched = await bothIn(service, world, off);
    for (const [consultation, socket] of [
      [refused, doctor],
      [off, switched.doctor],
    ] as const) {
      const { roomId } = consultation;
      expect(await ask(socket, 'start-transcription', { roomId })).toMatchObject({
        error: { code: 'ai_consent_required' },
      });
      expect(await ask(socket, 'audioChunk', { roomId, ...soundChunk(0, 'loud') })).toMatchObject({
        error: { code: 'not_transcribing' },
      });
      expect(
        await world.query('select 1 from audio_streams where consultation_id = $1', [
          consultation.id,
        ]),
      ).toEqual([]);
    }
  });

  it('turns sound into rows and events with the speaker of the channel', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor, patient } = await bothIn(service, world, consultation);
    expect(await ask(doctor, 'start-transcription', { roomId })).toMatchObject({ ok: true });
    const said = next(doctor, 'transcription', (event) => event.isFinal);
    const { last } = await speak(patient, roomId);
    expect(last).toMatchObject({ ok: true, ackedSeq: 29 });
    expect(await said).toMatchObject({ speaker: 'PACIENTE', revision: 0 });
    const doctorSaid = next(
      patient,
      'transcription',
      (event) => event.isFinal && event.speaker === 'MEDICO',
    );
    await speak(doctor, roomId);
    await doctorSaid;
    const rows = await world.query(
      'select speaker, text from transcriptions where room_id = $1 order by speaker',
      [roomId],
    );
    expect(rows.map((row) => row.speaker)).toEqual(['MEDICO', 'PACIENTE']);
  });

  it('refuses malformed sound with its code and keeps what was acknowledged', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor } = await bothIn(service, world, consultation);
    await ask(doctor, 'start-transcription', { roomId });
    const good = soundChunk(0, 'loud');
    const cases: Array<[object, string]> = [
      [{ ...good, sampleRate: 44_100 }, 'unsupported_sample_rate'],
      [{ ...good, data: new Uint8Array(3201) }, 'invalid_chunk'],
      [{ ...good, data: new Uint8Array(32_002) }, 'invalid_chunk'],
      [{ ...good, data: new Uint8Array(10) }, 'invalid_chunk'],
      [{ ...good, seq: -1 }, 'validation_failed'],
      [{ ...good, data: 'não é som' }, 'validation_failed'],
      [{ ...good, seq: 4_000_000 }, 'invalid_chunk'],
    ];
    for (const [chunk, code] of cases) {
      expect(await ask(doctor, 'audioChunk', { roomId, ...chunk })).toMatchObject({
        error: { code },
      });
    }
    expect(await ask(doctor, 'audioChunk', { roomId, ...good })).toMatchObject({ ackedSeq: 0 });
    expect(await ask(doctor, 'audioChunk', { roomId, ...soundChunk(2, 'loud') })).toMatchObject({
      ackedSeq: 0,
    });
    expect(await ask(doctor, 'audioChunk', { roomId, ...good })).toMatchObject({ ackedSeq: 0 });
    expect(await ask(doctor, 'audioChunk', { roomId, ...soundChunk(1, 'loud') })).toMatchObject({
      ackedSeq: 2,
    });
    expect(
      await ask(doctor, 'audioChunk', { roomId, ...soundChunk(6, 'loud'), lost: [3, 5] }),
    ).toMatchObject({ ackedSeq: 6 });
  });

  it('stops within 2 s when the patient takes the consent back, and the sound is gone', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor, patient } = await bothIn(service, world, consultation);
    await ask(doctor, 'start-transcription', { roomId });
    await ask(patient, 'audioChunk', { roomId, ...soundChunk(0, 'loud') });
    const stopped = next(patient, 'transcription-stopped');
    await world.aConsent(consultation, 'ai', false);
    expect(await stopped).toEqual({ roomId, reason: 'consent_withdrawn' });
    expect(await ask(patient, 'audioChunk', { roomId, ...soundChunk(1, 'loud') })).toMatchObject({
      error: { code: 'not_transcribing' },
    });
    const [stream] = await world.query(
      'select discarded_at from audio_streams where consultation_id = $1',
      [consultation.id],
    );
    expect(stream?.discarded_at).not.toBeNull();
  });

  it('a restart of the service changes nothing for anybody: capture, positions and text go on', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const first = await bothIn(service, world, consultation);
    await ask(first.doctor, 'start-transcription', { roomId });
    const said = next(first.doctor, 'transcription', (event) => event.isFinal);
    const { nextSeq } = await speak(first.patient, roomId);
    await said;

    await service.restart();
    const doctor = await doctorIn(service, consultation);
    const patient = await service.connect(
      await service.tokens.forInvited(consultation, first.invitation),
    );
    const welcome = next(patient, 'room-joined');
    await joinAs(patient, consultation, first.invitation);
    expect(await welcome).toMatchObject({
      transcription: { active: true },
      resume: { '0': { nextSeq } },
    });
    const more = next(doctor, 'transcription', (event) => event.isFinal);
    await speak(patient, roomId, nextSeq);
    await more;
    const rows = await world.query('select id from transcriptions where room_id = $1', [roomId]);
    expect(rows).toHaveLength(2);
  });
});

describe('a hole in the sound', () => {
  it('that is given up after a restart loses nothing of what was written behind it', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const first = await bothIn(service, world, consultation);
    await ask(first.doctor, 'start-transcription', { roomId });
    const missing = 2;
    for (let seq = 0; seq < 30; seq++) {
      if (seq === missing) continue;
      const kind = seq >= 5 && seq < 15 ? 'loud' : 'quiet';
      await ask(first.patient, 'audioChunk', { roomId, ...soundChunk(seq, kind) });
    }
    await service.restart();
    const doctor = await doctorIn(service, consultation);
    const patient = await service.connect(
      await service.tokens.forInvited(consultation, first.invitation),
    );
    await joinAs(patient, consultation, first.invitation);
    const said = next(doctor, 'transcription', (event) => event.isFinal);
    expect(
      await ask(patient, 'audioChunk', {
        roomId,
        ...soundChunk(30, 'quiet'),
        lost: [missing, missing],
      }),
    ).toMatchObject({ ackedSeq: 30 });
    expect(await said).toMatchObject({ speaker: 'PACIENTE' });
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

describe('two installations on one database without a store that both can read', () => {
  it('leave each other’s sound alone, also when the other one is gone for longer than its lease', async () => {
    const [theirs, ours] = [await world.aConsultation(), await world.aConsultation()];
    for (const consultation of [theirs, ours]) {
      const { roomId } = consultation;
      const { doctor, patient } = await bothIn(service, world, consultation);
      await ask(doctor, 'start-transcription', { roomId });
      await ask(patient, 'audioChunk', { roomId, ...soundChunk(0, 'loud') });
    }
    const streamOf = async ({ id }: { id: string }) => {
      const sql = 'select lease_owner, drained_at from audio_streams where consultation_id = $1';
      return (await world.query(sql, [id]))[0];
    };
    await world.query("update consultations set status = 'COMPLETED' where id = $1", [ours.id]);
    await world.query(
      `update audio_streams set lease_owner = 'another disk', lease_fence = lease_fence + 1,
         lease_until = now() - interval '1 minute'
       where consultation_id = $1`,
      [theirs.id],
    );
    await service.restart();
    // What was left behind is looked for once: when ours is drained, theirs was found or not.
    await expect
      .poll(async () => (await streamOf(ours))?.drained_at, { timeout: 30_000 })
      .not.toBeNull();
    expect(await streamOf(theirs)).toEqual({ lease_owner: 'another disk', drained_at: null });
  });
});

describe('the end', () => {
  it('is told to everybody, closes the room for good and leaves the text complete', async () => {
    const consultation = await world.aConsultation();
    const { roomId } = consultation;
    const { doctor, patient, invitation } = await bothIn(service, world, consultation);
    await ask(doctor, 'start-transcription', { roomId });
    // Without silence behind it: the open utterance must not be lost.
    for (let seq = 0; seq < 10; seq++) {
      await ask(patient, 'audioChunk', { roomId, ...soundChunk(seq, 'loud') });
    }
    const told = next(patient, 'consultation-ended');
    await ask(doctor, 'end-consultation', { roomId });
    expect(await told).toMatchObject({ roomId, pendingSeconds: 0 });
    const rows = await world.query('select speaker from transcriptions where room_id = $1', [
      roomId,
    ]);
    expect(rows).toEqual([{ speaker: 'PACIENTE' }]);
    const again = await service.connect(await service.tokens.forInvited(consultation, invitation));
    expect(await joinAs(again, consultation, invitation)).toMatchObject({
      error: { code: 'consultation_ended' },
    });
  });
});
