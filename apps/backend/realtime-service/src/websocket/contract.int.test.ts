import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, next, soundChunk } from '../testing/client.ts';
import { bothIn, doctorIn, patientAtDoor, speak } from '../testing/people.ts';
import { scriptedAi } from '../testing/scripted-ai.ts';
import { scriptedEngine } from '../testing/scripted-engine.ts';
import { startTestService, type TestService, type TestSocket } from '../testing/test-service.ts';

/*
 * What clients of others are written against: names and payloads as they were promised, spelled out here
 * once more, so that a change of the shared types alone does not change the promise.
 */
const uuid = z.uuid();
const roomId = z.string().min(1);
const instant = z.iso.datetime();
const participant = z.looseObject({
  id: uuid,
  userId: z.string(),
  name: z.string(),
  role: z.enum(['doctor', 'patient', 'guest']),
  state: z.enum(['waiting', 'joined', 'away']),
});
const resume = z.record(z.string(), z.looseObject({ nextSeq: z.int() }));
const transcription = z.looseObject({
  id: uuid,
  roomId,
  participantId: uuid,
  speaker: z.enum(['MEDICO', 'PACIENTE', 'UNKNOWN']),
  text: z.string(),
  startMs: z.int(),
  endMs: z.int(),
  timestamp: instant,
  isFinal: z.boolean(),
  revision: z.int().min(0),
  confidence: z.number().min(0).max(1).nullable(),
  replaces: z.array(uuid).optional(),
});
const ended = { roomId, endedAt: instant, pendingSeconds: z.number() };
const promised = {
  'room-joined': z.looseObject({
    roomId,
    self: participant,
    participants: z.array(participant),
    status: z.string(),
    iceServers: z.array(z.looseObject({ urls: z.union([z.string(), z.array(z.string())]) })),
    transcription: z.looseObject({ active: z.boolean() }),
    resume,
  }),
  'user-joined': z.looseObject({ roomId, participant }),
  'participant-waiting': z.looseObject({ roomId, participant }),
  'participant-updated': z.looseObject({ roomId, participant }),
  'user-left': z.looseObject({
    roomId,
    participantId: uuid,
    reason: z.enum(['left', 'disconnected']),
  }),
  'admission-denied': z.looseObject({ roomId }),
  'webrtc-signal': z.looseObject({ roomId, from: uuid }),
  'transcription-started': z.looseObject({
    roomId,
    sessionId: uuid,
    language: z.string(),
    engine: z.string(),
  }),
  'transcription-stopped': z.looseObject({ roomId, reason: z.string() }),
  transcription,
  'transcription-update': transcription,
  'transcription-lag': z.looseObject({ roomId, seconds: z.number() }),
  suggestion: z.looseObject({
    id: uuid,
    roomId,
    topic: z.string(),
    question: z.string(),
    context: z.string(),
    rationale: z.string(),
    sources: z.array(
      z.looseObject({
        documentId: z.string(),
        title: z.string(),
        source: z.string(),
        year: z.int(),
        section: z.string(),
        url: z.string(),
        excerpt: z.string(),
      }),
    ),
    triggeredBy: z.looseObject({ transcriptionId: uuid, text: z.string() }),
    engine: z.string(),
  }),
  coverage: z.looseObject({
    roomId,
    items: z.array(
      z.looseObject({
        key: z.string(),
        label: z.string(),
        status: z.enum(['covered', 'open']),
        transcriptionId: uuid.optional(),
      }),
    ),
  }),
  cost: z.looseObject({
    roomId,
    spentBrl: z.coerce.number(),
    /** Null where the clinic set no limit. */
    capBrl: z.coerce.number().nullable(),
    state: z.enum(['ok', 'near', 'stopped']),
  }),
  'consultation-ended': z.looseObject(ended),
  'presential-joined': z.looseObject({
    consultationId: uuid,
    roomId,
    status: z.string(),
    transcription: z.looseObject({ active: z.boolean() }),
    resume,
  }),
  'recording-started': z.looseObject({ consultationId: uuid }),
  'recording-stopped': z.looseObject({ consultationId: uuid }),
  'presential-ended': z.looseObject({ consultationId: uuid, ...ended }),
} as const;
type Promised = keyof typeof promised;

const doctorsAlone: readonly Promised[] = ['suggestion', 'coverage', 'cost', 'transcription-lag'];

let db: TestDatabase;
let world: World;
let service: TestService;
/** The engine waits for it: sound without text, as on a machine that is too slow. */
let held: Promise<void> = Promise.resolve();

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  const scripted = scriptedEngine();
  const engine = {
    ...scripted,
    transcribe: async (job: Parameters<typeof scripted.transcribe>[0]) => {
      await held;
      return scripted.transcribe(job);
    },
  };
  service = await startTestService({ appUrl: db.appUrl, ai: scriptedAi, engine });
});
afterAll(async () => {
  await service.stop();
  await world.close();
  await db.drop();
});

