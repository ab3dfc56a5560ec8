import { createServer } from 'node:http';
import { resolve } from 'node:path';
import {
  authenticate,
  buildInfo,
  closeServer,
  createApp,
  errorHandler,
  healthRoutes,
  type Logger,
  limitByAddress,
  listen,
  permit,
  type Repetition,
  type RunningService,
  repeatEvery,
  type ServiceEvent,
  serveMetrics,
  subscribe,
  unknownRoute,
} from '@medcall/service-kit';
import express, { type Express } from 'express';
import { assemble, type Parts } from './assemble.ts';
import { type Container, serviceName } from './container.ts';
import { observeRealtime } from './observe-realtime.ts';
import { engineRoutes } from './routes/openai.ts';
import { pcmRoutes } from './routes/pcm-transcription.ts';
import { recordingAudioRoutes, recordingRoutes } from './routes/recordings.ts';
import { retranscriptionRoutes } from './routes/retranscription.ts';
import { roomRoutes } from './routes/rooms.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { transcriptionRoutes } from './routes/transcription.ts';
import { voiceRoutes } from './routes/voices.ts';
import type { RoomService } from './services/room-service.ts';
import { SessionReader } from './services/session-reader.ts';
import { registerAudio } from './websocket/audioHandler.ts';
import { registerTokenRenewal } from './websocket/connection.ts';
import { type PcmSockets, servePcmSockets } from './websocket/pcmTranscriptionHandler.ts';
import { registerPresential } from './websocket/presencial.ts';
import { createRedisAdapter } from './websocket/redis-adapter.ts';
import { type RightsWatch, watchRights } from './websocket/rights-watch.ts';
import { registerRooms } from './websocket/rooms.ts';
import { createSocketServer } from './websocket/socket-server.ts';
import type { RoomServer } from './websocket/socket-types.ts';
import { traceEvents } from './websocket/trace-events.ts';
import { registerTranscription } from './websocket/transcriptionHandler.ts';

export interface RealtimeService extends RunningService {
  port: number;
}

/** Starts the service: HTTP and sockets at once; the decoders warm up while it already answers. */
export async function startRealtimeService(container: Container): Promise<RealtimeService> {
  const { audioLog, clock, engine, env, logger, verifier } = container;
  const app = createApp({
    logger,
    corsOrigins: env.CORS_ORIGINS,
    trustProxyHops: env.TRUST_PROXY_HOPS,
    service: serviceName,
  });
  const http = createServer(app);
  const cluster = env.REDIS_URL ? createRedisAdapter(env.REDIS_URL, logger) : undefined;
  const io = createSocketServer({
    http,
    corsOrigins: env.CORS_ORIGINS,
    verifier,
    logger,
    ...(cluster ? { adapter: cluster.adapter } : {}),
  });
  const [vadFactory, correct, embedder] = await Promise.all([
    container.loadVad(),
    container.loadCorrection(),
    container.loadEmbedder(),
  ]);
  const parts = assemble(container, io, { vadFactory, correct, embedder });
  addSocketEvents(io, container, parts);
  const pcmSockets = servePcmSockets({
    http,
    corsOrigins: env.CORS_ORIGINS,
    verifier,
    admission: parts.pcmAdmission,
    rooms: parts.liveRooms,
    hub: parts.pcmHub,
    clock,
    logger,
  });
  addRoutes(app, container, parts, pcmSockets);

  await audioLog.start();
  engine.start().catch((error: unknown) => {
    logger.error({ err: error }, 'decoders did not start');
  });
  if (!env.REDIS_URL) await parts.presence.clear();
  const presenceSweep = keepPresence(parts.rooms, logger);
  parts.liveRooms.start();
  const rights = watchRights(io, {
    reader: parts.reader,
    pcm: pcmSockets,
    everyMs: env.RIGHTS_CHECK_MS,
    logger,
  });
  const events = await subscribe({
    url: env.DATABASE_URL,
    applicationName: `${serviceName} events`,
    logger,
    handlers: {
      onEvent: (event) => onServiceEvent(parts, rights, event),
      onGap: () => parts.liveRooms.refreshAll(),
    },
  });
  await startWorkers(parts);
  const port = await listen(http, env.PORT, env.HOST);
  const stopMetrics = await serveMetrics(env.METRICS_PORT, env.HOST);
  const forgetFigures = observeRealtime({ io, engine, env, rooms: parts.liveRooms });
  logger.info({ port, engine: engine.name }, 'realtime service listens');

  return {
    port,
    async stop() {
      forgetFigures();
      await stopMetrics();
      await events.stop();
      void rights.stop();
      void presenceSweep.stop();
      pcmSockets.stop();
      parts.consentWatch.stop();
      parts.retention.stop();
      await parts.uploads.stop();
      await parts.retranscriber.stop();
      // Lines are cut and nobody is sent away: a client that is told to go does not come back by itself.
      await io.close();
      cluster?.close();
      await closeServer(http);
      parts.writer.stop();
      await parts.liveRooms.stop();
      await parts.recorder.stop();
      await engine.stop();
      await audioLog.stop();
      await container.close();
    },
  };
}

