import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  Ack,
  ChunkAck,
  Consultation,
  Me,
  SuggestionEvent,
  TranscriptionEvent,
  TranscriptUtterance,
} from '@medcall/shared-types';
import { ApiClient } from '../client/api.ts';
import { AudioSender } from '../client/audio-sender.ts';
import { RoomConnection } from '../client/room-connection.ts';
import type { Pcm } from '../client/wav.ts';
import type { Dialogue } from './dialogue.ts';

/** Who plays the doctor, and where. */
export interface Stage {
  gateway: string;
  realtimeUrl: string;
  me: Me;
  doctorToken: () => Promise<string>;
}

export interface Arrived<T> {
  event: T;
  /** Wall time of this machine, in milliseconds. */
  atMs: number;
}

export interface PlayedConsultation {
  consultation: Consultation;
  engine: string | null;
  /** Wall time of the sound's zero, and of the consultation's zero as near as a client can know it. */
  startedAtMs: number;
  zeroAtMs: number;
  speed: number;
  transcriptions: Arrived<TranscriptionEvent>[];
  suggestions: Arrived<SuggestionEvent>[];
  /** Doctor-only events that reached the patient: must stay 0. */
  leakedToPatient: number;
  transcript: TranscriptUtterance[];
  pendingSecondsAtEnd: number | null;
  reconnections: number;
}

export interface PlayOptions {
  speed: number;
  onTranscription?: (event: TranscriptionEvent) => void;
  onSuggestion?: (event: SuggestionEvent) => void;
  onStage?: (stage: string) => void;
}

const doctorOnly = ['suggestion', 'coverage', 'cost', 'transcription-lag'] as const;
const drainTimeoutMs = 180_000;

/** Plays one recorded dialogue as a whole consultation, through nothing but the public interface. */
export async function playConsultation(
  stage: Stage,
  dialogue: Dialogue,
  options: PlayOptions,
): Promise<PlayedConsultation> {
  const { doctor, patient, consultation } = await fillRoom(stage, options);
  const roomId = consultation.roomId;
  const played: PlayedConsultation = {
    consultation,
    engine: null,
    startedAtMs: 0,
    zeroAtMs: 0,
    speed: options.speed,
    transcriptions: [],
    suggestions: [],
    leakedToPatient: 0,
    transcript: [],
    pendingSecondsAtEnd: null,
    reconnections: 0,
  };
  record(doctor, patient, played, options);
  try {
    const asked = Date.now();
    const started = doctor.waitFor('transcription-started').catch(() => null);
    await doctor.request('start-transcription', { roomId });
    played.zeroAtMs = (asked + Date.now()) / 2;
    played.engine = (await started)?.engine ?? null;

    played.startedAtMs = Date.now();
    const tracks = [
      track(doctor, roomId, dialogue.doctor, options.speed, played),
      track(patient, roomId, dialogue.patient, options.speed, played),
    ];
    options.onStage?.('Consulta em andamento.');
    await Promise.all(tracks.map((sender) => sender.run(played.startedAtMs)));
    await Promise.all(tracks.map((sender) => sender.settle(15_000)));

    const ended = doctor.waitFor('consultation-ended').catch(() => null);
    await doctor.request('end-consultation', { roomId });
    played.pendingSecondsAtEnd = (await ended)?.pendingSeconds ?? null;
    options.onStage?.(
      `Consulta encerrada. Faltava transcrever: ${played.pendingSecondsAtEnd ?? '?'} s.`,
    );
    const api = new ApiClient(stage.gateway, await stage.doctorToken());
    const lastEndMs = Math.max(...dialogue.reference.turns.map((turn) => turn.end * 1000));
    played.transcript = await drainedTranscript(
      api,
      consultation.id,
      played.startedAtMs - played.zeroAtMs + lastEndMs,
      played.pendingSecondsAtEnd ?? 5,
    );
    return played;
  } finally {
    doctor.close();
    patient.close();
  }
}