/** All that a client hears from now on. */
function hears(socket: TestSocket): Map<string, unknown[]> {
  const heard = new Map<string, unknown[]>();
  socket.onAny((event: string, payload: unknown) => {
    heard.set(event, [...(heard.get(event) ?? []), payload]);
  });
  return heard;
}

function expectPromised(heard: ReadonlyMap<string, unknown[]>, events: readonly Promised[]) {
  for (const event of events) {
    const payloads = heard.get(event) ?? [];
    expect(payloads.length, event).toBeGreaterThan(0);
    for (const payload of payloads) {
      expect(promised[event].safeParse(payload).error, event).toBeUndefined();
    }
  }
}

describe('a video call, event by event', () => {
  it('says to each what was promised, and what is the doctor’s to the doctor alone', async () => {
    const consultation = await world.aConsultation();
    const { roomId: room } = consultation;
    await world.aConsent(consultation, 'care');
    await world.aConsent(consultation, 'ai');
    const doctor = await service.connect(await service.tokens.forDoctor(consultation.doctor));
    const atDoctor = hears(doctor);
    const me = { userId: consultation.doctor.sub, userName: 'Dra. Teste', role: 'doctor' };
    expect(await ask(doctor, 'join-room', { roomId: room, ...me })).toEqual({
      ok: true,
      state: 'joined',
    });

    const denied = await patientAtDoor(service, world, consultation);
    const atDenied = hears(denied.socket);
    const first = next(doctor, 'participant-waiting');
    expect(await denied.join()).toEqual({ ok: true, state: 'waiting' });
    const refused = next(denied.socket, 'admission-denied');
    const target = { roomId: room, participantId: (await first).participant.id };
    expect(await ask(doctor, 'deny-participant', target)).toEqual({ ok: true });
    await refused;

    const patient = await patientAtDoor(service, world, consultation);
    const atPatient = hears(patient.socket);
    const waiting = next(doctor, 'participant-waiting');
    await patient.join();
    const { participant: them } = await waiting;
    const inside = next(patient.socket, 'room-joined');
    await ask(doctor, 'admit-participant', { roomId: room, participantId: them.id });
    await inside;

    const signal = next(patient.socket, 'webrtc-signal');
    const offer = { roomId: room, to: them.id, description: { type: 'offer', sdp: 'v=0' } };
    expect(await ask(doctor, 'webrtc-signal', offer)).toEqual({ ok: true });
    expect(await signal).toMatchObject({ description: { type: 'offer', sdp: 'v=0' } });

    expect(await ask(doctor, 'start-transcription', { roomId: room })).toMatchObject({ ok: true });
    const asked = next(doctor, 'suggestion');
    const final = next(patient.socket, 'transcription', (event) => event.isFinal);
    const { last } = await speak(patient.socket, room);
    expect(last).toMatchObject({ ok: true, ackedSeq: 29, durableSeq: expect.any(Number) });
    await Promise.all([asked, final]);
    await expect.poll(() => atDoctor.has('cost') && atDoctor.has('coverage')).toBe(true);

    const stopped = next(patient.socket, 'transcription-stopped');
    expect(await ask(doctor, 'stop-transcription', { roomId: room })).toEqual({ ok: true });
    expect(await stopped).toMatchObject({ reason: 'doctor' });
    // Online, the recording’s events are other words for the same.
    const recording = next(doctor, 'recording-started');
    expect(await ask(doctor, 'start-recording', { roomId: room })).toEqual({ ok: true });
    await recording;
    const recorded = next(doctor, 'recording-stopped');
    expect(await ask(doctor, 'stop-recording', { roomId: room })).toEqual({ ok: true });
    await recorded;

    const left = next(doctor, 'user-left');
    expect(await ask(patient.socket, 'leave-room', { roomId: room })).toEqual({ ok: true });
    expect(await left).toMatchObject({ participantId: them.id, reason: 'left' });
    const over = next(doctor, 'consultation-ended');
    expect(await ask(doctor, 'end-consultation', { roomId: room })).toEqual({ ok: true });
    await over;

    expectPromised(atDenied, ['admission-denied']);
    expectPromised(atPatient, [
      'room-joined',
      'webrtc-signal',
      'transcription-started',
      'transcription',
      'transcription-stopped',
    ]);
    expectPromised(atDoctor, [
      'room-joined',
      'participant-waiting',
      'user-joined',
      'user-left',
      'transcription-started',
      'transcription',
      'transcription-stopped',
      'recording-started',
      'recording-stopped',
      'suggestion',
      'coverage',
      'cost',
      'consultation-ended',
    ]);
    for (const event of doctorsAlone) expect(atPatient.has(event), event).toBe(false);
  });

  it('tells the doctor, and nobody else, that the text is late, and that it no longer is', async () => {
    const consultation = await world.aConsultation();
    const { doctor, patient } = await bothIn(service, world, consultation);
    const [atDoctor, atPatient] = [hears(doctor), hears(patient)];
    await ask(doctor, 'start-transcription', { roomId: consultation.roomId });
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    const late = next(doctor, 'transcription-lag', ({ seconds }) => seconds > 0);
    const { nextSeq } = await speak(patient, consultation.roomId);
    await speak(patient, consultation.roomId, nextSeq, 3);
    try {
      await late;
    } finally {
      resolve();
    }
    await next(doctor, 'transcription-lag', ({ seconds }) => seconds === 0);
    expectPromised(atDoctor, ['transcription-lag']);
    expect(atPatient.has('transcription-lag')).toBe(false);
  });
});

