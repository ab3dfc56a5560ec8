import { setTimeout as delay } from 'node:timers/promises';
import type { TestTokens } from '@medcall/service-kit/testing/tokens';
import type { TestConsultation, World } from '@medcall/service-kit/testing/world';
import { admit } from '../../lib/client/fill-room.ts';
import { RoomConnection } from '../../lib/client/room-connection.ts';
import { waitUntil } from '../../lib/system/wait-until.ts';
import type { DialogueSound } from './sound.ts';
import { aVoice, type Voice } from './voice.ts';

/** Who knows the people and may look into the database. */
export interface Surroundings {
  world: World;
  tokens: TestTokens;
}

/** A consultation of two people who came through the front door, transcription running. */
export interface LiveConsultation {
  consultation: TestConsultation;
  /** One connection, the doctor's; `patient` is the same. */
  inPerson: boolean;
  doctor: RoomConnection;
  patient: RoomConnection;
  patientSub: string;
  /** Finals as each person saw them: `id:revision`, in order. */
  seen: { doctor: string[]; patient: string[] };
  close(): void;
}

export async function openConsultation(
  { tokens, world }: Surroundings,
  urls: { doctor: string; patient: string },
): Promise<LiveConsultation> {
  const consultation = await world.aConsultation();
  await world.aConsent(consultation, 'care');
  await world.aConsent(consultation, 'ai');
  const invitation = await world.anInvitation(consultation);
  const { roomId } = consultation;
  const doctor = new RoomConnection({
    realtimeUrl: urls.doctor,
    roomId,
    user: { id: consultation.doctor.sub, name: 'Dra. Teste', role: 'doctor' },
    token: () => tokens.forDoctor(consultation.doctor),
    requestTimeoutMs: 30_000,
  });
  const patient = new RoomConnection({
    realtimeUrl: urls.patient,
    roomId,
    user: { id: invitation.sub, name: 'Paciente', role: 'patient' },
    token: () => tokens.forInvited(consultation, invitation),
    requestTimeoutMs: 30_000,
  });
  await admit(roomId, doctor, patient);
  await doctor.request('start-transcription', { roomId });
  const seen = { doctor: [] as string[], patient: [] as string[] };
  for (const [who, { socket }] of Object.entries({ doctor, patient })) {
    socket.on('transcription', ({ id, isFinal, revision }) => {
      if (isFinal) seen[who as keyof typeof seen].push(`${id}:${revision}`);
    });
  }
  return {
    consultation,
    inPerson: false,
    doctor,
    patient,
    patientSub: invitation.sub,
    seen,
    close() {
      doctor.close();
      patient.close();
    },
  };
}

/** The doctor and the patient in one room, the doctor's microphone running. */
export async function openInPerson(
  { tokens, world }: Surroundings,
  realtimeUrl: string,
): Promise<LiveConsultation> {
  const consultation = await world.aConsultation({ type: 'PRESENCIAL' });
  await world.aConsent(consultation, 'care');
  await world.aConsent(consultation, 'ai');
  const { doctor: person, id, roomId } = consultation;
  const doctor = new RoomConnection({
    realtimeUrl,
    roomId,
    inPerson: id,
    user: { id: person.sub, name: 'Dra. Teste', role: 'doctor' },
    token: () => tokens.forDoctor(person),
    requestTimeoutMs: 30_000,
  });
  await doctor.enter();
  await doctor.request('start-recording', { consultationId: id });
  const seen = { doctor: [] as string[], patient: [] as string[] };
  doctor.socket.on('transcription-update', (event) => {
    if (event.isFinal) seen.doctor.push(`${event.id}:${event.revision}`);
  });
  return {
    consultation,
    inPerson: true,
    doctor,
    patient: doctor,
    patientSub: person.sub,
    seen,
    close: () => doctor.close(),
  };
}

/** Both people's sound, to be sent through their connections. */
export function voicesOf(
  live: LiveConsultation,
  sound: DialogueSound,
  { promise = 'acked', speed }: { speed: number; promise?: 'acked' | 'durable' },
): Voice[] {
  const { consultation, doctor, inPerson, patient } = live;
  const { id, roomId } = consultation;
  const how = { roomId, speed, promise };
  if (inPerson) {
    const room = { captureId: 'room', pcm: sound.room, inPerson: id };
    return [aVoice({ connection: doctor, ...room, ...how })];
  }
  return [
    aVoice({ connection: doctor, captureId: 'doctor', pcm: sound.doctor, ...how }),
    aVoice({ connection: patient, captureId: 'patient', pcm: sound.patient, ...how }),
  ];
}

/** Sends everything and waits until the service calls it durable. @throws Error when it never does */
export async function play(voices: readonly Voice[], settleMs = 60_000): Promise<void> {
  const startedAt = Date.now();
  await Promise.all(voices.map(({ sender }) => sender.run(startedAt)));
  const durable = await Promise.all(voices.map(({ sender }) => sender.settle(settleMs)));
  if (durable.includes(false)) throw new Error('acknowledged sound did not become durable');
}

/** Ends the consultation, asking again when the service dies of it, and waits for the last text. */
export async function endConsultation(
  { world }: Surroundings,
  live: LiveConsultation,
  timeoutMs = 300_000,
): Promise<void> {
  const { id, roomId } = live.consultation;
  const { query } = world;
  const ended = async () => {
    const [row] = await query('select status from consultations where id = $1', [id]);
    return row?.status === 'COMPLETED';
  };
  const deadline = Date.now() + timeoutMs;
  while (!(await ended())) {
    if (Date.now() > deadline) throw new Error('the consultation could not be ended');
    try {
      if (live.inPerson) await live.doctor.request('end-presential', { consultationId: id });
      else await live.doctor.request('end-consultation', { roomId });
    } catch {
      // The service is away or does not know us yet: the next round asks again.
      await delay(200);
    }
  }
  await waitUntil(
    'every stream is drained',
    async () => {
      const left = await query(
        'select 1 from audio_streams where consultation_id = $1 and drained_at is null',
        [id],
      );
      return left.length === 0;
    },
    { timeoutMs, everyMs: 100 },
  );
}
