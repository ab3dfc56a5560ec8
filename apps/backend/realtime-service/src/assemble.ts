import { resolve } from 'node:path';
import { monotonicClock } from '@medcall/service-kit';
import { noExchange } from './cluster/sound-exchange.ts';
import type { Container } from './container.ts';
import { decodeAudio } from './media/ffmpeg.ts';
import { createRecordings, type RecordingParts } from './recordings/create-recordings.ts';
import { KeptAudio } from './recordings/kept-audio.ts';
import {
  createRetranscription,
  type RetranscriptionParts,
} from './retranscription/create-retranscription.ts';
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
import type { RoomTranscriptParts } from './services/room-transcript.ts';
import { SpeakerCorrections } from './services/speaker-corrections.ts';
import { StreamClaims } from './services/stream-claims.ts';
import { StreamRows } from './services/stream-rows.ts';
import { SuggestionLoop } from './services/suggestion-loop.ts';
import { TranscriptWriter } from './services/transcript-writer.ts';
import { TranscriptionService } from './services/transcription-service.ts';
import { UploadJobs } from './services/upload-jobs.ts';
import { UtteranceEdits } from './services/utterance-edits.ts';
import { VoiceProfiles } from './services/voice-profiles.ts';
import { VoiceRows } from './services/voice-rows.ts';
import { voicesLoader } from './services/voices.ts';
import { Withdrawals } from './services/withdrawals.ts';
import type { SpeakerEmbedder } from './speakers/voice-features.ts';
import type { VadFactory } from './speech/ports.ts';
import { createTranscriber } from './speech/transcriber.ts';
import { combine, PcmHub } from './websocket/pcm-hub.ts';
import { createBroadcaster, createCaller, createGate } from './websocket/socket-gate.ts';
import type { RoomServer } from './websocket/socket-types.ts';

/** The service's parts, each knowing only the ones that it needs. */
export interface Parts
  extends Base,
    Transcribing,
    Rooms,
    RecordingParts,
    Omit<RetranscriptionParts, 'rows'> {
  uploads: UploadJobs;
  edits: UtteranceEdits;
  voiceProfiles: VoiceProfiles;
  retention: Retention;
}

/** What has to be loaded before the first word is heard. */
export interface Speech {
  vadFactory: VadFactory;
  correct: (text: string) => string;
  embedder: SpeakerEmbedder;
}

interface Base {
  broadcaster: Broadcaster;
  captures: Captures;
  consents: Consents;
  costs: CostMeter;
  pcmHub: PcmHub;
  reader: ConsultationReader;
  streamRows: StreamRows;
  streamClaims: StreamClaims;
  voiceRows: VoiceRows;
}

interface Transcribing {
  liveRooms: LiveRooms;
  transcription: TranscriptionService;
  consentWatch: ConsentWatch;
  corrections: SpeakerCorrections;
  writer: TranscriptWriter;
}

interface Rooms {
  presence: Presence;
  rooms: RoomService;
  pcmAdmission: PcmAdmission;
}

/** Puts the parts together over a socket server. Nothing runs yet. */
export function assemble(container: Container, io: RoomServer, speech: Speech): Parts {
  const { audioLog, database, logger } = container;
  const base = assembleBase(container, io);
  const recordings = createRecordings({
    ...container,
    dataDir: resolve(container.env.DATA_DIR),
    store: container.objectStore,
    owner: container.storageId,
  });
  const transcribing = assembleTranscription(container, base, speech, () =>
    recordings.recorder.wake(),
  );
  return {
    ...base,
    ...recordings,
    ...transcribing,
    ...assembleRooms(container, io, base, transcribing.liveRooms),
    ...assembleRetranscription(container, base, transcribing.writer, speech),
    uploads: assembleUploads(container, speech),
    edits: new UtteranceEdits(database),
    voiceProfiles: new VoiceProfiles(database, speech.embedder),
    retention: new Retention({ ...base, database, audioLog, logger }),
  };
}

function assembleBase(
  { caps, clock, database, objectStore, storageId }: Container,
  io: RoomServer,
): Base {
  const pcmHub = new PcmHub();
  const broadcaster = combine([createBroadcaster(io), pcmHub]);
  return {
    broadcaster,
    captures: new Captures(database),
    consents: new Consents(database),
    costs: new CostMeter({ database, broadcaster, clock, caps }),
    pcmHub,
    reader: new ConsultationReader(database),
    streamRows: new StreamRows(database),
    streamClaims: new StreamClaims(database, storageId, { shared: objectStore !== null }),
    voiceRows: new VoiceRows(database),
  };
}

