import { randomUUID } from 'node:crypto';
import type { Ack, ChunkAck } from '@medcall/shared-types';
import { ApiClient } from '../client/api.ts';
import { AudioSender } from '../client/audio-sender.ts';
import type { Stage } from '../client/fill-room.ts';
import { RoomConnection } from '../client/room-connection.ts';
import { drainedTranscript } from './drained-transcript.ts';
import type { InPersonDialogue } from './in-person-dialogue.ts';
import { emptyPlay, type PlayedConsultation, type PlayOptions } from './play-consultation.ts';

/** Plays one recorded room as a consultation in person, through nothing but the public interface. */
export async function playInPerson(
  stage: Stage,
  dialogue: InPersonDialogue,
  options: PlayOptions,
): Promise<PlayedConsultation> {
  const api = new ApiClient(stage.gateway, await stage.doctorToken());
  const patient =
    (await api.patients())[0] ?? (await api.createPatient('Paciente da demonstração'));
  const consultation = await api.createConsultation({ patient_id: patient.id, type: 'PRESENCIAL' });
  const consultationId = consultation.id;
  // In one room the patient agrees in the doctor's hands.
  for (const type of ['care', 'ai'] as const) {
    await api.giveConsent(consultationId, { type, accepted: true });
  }
  options.onStage?.(`Consulta presencial ${consultationId} criada para ${patient.name}.`);
  const doctor = new RoomConnection({
    realtimeUrl: stage.realtimeUrl,
    roomId: consultation.roomId,
    inPerson: consultationId,
    user: { id: stage.me.user.id, name: stage.me.user.name, role: 'doctor' },
    token: stage.doctorToken,
  });
  const played = emptyPlay(consultation, options.speed);
  doctor.socket.on('transcription-update', (event) => {
    played.transcriptions.push({ event, atMs: Date.now() });
    options.onTranscription?.(event);
  });
  doctor.socket.on('suggestion', (event) => {
    played.suggestions.push({ event, atMs: Date.now() });
    options.onSuggestion?.(event);
  });
  try {
    await doctor.enter();
    const asked = Date.now();
    const started = doctor.waitFor('transcription-started').catch(() => null);
    await doctor.request('start-recording', { consultationId });
    played.zeroAtMs = (asked + Date.now()) / 2;
    played.engine = (await started)?.engine ?? null;
    played.startedAtMs = Date.now();
    const sender = microphone(doctor, consultationId, dialogue, played);
    options.onStage?.('Consulta em andamento.');
    await sender.run(played.startedAtMs);
    await sender.settle(15_000);
    await doctor.request('stop-recording', { consultationId });
    const ended = doctor.waitFor('presential-ended').catch(() => null);
    await doctor.request('end-presential', { consultationId });
    played.pendingSecondsAtEnd = (await ended)?.pendingSeconds ?? null;
    options.onStage?.('Consulta encerrada.');
    const lastEndMs = Math.max(0, ...dialogue.reference.turns.map((turn) => turn.end * 1000));
    played.transcript = await drainedTranscript(
      new ApiClient(stage.gateway, await stage.doctorToken()),
      consultationId,
      played.startedAtMs - played.zeroAtMs + lastEndMs,
      played.pendingSecondsAtEnd ?? 5,
    );
    return played;
  } finally {
    doctor.close();
  }
}

function microphone(
  doctor: RoomConnection,
  consultationId: string,
  { room }: InPersonDialogue,
  played: PlayedConsultation,
): AudioSender {
  const captureId = randomUUID();
  const sender = new AudioSender({
    pcm: room,
    captureId,
    speed: played.speed,
    send: (chunk) =>
      doctor.attempt('audio-data', { consultationId, ...chunk }) as Promise<Ack<ChunkAck>>,
  });
  doctor.socket.on('disconnect', () => sender.pause());
  doctor.onJoined((joined) => {
    played.reconnections += 1;
    sender.resumeFrom(joined.resume[captureId]?.nextSeq ?? 0);
  });
  return sender;
}
