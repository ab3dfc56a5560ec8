import type { Container } from './container.ts';
import { decodeAudio } from './media/ffmpeg.ts';
import type { Broadcaster } from './services/broadcaster.ts';
import { Captures } from './services/captures.ts';
import { ConsentWatch } from './services/consent-watch.ts';
import { Consents } from './services/consents.ts';
import { ConsultationReader } from './services/consultation-reader.ts';
import { CostMeter } from './services/cost-meter.ts';
import { readDoctorPanel } from './services/doctor-panel.ts';
import { transcribeFile } from './services/file-transcriber.ts';
import { iceServersFor } from './services/ice-servers.ts';
import { LiveRooms } from './services/live-rooms.ts';
import { Participants } from './services/participants.ts';
import { PcmAdmission } from './services/pcm-admission.ts';
import { Presence } from './services/presence.ts';
import { Retention } from './services/retention.ts';
import { RoomService } from './services/room-service.ts';
import { StreamRows } from './services/stream-rows.ts';
import { SuggestionLoop } from './services/suggestion-loop.ts';
import { TranscriptWriter } from './services/transcript-writer.ts';
import { TranscriptionService } from './services/transcription-service.ts';
import { UploadJobs } from './services/upload-jobs.ts';
import { UtteranceEdits } from './services/utterance-edits.ts';
import type { VadFactory } from './speech/ports.ts';
import { createTranscriber } from './speech/transcriber.ts';
import { combine, PcmHub } from './websocket/pcm-hub.ts';
import { createBroadcaster, createGate } from './websocket/socket-gate.ts';
import type { RoomServer } from './websocket/socket-types.ts';

/** The service's parts, each knowing only the ones that it needs. */
export interface Parts {
  reader: ConsultationReader;
  captures: Captures;
  liveRooms: LiveRooms;
  presence: Presence;
  rooms: RoomService;
  transcription: TranscriptionService;
  consentWatch: ConsentWatch;
  writer: TranscriptWriter;
  pcmHub: PcmHub;
  pcmAdmission: PcmAdmission;
  uploads: UploadJobs;
  edits: UtteranceEdits;
  retention: Retention;
  broadcaster: Broadcaster;
}

/** Puts the parts together over a socket server. Nothing runs yet. */
export function assemble(container: Container, io: RoomServer, vadFactory: VadFactory): Parts {
  const { audioLog, clock, database, engine, env, logger } = container;
  const pcmHub = new PcmHub();
  const broadcaster = combine([createBroadcaster(io), pcmHub]);
  const gate = createGate(io);
  const reader = new ConsultationReader(database);
  const captures = new Captures(database);
  const consents = new Consents(database);
  const streamRows = new StreamRows(database, container.storageId);
  const writer = new TranscriptWriter({ database, logger });
  const suggestions = new SuggestionLoop({ ai: container.ai, broadcaster, logger });
  const costs = new CostMeter({ database, broadcaster, clock, caps: container.caps });
  const liveRooms = new LiveRooms({
    reader,
    captures,
    streamRows,
    broadcaster,
    logger,
    parts: {
      audioLog,
      captures,
      streamRows,
      writer,
      broadcaster,
      clock,
      logger,
      transcribers: (stream) => createTranscriber({ ...stream, engine, vadFactory }),
      onFinal: (room, final) => {
        suggestions.onFinal(room, final);
        costs.tell(room).catch((error: unknown) => logger.warn({ err: error }, 'cost not told'));
      },
    },
  });
  const transcription = new TranscriptionService({
    captures,
    consents,
    rooms: liveRooms,
    broadcaster,
    engineName: engine.name,
    logger,
  });
  const participants = new Participants(database);
  const pcmAdmission = new PcmAdmission({ database, reader, participants });
  const presence = new Presence(database, container.nodeId);
  const rooms = new RoomService({
    reader,
    participants,
    consents,
    captures,
    rooms: liveRooms,
    presence,
    broadcaster,
    gate,
    iceServers: (participantId) =>
      iceServersFor({ urls: env.TURN_URLS, secret: env.TURN_SECRET }, participantId, clock.now()),
    onDoctorJoined: async (room, connectionId) => {
      const { coverage, suggestions: open } = await readDoctorPanel(database, room);
      const { roomId } = room;
      for (const item of open) {
        gate.send(connectionId, 'suggestion', { ...item, roomId, context: 'anamnese' });
      }
      gate.send(connectionId, 'cost', await costs.read(room));
      if (coverage.length > 0) gate.send(connectionId, 'coverage', { roomId, items: coverage });
    },
  });
  const uploads = new UploadJobs({
    logger,
    transcribe: (path, signal, onProgress) =>
      transcribeFile(decodeAudio(container.ffmpeg, path, signal), {
        signal,
        onProgress,
        transcribers: (file) => createTranscriber({ ...file, engine, vadFactory, partials: false }),
      }),
  });
  const consentWatch = new ConsentWatch({ database, rooms: liveRooms, transcription, logger });
  return {
    reader,
    captures,
    liveRooms,
    presence,
    rooms,
    transcription,
    consentWatch,
    writer,
    pcmHub,
    pcmAdmission,
    uploads,
    edits: new UtteranceEdits(database),
    retention: new Retention({ database, audioLog, streamRows, logger }),
    broadcaster,
  };
}
