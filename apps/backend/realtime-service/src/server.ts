import { createServer } from 'node:http';
import {
  authenticate,
  closeServer,
  createApp,
  errorHandler,
  healthRoutes,
  limitByAddress,
  listen,
  type RunningService,
  unknownRoute,
} from '@medcall/service-kit';
import express, { type Express } from 'express';
import { type Container, serviceName } from './container.ts';
import { roomRoutes } from './routes/rooms.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { Captures } from './services/captures.ts';
import { ConsentWatch } from './services/consent-watch.ts';
import { Consents } from './services/consents.ts';
import { ConsultationReader } from './services/consultation-reader.ts';
import { iceServersFor } from './services/ice-servers.ts';
import { LiveRooms } from './services/live-rooms.ts';
import { Participants } from './services/participants.ts';
import { Presence } from './services/presence.ts';
import { RoomService } from './services/room-service.ts';
import { SessionReader } from './services/session-reader.ts';
import { StreamRows } from './services/stream-rows.ts';
import { openSuggestions, SuggestionLoop } from './services/suggestion-loop.ts';
import { TranscriptWriter } from './services/transcript-writer.ts';
import { TranscriptionService } from './services/transcription-service.ts';
import { createTranscriber } from './speech/transcriber.ts';
import { registerAudio } from './websocket/audioHandler.ts';
import { registerTokenRenewal } from './websocket/connection.ts';
import { watchRights } from './websocket/rights-watch.ts';
import { registerRooms } from './websocket/rooms.ts';
import { createBroadcaster, createGate } from './websocket/socket-gate.ts';
import { createSocketServer } from './websocket/socket-server.ts';
import { registerTranscription } from './websocket/transcriptionHandler.ts';

export interface RealtimeService extends RunningService {
  port: number;
}

/** Starts the service: HTTP and sockets at once, the decoders while it already answers. */
export async function startRealtimeService(container: Container): Promise<RealtimeService> {
  const { audioLog, clock, database, engine, env, logger, verifier } = container;
  const vadFactory = await container.loadVad();
  const app = createApp({
    logger,
    corsOrigins: env.CORS_ORIGINS,
    trustProxyHops: env.TRUST_PROXY_HOPS,
  });
  const http = createServer(app);
  const io = createSocketServer({ http, corsOrigins: env.CORS_ORIGINS, verifier, clock, logger });
  const broadcaster = createBroadcaster(io);
  const gate = createGate(io);

  const reader = new ConsultationReader(database);
  const captures = new Captures(database);
  const consents = new Consents(database);
  const streamRows = new StreamRows(database);
  const writer = new TranscriptWriter({ database, logger });
  const suggestions = new SuggestionLoop({ ai: container.ai, broadcaster, logger });
  const liveRooms = new LiveRooms({
    reader,
    captures,
    streamRows,
    broadcaster,
    logger,
    parts: {
      audioLog,
      streamRows,
      writer,
      broadcaster,
      clock,
      logger,
      transcribers: (stream) => createTranscriber({ ...stream, engine, vadFactory }),
      onFinal: (room, final) => suggestions.onFinal(room, final),
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
  const presence = new Presence();
  const rooms = new RoomService({
    reader,
    participants: new Participants(database),
    consents,
    captures,
    rooms: liveRooms,
    presence,
    broadcaster,
    gate,
    iceServers: (participantId) =>
      iceServersFor({ urls: env.TURN_URLS, secret: env.TURN_SECRET }, participantId, clock.now()),
    onDoctorJoined: async (room, connectionId) => {
      for (const item of await openSuggestions(database, room.roomId)) {
        gate.send(connectionId, 'suggestion', {
          ...item,
          roomId: room.roomId,
          context: 'anamnese',
        });
      }
    },
    logger,
  });

  io.on('connection', (socket) => {
    registerTokenRenewal(socket, { verifier, logger });
    registerRooms(socket, { io, rooms, presence, logger });
    registerTranscription(socket, { transcription, logger });
    registerAudio(socket, { rooms: liveRooms, logger });
  });

  addRoutes(app, container, { reader, captures, rooms });

  await audioLog.start();
  const consentWatch = new ConsentWatch({ database, rooms: liveRooms, transcription, logger });
  const engineStarts = engine.start();
  engineStarts.catch((error: unknown) => logger.error({ err: error }, 'decoders did not start'));
  liveRooms.start();
  consentWatch.start();
  const rights = watchRights(io, { reader, logger });
  const port = await listen(http, env.PORT, env.HOST);
  logger.info({ port, engine: engine.name }, 'realtime service listens');

  return {
    port,
    async stop() {
      rights.stop();
      consentWatch.stop();
      io.disconnectSockets(true);
      await io.close();
      await closeServer(http);
      presence.clear();
      writer.stop();
      await liveRooms.stop();
      await engine.stop();
      await audioLog.stop();
      await container.close();
    },
  };
}

function addRoutes(
  app: Express,
  container: Container,
  parts: { reader: ConsultationReader; captures: Captures; rooms: RoomService },
): void {
  const { database, engine, logger } = container;
  app.use(
    healthRoutes({
      service: serviceName,
      version: process.env.npm_package_version ?? '0.1.0',
      checks: {
        database: () => database.ping(),
        decoders: async () => {
          if (engine.stats().decoders.ready === 0) throw new Error('no decoder is ready');
        },
      },
    }),
  );
  app.use(limitByAddress(container.limiter));
  app.use('/api', authenticate(container.verifier));
  app.use(express.json({ limit: '100kb' }));
  app.use('/api/rooms', roomRoutes(parts));
  app.use('/api/sessions', sessionRoutes(new SessionReader(database)));
  app.use(unknownRoute);
  app.use(errorHandler(logger));
}