/** What goes on without anybody asking. */
async function startWorkers({ consentWatch, recorder, retention, retranscriber }: Parts) {
  consentWatch.start();
  retention.start();
  await recorder.start();
  await retranscriber.start();
}

/** What another node or service did that this node has to act on. */
async function onServiceEvent(
  parts: Parts,
  rights: RightsWatch,
  event: ServiceEvent,
): Promise<void> {
  switch (event.type) {
    case 'admission_decided':
      await parts.rooms.carryOut({
        consultationId: event.consultation_id,
        participantId: event.participant_id,
        admitted: event.admitted,
      });
      return;
    case 'consent_changed':
      await parts.liveRooms.refresh(event.consultation_id);
      if (event.consent_type === 'recording') {
        await parts.recorder.consentChanged(event.consultation_id, event.accepted);
      }
      return;
    case 'consultation_changed':
      await parts.liveRooms.refresh(event.consultation_id);
      return;
    case 'speaker_corrected':
      await parts.corrections.followLive(event.consultation_id);
      return;
    case 'guidelines_changed':
      // The AI service's own affair.
      return;
    case 'session_revoked':
      await rights.checkOf(event.sub);
      return;
    default:
      event satisfies never;
  }
}

const presenceEveryMs = 2000;

/** Tells the rooms who has gone away and who has left, dead nodes' people included. */
function keepPresence(rooms: RoomService, logger: Logger): Repetition {
  return repeatEvery(
    presenceEveryMs,
    () => rooms.sweep(),
    (error) => logger.warn({ err: error }, 'presence sweep failed'),
  );
}

function addSocketEvents(io: RoomServer, { logger, verifier }: Container, parts: Parts): void {
  io.on('connection', (socket) => {
    traceEvents(socket);
    registerTokenRenewal(socket, { verifier, logger });
    registerRooms(socket, { io, rooms: parts.rooms, logger });
    registerTranscription(socket, { transcription: parts.transcription, logger });
    registerAudio(socket, { rooms: parts.liveRooms, logger });
    registerPresential(socket, { ...parts, logger });
  });
}

function addRoutes(app: Express, container: Container, parts: Parts, pcmSockets: PcmSockets): void {
  const { database, engine, logger } = container;
  app.use(
    healthRoutes({
      service: serviceName,
      ...buildInfo(container.env.MEDCALL_BUILD),
      checks: {
        database: () => database.ping(),
        decoders: async () => {
          if (engine.stats().decoders.ready === 0) throw new Error('no decoder is ready');
        },
      },
    }),
  );
  app.use(limitByAddress(container.limiter));
  app.use('/api/recordings', recordingAudioRoutes(parts));
  app.use('/api', authenticate(container.verifier), permit(database));
  app.use(express.json({ limit: '100kb' }));
  app.use('/api/rooms', roomRoutes(parts), retranscriptionRoutes(parts));
  app.use(
    '/api/recordings',
    recordingRoutes({ ...parts, publicUrl: container.env.PUBLIC_GATEWAY_URL }),
  );
  app.use('/api/sessions', sessionRoutes(new SessionReader(database)));
  app.use(
    '/api/transcription',
    transcriptionRoutes({ ...parts, uploadDir: resolve(container.env.DATA_DIR, 'uploads') }),
  );
  app.use('/api/clinic', voiceRoutes({ ...parts, ffmpeg: container.ffmpeg }));
  app.use('/api/openai', engineRoutes(engine));
  app.use('/api/pcm-transcription', pcmRoutes(pcmSockets));
  app.use(unknownRoute);
  app.use(errorHandler(logger));
}
