import type { Logger } from '@medcall/service-kit';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';

/**
 * Socket.IO's fan-out over Redis streams. Publishing fails fast, so that a dead Redis never delays the
 * people on this node; reading waits patiently, because a reader that fails at once would be asked
 * again at once, for ever.
 */
export function createRedisAdapter(url: string, logger: Logger) {
  const publisher = new Redis(url, {
    enableOfflineQueue: false,
    commandTimeout: 200,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
  });
  const readers = new Set<Redis>();
  publisher.duplicate = () => {
    const reader = new Redis(url, {
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
    });
    reader.on('error', () => undefined);
    readers.add(reader);
    return reader;
  };
  let reported = false;
  publisher.on('error', (error) => {
    if (!reported) logger.warn({ err: error }, 'redis is away; other nodes hear nothing for now');
    reported = true;
  });
  publisher.on('ready', () => {
    reported = false;
  });
  return {
    adapter: createAdapter(publisher),
    close() {
      publisher.disconnect();
      for (const reader of readers) reader.disconnect();
    },
  };
}
