import { randomUUID } from 'node:crypto';
import type {
  Ack,
  ChunkAck,
  Consultation,
  SuggestionEvent,
  TranscriptionEvent,
  TranscriptUtterance,
} from '@medcall/shared-types';
import { ApiClient } from '../client/api.ts';
import { AudioSender } from '../client/audio-sender.ts';
import { fillRoom, type Stage } from '../client/fill-room.ts';
import type { RoomConnection } from '../client/room-connection.ts';
import type { Pcm } from '../client/wav.ts';
import type { Dialogue } from './dialogue.ts';
import { drainedTranscript } from './drained-transcript.ts';

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

/** A consultation of which nothing was played yet. */
export function emptyPlay(consultation: Consultation, speed: number): PlayedConsultation {
  return {
    consultation,
    engine: null,
    startedAtMs: 0,
    zeroAtMs: 0,
    speed,
    transcriptions: [],
    suggestions: [],
    leakedToPatient: 0,
    transcript: [],
    pendingSecondsAtEnd: null,
    reconnections: 0,
  };
}

const doctorOnly = ['suggestion', 'coverage', 'cost', 'transcription-lag'] as const;

/** Plays one recorded dialogue as a whole consultation, through nothing but the public interface. */
export async function playConsultation(
  stage: Stage,
  dialogue: Dialogue,
  options: PlayOptions,
): Promise<PlayedConsultation> {
  const { doctor, patient, consultation, patientName } = await fillRoom(stage);
  options.onStage?.(`Consulta ${consultation.id} criada para ${patientName}.`);
  const roomId = consultation.roomId;
  const played = emptyPlay(consultation, options.speed);
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
    const lastEndMs = Math.max(0, ...dialogue.reference.turns.map((turn) => turn.end * 1000));
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