describe('a consultation in one room, event by event', () => {
  it('says what was promised', async () => {
    const consultation = await world.aConsultation({ type: 'PRESENCIAL' });
    const { id: consultationId } = consultation;
    await world.aConsent(consultation, 'care');
    await world.aConsent(consultation, 'ai');
    const doctor = await service.connect(await service.tokens.forDoctor(consultation.doctor));
    const heard = hears(doctor);
    const inside = next(doctor, 'presential-joined');
    expect(await ask(doctor, 'join-presential', { consultationId })).toEqual({ ok: true });
    await inside;
    const started = next(doctor, 'recording-started');
    expect(await ask(doctor, 'start-recording', { consultationId })).toEqual({ ok: true });
    await started;
    const said = next(doctor, 'transcription-update', (event) => event.isFinal);
    for (let seq = 0; seq < 30; seq += 1) {
      const chunk = { consultationId, ...soundChunk(seq, seq < 10 ? 'loud' : 'quiet') };
      expect(await ask(doctor, 'audio-data', chunk)).toMatchObject({ ok: true, ackedSeq: seq });
    }
    await said;
    const stopped = next(doctor, 'recording-stopped');
    expect(await ask(doctor, 'stop-recording', { consultationId })).toEqual({ ok: true });
    await stopped;
    const over = next(doctor, 'presential-ended');
    expect(await ask(doctor, 'end-presential', { consultationId })).toEqual({ ok: true });
    await over;
    expectPromised(heard, [
      'presential-joined',
      'transcription-started',
      'recording-started',
      'transcription-update',
      'recording-stopped',
      'presential-ended',
    ]);
  });
});

describe('refusals', () => {
  it('of sound have the promised codes', async () => {
    const consultation = await world.aConsultation();
    const { doctor, patient } = await bothIn(service, world, consultation);
    const { roomId: room } = consultation;
    const send = (chunk: object) =>
      ask(patient, 'audioChunk', { roomId: room, ...soundChunk(0, 'loud'), ...chunk });
    const codeOf = async (answer: ReturnType<typeof send>) => (await answer).error?.code;
    expect(await codeOf(send({}))).toBe('not_transcribing');
    expect(await codeOf(send({ roomId: randomUUID() }))).toBe('not_joined');
    await ask(doctor, 'start-transcription', { roomId: room });
    expect(await codeOf(send({ sampleRate: 44_100 }))).toBe('unsupported_sample_rate');
    expect(await codeOf(send({ data: new ArrayBuffer(3_201) }))).toBe('invalid_chunk');
    expect(await codeOf(send({ data: new ArrayBuffer(32_002) }))).toBe('invalid_chunk');

    // More than ten times real time, whatever the machine does meanwhile: a hundred seconds at once.
    const data = new Int16Array(16_000).buffer;
    const answers = await Promise.all(Array.from({ length: 100 }, (_, seq) => send({ seq, data })));
    expect(answers[0]).toMatchObject({ ok: true });
    expect(answers.find(({ ok }) => !ok)?.error).toMatchObject({
      code: 'rate_limited',
      message: expect.any(String),
      retryAfterMs: expect.any(Number),
    });
  });

  it('of a token that ended last until it is renewed, by the same person', async () => {
    const consultation = await world.aConsultation();
    const soon = new Date(Date.now() + 2_000);
    const socket = await service.connect(await service.tokens.forDoctor(consultation.doctor, soon));
    const { roomId: room } = consultation;
    const join = () =>
      ask(socket, 'join-room', {
        roomId: room,
        userId: consultation.doctor.sub,
        userName: 'Dra. Teste',
        role: 'doctor',
      });
    await expect
      .poll(async () => (await join()).error?.code, { timeout: 20_000 })
      .toBe('token_expired');
    const other = await world.aDoctor({ clinicaId: consultation.doctor.clinicaId });
    const foreign = { token: await service.tokens.forDoctor(other) };
    expect(await ask(socket, 'renew-token', foreign)).toMatchObject({
      error: { code: 'forbidden' },
    });
    const own = { token: await service.tokens.forDoctor(consultation.doctor) };
    expect(await ask(socket, 'renew-token', own)).toEqual({ ok: true });
    expect(await join()).toEqual({ ok: true, state: 'joined' });
  });

  it('of what is the other kind of consultation’s', async () => {
    const consultation = await world.aConsultation();
    const doctor = await doctorIn(service, consultation);
    const elsewhere = { consultationId: randomUUID() };
    for (const event of ['start-recording', 'stop-recording', 'end-presential']) {
      expect(await ask(doctor, event, elsewhere), event).toMatchObject({
        error: { code: 'not_joined' },
      });
    }
  });
});