/** Creates the consultation, invites, gives consent as the patient, lets the doctor admit. */
async function fillRoom(stage: Stage, options: PlayOptions) {
  const api = new ApiClient(stage.gateway, await stage.doctorToken());
  const someone =
    (await api.patients())[0] ?? (await api.createPatient('Paciente da demonstração'));
  const consultation = await api.createConsultation({ patient_id: someone.id, type: 'ONLINE' });
  const invitation = await api.invite(consultation.id);
  const open = new ApiClient(stage.gateway);
  const exchanged = await open.exchangeInvitation(invitation.token);
  const asPatient = new ApiClient(stage.gateway, exchanged.accessToken);
  await asPatient.giveConsent(consultation.id, { type: 'care', accepted: true });
  await asPatient.giveConsent(consultation.id, { type: 'ai', accepted: true });
  options.onStage?.(
    `Consulta ${consultation.id} criada para ${exchanged.consultation.participantName}.`,
  );

  const roomId = consultation.roomId;
  const doctor = new RoomConnection({
    realtimeUrl: stage.realtimeUrl,
    roomId,
    user: { id: stage.me.user.id, name: stage.me.user.name, role: 'doctor' },
    token: stage.doctorToken,
  });
  const patient = new RoomConnection({
    realtimeUrl: stage.realtimeUrl,
    roomId,
    user: {
      id: subjectOf(exchanged.accessToken),
      name: exchanged.consultation.participantName,
      role: 'patient',
    },
    token: async () => (await open.exchangeInvitation(invitation.token)).accessToken,
  });
  try {
    await doctor.enter();
    const waiting = doctor.waitFor('participant-waiting', (p) => p.participant.role === 'patient');
    const admitted = patient.waitFor('room-joined', undefined, 30_000);
    // Whichever fails first is what the caller hears of; the other must not end the process.
    admitted.catch(() => undefined);
    waiting.catch(() => undefined);
    if ((await patient.enter()) === 'waiting') {
      const { participant } = await waiting;
      await doctor.request('admit-participant', { roomId, participantId: participant.id });
    }
    await admitted;
  } catch (error) {
    doctor.close();
    patient.close();
    throw error;
  }
  return { doctor, patient, consultation };
}

/** The `sub` of a token. Its signature is the service's business; here it only names its bearer. */
export function subjectOf(token: string): string {
  const claims: unknown = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
  );
  if (claims !== null && typeof claims === 'object' && 'sub' in claims) return String(claims.sub);
  throw new Error('the token names nobody');
}

function record(
  doctor: RoomConnection,
  patient: RoomConnection,
  played: PlayedConsultation,
  options: PlayOptions,
): void {
  doctor.socket.on('transcription', (event) => {
    played.transcriptions.push({ event, atMs: Date.now() });
    options.onTranscription?.(event);
  });
  doctor.socket.on('suggestion', (event) => {
    played.suggestions.push({ event, atMs: Date.now() });
    options.onSuggestion?.(event);
  });
  for (const name of doctorOnly) {
    patient.socket.on(name, () => {
      played.leakedToPatient += 1;
    });
  }
}

/** A track from a recording to the room, kept in step with the line's ups and downs. */
function track(
  connection: RoomConnection,
  roomId: string,
  pcm: Pcm,
  speed: number,
  played: PlayedConsultation,
): AudioSender {
  const captureId = randomUUID();
  const sender = new AudioSender({
    pcm,
    captureId,
    speed,
    send: (chunk) =>
      connection.attempt('audioChunk', { roomId, stream: 'microphone', ...chunk }) as Promise<
        Ack<ChunkAck>
      >,
  });
  connection.socket.on('disconnect', () => sender.pause());
  connection.onJoined((joined) => {
    played.reconnections += 1;
    sender.resumeFrom(joined.resume[captureId]?.nextSeq ?? 0);
  });
  return sender;
}

/**
 * The transcript once nothing more comes: it reaches the end of the speech or the announced backlog
 * has had its time, and it has not changed for some seconds.
 */
async function drainedTranscript(
  api: ApiClient,
  consultationId: string,
  lastEndMs: number,
  pendingSeconds: number,
): Promise<TranscriptUtterance[]> {
  const begun = Date.now();
  let last = '';
  let changedAt = begun;
  for (;;) {
    const { items } = await api.transcript(consultationId);
    const now = Date.now();
    const seen = JSON.stringify(items);
    if (seen !== last) {
      last = seen;
      changedAt = now;
    }
    const complete = items.some((item) => item.end_ms > lastEndMs - 1500);
    const quietMs = complete ? 3000 : Math.max(8000, pendingSeconds * 2000);
    if (now - changedAt >= quietMs || now - begun > drainTimeoutMs) return items;
    await delay(500);
  }
}
