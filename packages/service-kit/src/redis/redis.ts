import { Redis } from 'ioredis';
import type { Logger } from '../logging/logger.ts';
import { observe } from '../metrics/metrics.ts';

export type RedisClient = Redis;

/** Those of this process, until their owner ends them. */
const clients = new Set<Redis>();

/**
 * A Redis client that fails fast: ioredis by default queues commands while the server is away,
 * which hangs every request for seconds. Here a command has 200 ms and no queue.
 */
export function createRedis(url: string, logger: Logger): RedisClient {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    commandTimeout: 200,
    connectTimeout: 1000,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 200, 3000),
  });
  clients.add(client);
  client.once('end', () => clients.delete(client));
  observe('medcall_redis_ready', 'Whether Redis answers this process: 1 or 0', () =>
    [...clients].every(({ status }) => status === 'ready') ? 1 : 0,
  );
  let reported = false;
  client.on('error', (error) => {
    if (!reported) logger.warn({ err: error }, 'redis is away; falling back to process memory');
    reported = true;
  });
  client.on('ready', () => {
    if (reported) logger.info('redis is back');
    reported = false;
  });
  return client;
}