/** From accepted sound to rows, events and questions. */
function assembleTranscription(
  container: Container,
  base: Base,
  speech: Speech,
  onDrained: () => void,
): Transcribing {
  const { ai, audioLog, caps, clock, database, echoSearch, engine, env, logger, soundExchange } =
    container;
  const { broadcaster, captures, consents, costs, reader, streamClaims, streamRows, voiceRows } =
    base;
  const writer = new TranscriptWriter({ database, logger });
  const suggestions = new SuggestionLoop({ ai, broadcaster, caps, logger });
  const transcript: RoomTranscriptParts = {
    writer,
    streamRows,
    voiceRows,
    loadVoices: voicesLoader(voiceRows, speech.embedder),
    broadcaster,
    logger,
    onFinal: (room, final) => {
      suggestions.onFinal(room, final);
      costs.tell(room).catch((error: unknown) => logger.warn({ err: error }, 'cost not told'));
    },
  };
  const withdrawals = new Withdrawals({ captures, broadcaster, logger });
  const liveRooms = new LiveRooms({
    reader,
    withdrawals,
    captures,
    streamRows,
    streamClaims,
    broadcaster,
    logger,
    onForgotten: (roomId) => {
      suggestions.forget(roomId);
      costs.forget(roomId);
      onDrained();
    },
    parts: {
      ...transcript,
      audioLog,
      captures,
      streamRows,
      streamClaims,
      clock,
      monotonic: monotonicClock,
      echoSearch,
      soundExchange,
      transcribers: (stream) =>
        createTranscriber({
          ...stream,
          ...speech,
          engine,
          longestRevisionMs: env.STT_REVISION_MS,
        }),
    },
  });
  const transcription = new TranscriptionService({
    withdrawals,
    captures,
    consents,
    rooms: liveRooms,
    broadcaster,
    engineName: engine.name,
    logger,
  });
  const consentWatch = new ConsentWatch({ database, rooms: liveRooms, transcription, logger });
  const corrections = new SpeakerCorrections({ voiceRows, reader, rooms: liveRooms, transcript });
  return { liveRooms, transcription, consentWatch, corrections, writer };
}

/** Who is in which room. */
function assembleRooms(
  container: Container,
  io: RoomServer,
  base: Base,
  liveRooms: LiveRooms,
): Rooms {
  const { clock, database, env, nodeId } = container;
  const { broadcaster, captures, consents, costs, reader } = base;
  const gate = createGate(io);
  const participants = new Participants(database);
  const presence = new Presence(database, nodeId);
  const turn = { urls: env.TURN_URLS, secret: env.TURN_SECRET };
  const rooms = new RoomService({
    reader,
    participants,
    consents,
    captures,
    rooms: liveRooms,
    presence,
    broadcaster,
    gate,
    caller: createCaller(io),
    iceServers: (participantId) => iceServersFor(turn, participantId, clock.now()),
    onDoctorJoined: async (room, connectionId) => {
      const { coverage, suggestions } = await readDoctorPanel(database, room);
      const { roomId } = room;
      for (const item of suggestions) {
        gate.send(connectionId, 'suggestion', { ...item, roomId, context: 'anamnese' });
      }
      gate.send(connectionId, 'cost', await costs.read(room));
      if (coverage.length > 0) gate.send(connectionId, 'coverage', { roomId, items: coverage });
    },
  });
  return { presence, rooms, pcmAdmission: new PcmAdmission({ database, reader, participants }) };
}

/** The way of a live room once more, from the log and into nobody's ears. */
function assembleRetranscription(
  container: Container,
  base: Base,
  writer: TranscriptWriter,
  speech: Speech,
): Omit<RetranscriptionParts, 'rows'> {
  const { audioLog, clock, database, echoSearch, engine, env, logger, objectStore } = container;
  const { captures, streamClaims, voiceRows } = base;
  return createRetranscription({
    ...base,
    database,
    owner: container.storageId,
    kept: new KeptAudio({ root: resolve(env.DATA_DIR, 'audio'), store: objectStore }),
    writer,
    logger,
    room: {
      streamClaims,
      voiceRows,
      captures,
      loadVoices: voicesLoader(voiceRows, speech.embedder),
      logger,
      audioLog,
      clock,
      monotonic: monotonicClock,
      echoSearch,
      soundExchange: noExchange,
      transcribers: (stream) =>
        createTranscriber({
          ...stream,
          ...speech,
          engine: engine.first ?? engine,
          deferred: true,
        }),
    },
  });
}

function assembleUploads(container: Container, speech: Speech): UploadJobs {
  const { engine, ffmpeg, logger } = container;
  return new UploadJobs({
    logger,
    transcribe: (path, signal, onProgress) =>
      transcribeFile(decodeAudio(ffmpeg, path, signal), {
        signal,
        onProgress,
        transcribers: (file) => createTranscriber({ ...file, ...speech, engine, deferred: true }),
      }),
  });
}
