import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  AppError,
  type Clock,
  inSpan,
  isAllowedOrigin,
  type Logger,
  metrics,
  outsideTraceparent,
  type TokenVerifier,
  toAppError,
  type UserCaller,
  withTraceparent,
} from '@medcall/service-kit';
import { uuid } from '@medcall/shared-types';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Marks } from '../audio-log/stream-log.ts';
import type { RoomView } from '../services/consultation-reader.ts';
import type { LiveRoom } from '../services/live-room.ts';
import type { PcmAdmission, PcmSeat } from '../services/pcm-admission.ts';
import { identify, soundBucket } from './connection.ts';
import {
  bearerProtocolPrefix,
  handshakeToken,
  maxPcmFrameBytes,
  parsePcmFrame,
  pcmProtocol,
} from './pcm-frame.ts';
import { type PcmHub, type PcmListener, sendFrame } from './pcm-hub.ts';

const path = '/pcm-transcription';
const heartbeatMs = 15_000;
/** Close code of ours: the token ended, connect again with a fresh one. */
const closeTokenExpired = 4401;
/** The person may not be here any more. */
const closeRevoked = 4403;

const query = z.object({
  sessionId: uuid,
  userId: z.string().min(1).max(100),
  captureId: z.string().min(1).max(64).default('0'),
});

/** Counters of the native sockets, for `GET /api/pcm-transcription/stats`. */
export interface PcmStats {
  connections: number;
  accepted: number;
  refused: number;
  chunks: number;
  bytes: number;
  errors: number;
}

interface PcmSocketOptions {
  http: Server;
  corsOrigins: readonly string[];
  verifier: TokenVerifier;
  admission: Pick<PcmAdmission, 'seatOf'>;
  rooms: { of(room: RoomView): Promise<Pick<LiveRoom, 'accept' | 'marksOf'>> };
  hub: PcmHub;
  clock: Clock;
  logger: Logger;
  /** Calls once a heartbeat, until it is ended; every 15 s unless said otherwise. */
  heartbeat?: (beat: () => void) => { end(): void };
}

export interface PcmSockets {
  stats(): PcmStats;
  /** Who is connected, and how each connection is ended. */
  connections(): { caller: UserCaller; roomId: string; end(): void }[];
  stop(): void;
}

interface Admitted {
  seat: PcmSeat;
  caller: UserCaller;
  captureId: string;
  /** How far the capture is already: where the sender goes on. */
  marks: Marks;
  expiresAtMs: number;
  /** Under which what comes of the frames hangs: W3C `traceparent` of whoever sends them. */
  traceparent: string | undefined;
}

/** Native WebSocket for PCM (DESIGN §8): identity and room are proven before the upgrade. */
export function servePcmSockets(options: PcmSocketOptions): PcmSockets {
  const { http, logger } = options;
  const stats: PcmStats = {
    connections: 0,
    accepted: 0,
    refused: 0,
    chunks: 0,
    bytes: 0,
    errors: 0,
  };
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxPcmFrameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(pcmProtocol) ? pcmProtocol : false),
  });

  const open = new Map<WebSocket, Admitted>();

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (new URL(request.url ?? '/', 'http://local').pathname !== path) return;
    socket.on('error', () => socket.destroy());
    const traceparent = traceparentOf(request);
    withTraceparent(traceparent, () => inSpan(handshake, () => admit(options, request)))
      .then((proven) => ({ ...proven, traceparent }))
      .then((admitted) => {
        server.handleUpgrade(request, socket, head, (ws) => {
          stats.accepted += 1;
          // With a callback ws leaves this to us; who is not announced is taken for dead at the next beat.
          server.emit('connection', ws, request);
          open.set(ws, admitted);
          ws.on('close', () => open.delete(ws));
          serve(options, stats, ws, admitted);
        });
      })
      .catch((thrown: unknown) => {
        stats.refused += 1;
        refuse(socket, toAppError(thrown), logger);
      });
  };
  http.on('upgrade', onUpgrade);

  const alive = new WeakSet<WebSocket>();
  server.on('connection', (ws: WebSocket) => alive.add(ws));
  const heartbeat = (options.heartbeat ?? everyFifteenSeconds)(() => {
    for (const ws of server.clients) {
      if (!alive.has(ws)) {
        ws.terminate();
        continue;
      }
      alive.delete(ws);
      ws.once('pong', () => alive.add(ws));
      ws.ping();
    }
  });

  return {
    stats: () => ({ ...stats, connections: server.clients.size }),
    connections: () =>
      [...open].map(([ws, { caller, seat }]) => ({
        caller,
        roomId: seat.room.roomId,
        end: () => ws.close(closeRevoked, 'forbidden'),
      })),
    stop() {
      heartbeat.end();
      http.off('upgrade', onUpgrade);
      for (const ws of server.clients) ws.terminate();
      server.close();
    },
  };
}

