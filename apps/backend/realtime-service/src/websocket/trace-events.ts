import { isTracing, openSpan, outsideTraceparent, withTraceparent } from '@medcall/service-kit';
import type { RoomSocket } from './socket-types.ts';

/** Ten a second and person: what comes of them has spans, they have none. */
const withoutSpan = new Set(['audioChunk', 'audio-data']);

/**
 * What a connection's events lead to hangs under the page's trace. An event's span is the moment it came, because
 * its handlers answer when they will; their queries hang under it.
 */
export function traceEvents(socket: RoomSocket): void {
  if (!isTracing()) return;
  socket.use(([event], next) => {
    withTraceparent(outsideTraceparent(socket.data.traceparent), () => {
      if (withoutSpan.has(event)) {
        next();
        return;
      }
      // A client may call an event what it likes: only ours have names.
      const name = socket.listenerCount(event) > 0 ? event : 'unknown';
      const span = openSpan({ name: `socket ${name}`, kind: 'server', scope: 'realtime-service' });
      if (!span) return next();
      span.run(next);
      span.end();
    });
  });
}
