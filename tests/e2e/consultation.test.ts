import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { ApiError } from '../../scripts/lib/client/api.ts';
import { fillRoom, type Stage } from '../../scripts/lib/client/fill-room.ts';
import { RoomConnection, SocketRefusal } from '../../scripts/lib/client/room-connection.ts';
import { readWav } from '../../scripts/lib/client/wav.ts';
import { readDialogue } from '../../scripts/lib/demo/dialogue.ts';
import { measure, turnsOf } from '../../scripts/lib/demo/measure.ts';
import {
  type PlayedConsultation,
  playConsultation,
} from '../../scripts/lib/demo/play-consultation.ts';
import { waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { beginningOf, inARow, silence } from './support/sound.ts';
import { audioDir, startWorld, type World } from './support/world.ts';

// The whole system through its public interface: REST and sockets, real speech, real database.
let world: World;
let doctor: Stage;

beforeAll(async () => {
  world = await startWorld({ frontend: false });
  doctor = await world.stage('medico@aurora.demo');
});
afterAll(() => world?.stop());

function showLogOnFailure() {
  onTestFailed(() => console.error(world.recentLog()));
}

const chunk = (seq: number) => ({
  captureId: 'mic',
  seq,
  capturedAtMs: seq * 100,
  sampleRate: 16_000,
  data: Buffer.alloc(3200, 7),
});

describe('a consultation from speech to record', () => {
  let played: PlayedConsultation;
  let report: ReturnType<typeof measure>;

  beforeAll(async () => {
    const dialogue = beginningOf(await readDialogue(path.join(audioDir, 'dor-toracica')), 64_000);
    played = await playConsultation(doctor, dialogue, { speed: 2 });
    report = measure(played, dialogue.reference, dialogue.durationMs);
  });

  it('transcribes what was said', () => {
    showLogOnFailure();
    expect(report.wer).toBeLessThan(0.25);
  });

  it('knows who spoke, always', () => {
    expect(report.speakers.utterances).toBeGreaterThan(5);
    expect(report.speakers.rightUtterances).toBe(report.speakers.utterances);
    expect(played.transcript.every((row) => row.speaker !== 'UNKNOWN')).toBe(true);
  });

  it('offers the doctor questions with the passage and the utterance behind each', () => {
    showLogOnFailure();
    expect(played.suggestions.length).toBeGreaterThan(0);
    for (const { event } of played.suggestions) {
      expect(event.question).not.toBe('');
      expect(event.sources.length).toBeGreaterThan(0);
      expect(event.triggeredBy.text).not.toBe('');
    }
  });

  it('shows the patient nothing that is the doctor’s', () => {
    expect(played.leakedToPatient).toBe(0);
  });

  it('is over afterwards: the record stays, the room is closed', async () => {
    const api = await world.api('medico@aurora.demo');
    expect((await api.consultation(played.consultation.id)).status).toBe('COMPLETED');
    const late = new RoomConnection({
      realtimeUrl: doctor.realtimeUrl,
      roomId: played.consultation.roomId,
      user: { id: doctor.me.user.id, name: doctor.me.user.name, role: 'doctor' },
      token: doctor.doctorToken,
    });
    await expect(late.enter()).rejects.toMatchObject({ code: 'consultation_ended' });
    late.close();
  });

  it('is unknown to another clinic, over REST and sockets', async () => {
    const stranger = await world.stage('medico@horizonte.demo');
    const api = await world.api('medico@horizonte.demo');
    const { id, roomId, patient_id: patientId } = played.consultation;
    const paths = [
      `/api/consultations/${id}`,
      `/api/consultations/${id}/transcript`,
      `/api/consultations/${id}/consents`,
      `/api/patients/${patientId}`,
      `/api/rooms/${roomId}`,
    ];
    for (const route of paths) {
      const refused = await api.request('GET', route).catch((error: unknown) => error);
      expect(refused, route).toBeInstanceOf(ApiError);
      expect(refused, route).toMatchObject({ status: 404, code: 'not_found' });
    }
    const intruder = new RoomConnection({
      realtimeUrl: stranger.realtimeUrl,
      roomId,
      user: { id: stranger.me.user.id, name: stranger.me.user.name, role: 'doctor' },
      token: stranger.doctorToken,
    });
    await expect(intruder.enter()).rejects.toMatchObject({ code: 'not_found' });
    intruder.close();
  });
});

describe('when the realtime service is killed in mid-consultation', () => {
  it('keeps the transcript complete and says nothing twice', async () => {
    showLogOnFailure();
    const dialogue = beginningOf(await readDialogue(path.join(audioDir, 'cefaleia')), 48_000);
    let finals = 0;
    const playing = playConsultation(doctor, dialogue, {
      speed: 1.5,
      onTranscription: (event) => {
        if (event.isFinal) finals += 1;
      },
    });
    playing.catch(() => undefined);
    await waitUntil('three utterances', () => finals >= 3, { timeoutMs: 90_000 });
    const service = world.system.process('realtime-service');
    await service.kill();
    service.start();
    const played = await playing;

    expect(played.reconnections).toBeGreaterThanOrEqual(2);
    const offsetMs = played.startedAtMs - played.zeroAtMs;
    for (const turn of turnsOf(dialogue.reference)) {
      const heardMs = played.transcript
        .filter((row) => row.speaker === turn.speaker)
        .map((row) => ({ start: row.start_ms - offsetMs, end: row.end_ms - offsetMs }))
        .map((row) => Math.min(row.end, turn.endMs) - Math.max(row.start, turn.startMs))
        .filter((sharedMs) => sharedMs > 0)
        .reduce((sum, sharedMs) => sum + sharedMs, 0);
      expect(heardMs / (turn.endMs - turn.startMs), turn.text).toBeGreaterThan(0.5);
      // Twice the same stretch of speech would be more than all of it.
      expect(heardMs / (turn.endMs - turn.startMs), turn.text).toBeLessThan(1.3);
    }
    expect(measure(played, dialogue.reference, dialogue.durationMs).wer).toBeLessThan(0.3);
    expect(new Set(played.transcript.map((row) => row.id)).size).toBe(played.transcript.length);
  });
});

describe('without artificial intelligence', () => {
  it.each([
    ['switched off for the consultation', { aiEnabled: false }],
    ['not accepted by the patient', { consents: ['care'] as const }],
  ])('%s: no transcription, not one chunk stored, the call itself works', async (_name, wishes) => {
    showLogOnFailure();
    const room = await fillRoom(doctor, wishes);
    const { roomId, id } = room.consultation;
    try {
      await expect(room.doctor.request('start-transcription', { roomId })).rejects.toMatchObject({
        code: 'ai_consent_required',
      });
      for (const person of [room.doctor, room.patient]) {
        for (const seq of [0, 1, 2]) {
          const answer = await person.attempt('audioChunk', {
            roomId,
            stream: 'microphone',
            ...chunk(seq),
          });
          expect(answer.ok).toBe(false);
        }
      }
      expect(await world.storedAudioBytes(id)).toBe(0);
      const rows = await world.query(
        'select 1 from audio_streams where consultation_id = $1 and acked_seq >= 0',
        [id],
      );
      expect(rows).toEqual([]);
      await signalsBothWays(room);
    } finally {
      room.doctor.close();
      room.patient.close();
    }
  });

  async function signalsBothWays(room: Awaited<ReturnType<typeof fillRoom>>) {
    const { roomId } = room.consultation;
    const api = await world.api('medico@aurora.demo');
    const view = await api.request('GET', `/api/rooms/${roomId}`);
    const people = (view as { participants: { id: string; role: string }[] }).participants;
    const idOf = (role: string) => people.find((person) => person.role === role)?.id ?? '';
    const pairs = [
      [room.doctor, room.patient, idOf('patient')],
      [room.patient, room.doctor, idOf('doctor')],
    ] as const;
    for (const [from, to, target] of pairs) {
      const received = to.waitFor('webrtc-signal');
      const description = { type: 'offer', sdp: 'v=0' };
      await from.request('webrtc-signal', { roomId, to: target, description });
      expect((await received).description).toEqual(description);
    }
  }
});

describe('where nobody speaks', () => {
  it('writes not one word', async () => {
    showLogOnFailure();
    const clips = ['silencio', 'ventilador', 'teclado', 'musica', 'respiracao'];
    const recordings = await Promise.all(
      clips.map((clip) => readWav(path.join(audioDir, 'nao-fala', `${clip}.wav`))),
    );
    const noise = inARow(recordings);
    const played = await playConsultation(
      doctor,
      {
        folder: 'nao-fala',
        reference: { id: 'nao-fala', turns: [], asked_keys: [], unasked_keys: [] },
        doctor: silence(noise.durationMs),
        patient: noise,
        durationMs: noise.durationMs,
      },
      { speed: 5 },
    );
    expect(played.transcript.map((row) => row.text)).toEqual([]);
    expect(played.transcriptions.map(({ event }) => event.text)).toEqual([]);
  });
});

describe('a stranger', () => {
  it('does not get in with a wrong password, a forged token or somebody else’s room', async () => {
    await expect(fetch(`${world.urls.gateway}/api/me`).then((r) => r.status)).resolves.toBe(401);
    const [header = '', claims = ''] = (await doctor.doctorToken()).split('.');
    const forged = `${header}.${claims}.${'A'.repeat(86)}`;
    const answer = await fetch(`${world.urls.gateway}/api/me`, {
      headers: { authorization: `Bearer ${forged}` },
    });
    expect(answer.status).toBe(401);
    const connection = new RoomConnection({
      realtimeUrl: doctor.realtimeUrl,
      roomId: 'some-room-0001',
      user: { id: doctor.me.user.id, name: 'x', role: 'doctor' },
      token: async () => forged,
    });
    await expect(connection.connect()).rejects.toThrow(/realtime/);
    connection.close();
  });

  it('is a patient only in the room of the invitation', async () => {
    const mine = await fillRoom(doctor);
    const other = await fillRoom(doctor);
    try {
      const answer = await mine.patient.attempt('audioChunk', {
        roomId: other.consultation.roomId,
        stream: 'microphone',
        ...chunk(0),
      });
      expect(answer.ok).toBe(false);
      await expect(
        mine.patient.request('start-transcription', { roomId: mine.consultation.roomId }),
      ).rejects.toBeInstanceOf(SocketRefusal);
    } finally {
      for (const room of [mine, other]) {
        room.doctor.close();
        room.patient.close();
      }
    }
  });
});