function everyFifteenSeconds(beat: () => void): { end(): void } {
  const timer = setInterval(beat, heartbeatMs);
  return { end: () => clearInterval(timer) };
}

const handshake = {
  name: 'socket pcm-transcription',
  kind: 'server',
  scope: 'realtime-service',
} as const;

/** As a header, or in the address from a browser, whose sockets have none. */
function traceparentOf({ headers, url }: IncomingMessage): string | undefined {
  const asked = new URL(url ?? '/', 'http://local').searchParams.get('traceparent');
  return outsideTraceparent(headers.traceparent ?? asked);
}

async function admit(
  options: PcmSocketOptions,
  request: IncomingMessage,
): Promise<Omit<Admitted, 'traceparent'>> {
  const { origin } = request.headers;
  if (origin !== undefined && !isAllowedOrigin(options.corsOrigins, origin)) {
    throw new AppError('forbidden');
  }
  const protocols = request.headers['sec-websocket-protocol'];
  const token = handshakeToken({ authorization: request.headers.authorization, protocols });
  if (protocols?.includes(bearerProtocolPrefix) && !protocols.includes(pcmProtocol)) {
    throw new AppError('validation_failed');
  }
  const { caller, expiresAtMs } = await identify(options.verifier, token);
  const { searchParams } = new URL(request.url ?? '/', 'http://local');
  const wish = query.parse(Object.fromEntries(searchParams));
  const seat = await options.admission.seatOf(caller, wish);
  const { captureId } = wish;
  const marks = await (await options.rooms.of(seat.room)).marksOf(caller.sub, captureId);
  return { seat, caller, captureId, marks, expiresAtMs };
}

function refuse(socket: Duplex, error: AppError, logger: Logger): void {
  metrics.errors.inc({ code: error.code });
  if (error.code === 'internal') logger.error({ err: error.cause }, 'pcm handshake failed');
  const body = JSON.stringify(error.toBody());
  socket.end(
    `HTTP/1.1 ${error.status} Refused\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function serve(
  options: PcmSocketOptions,
  stats: PcmStats,
  ws: WebSocket,
  admitted: Admitted,
): void {
  const { clock, hub, logger } = options;
  const { captureId, caller, marks: before, seat } = admitted;
  const listener: PcmListener = { socket: ws, role: seat.role };
  const { roomId } = seat.room;
  const budget = soundBucket();
  hub.add(roomId, listener);
  const expiry = setTimeout(
    () => ws.close(closeTokenExpired, 'token_expired'),
    Math.min(Math.max(0, admitted.expiresAtMs - clock.now()), 2 ** 31 - 1),
  );
  ws.on('close', () => {
    clearTimeout(expiry);
    hub.remove(roomId, listener);
  });
  // Without a listener one bad frame would end the process.
  ws.on('error', (error) => logger.debug({ err: error }, 'pcm socket failed'));

  // The first frame: whoever comes again learns which capture it is and which number is the next one. Not an `ack`:
  // a client that waits for its first chunk's would take it for that.
  const { ackedSeq, durableSeq } = before;
  sendFrame(ws, { type: 'start', captureId, nextSeq: ackedSeq + 1, durableSeq });

  const accept = async (frame: Buffer) => {
    const { pcm, seq } = parsePcmFrame(frame);
    const retryAfterMs = budget.take(pcm.byteLength / 32);
    if (retryAfterMs > 0) throw new AppError('rate_limited', { retryAfterMs });
    const live = await options.rooms.of(seat.room);
    const sender = {
      sub: caller.sub,
      participantId: seat.participantId,
      speaker: seat.speaker,
      stream: 'microphone',
      captureId,
    };
    const marks = await live.accept(sender, { type: 'chunk', seq, capturedAtMs: null, pcm });
    stats.chunks += 1;
    stats.bytes += pcm.byteLength;
    sendFrame(ws, { type: 'ack', ...marks });
  };
  ws.on('message', (message, isBinary) => {
    const work = isBinary
      ? withTraceparent(admitted.traceparent, () => accept(message as Buffer))
      : Promise.reject(new AppError('validation_failed'));
    work.catch((thrown: unknown) => {
      stats.errors += 1;
      const error = toAppError(thrown);
      metrics.errors.inc({ code: error.code });
      if (error.code === 'internal') logger.error({ err: error.cause }, 'pcm frame failed');
      const { code, message: text, retryAfterMs } = error;
      sendFrame(ws, {
        type: 'error',
        code,
        message: text,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    });
  });
}
