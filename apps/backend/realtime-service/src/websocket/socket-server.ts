import type { Server as HttpServer } from 'node:http';
import {
  isAllowedOrigin,
  type Logger,
  securityHeaders,
  type TokenVerifier,
  toAppError,
} from '@medcall/service-kit';
import { Server, type ServerOptions } from 'socket.io';
import { equip, identify } from './connection.ts';
import type { RoomServer } from './socket-types.ts';

type AdapterOption = NonNullable<ServerOptions['adapter']>;

/** Largest message: a session description with room to spare; chunks are far smaller. */
const maxMessageBytes = 256 * 1024;

/** Socket.IO on the service's HTTP server: Origin checked, identity proven before anything else. */
export function createSocketServer(options: {
  http: HttpServer;
  corsOrigins: readonly string[];
  verifier: TokenVerifier;
  /** Fan-out to other nodes; the in-process one when there are none. */
  adapter?: AdapterOption;
  logger: Logger;
}): RoomServer {
  const allowed = (origin: string | undefined) =>
    origin === undefined || isAllowedOrigin(options.corsOrigins, origin);
  const io: RoomServer = new Server(options.http, {
    maxHttpBufferSize: maxMessageBytes,
    pingInterval: 10_000,
    pingTimeout: 15_000,
    // The cookie that keeps a polling client at its node goes along; nothing else reads cookies here.
    cors: { origin: (origin, done) => done(null, allowed(origin)), credentials: true },
    allowRequest: (request, done) => done(null, allowed(request.headers.origin)),
    serveClient: false,
    ...(options.adapter ? { adapter: options.adapter } : {}),
  });
  io.engine.on('headers', (headers: Record<string, string>) => {
    for (let at = 0; at + 1 < securityHeaders.length; at += 2) {
      headers[securityHeaders[at] ?? ''] = securityHeaders[at + 1] ?? '';
    }
  });
  io.use((socket, next) => {
    identify(options.verifier, socket.handshake.auth.token)
      .then((identity) => {
        equip(socket, identity);
        next();
      })
      .catch((thrown: unknown) => {
        const error = toAppError(thrown);
        if (error.code === 'internal')
          options.logger.error({ err: error.cause }, 'handshake failed');
        // Socket.IO hands `data` of this error to the client's connect_error.
        next(Object.assign(new Error(error.code), { data: error.toBody().error }));
      });
  });
  return io;
}
