import pg from 'pg';
import type { DatabaseLogger } from '../database/database.ts';

export interface ListenOptions {
  /** Address of the database, reached directly: LISTEN does not pass a pooler in transaction mode. */
  url: string;
  channel: string;
  applicationName: string;
  logger: DatabaseLogger;
  onPayload(payload: string): void | Promise<void>;
  /** The line was down: notifications may have been missed. */
  onGap?(): void | Promise<void>;
}

export interface Listening {
  stop(): Promise<void>;
}

const firstRetryMs = 200;
const longestRetryMs = 5_000;
const connectTimeoutMs = 5_000;

/** Listens to one channel on a connection of its own and comes back after each loss. Resolves when it listens. */
export async function listenTo(options: ListenOptions): Promise<Listening> {
  const { logger } = options;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  const handle = (work: () => void | Promise<void>) => {
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => logger.error({ err: error }, 'an event was not handled'));
  };

  const open = async (): Promise<void> => {
    const opened = new pg.Client({
      connectionString: options.url,
      application_name: options.applicationName,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
    });
    opened.on('notification', ({ payload }) => handle(() => options.onPayload(payload ?? '')));
    let lost = false;
    const onLoss = (error?: Error) => {
      if (lost || stopped) return;
      lost = true;
      logger.warn({ err: error }, 'event connection lost');
      void opened.end().catch(() => undefined);
      comeBack(firstRetryMs);
    };
    opened.on('error', onLoss);
    opened.on('end', () => onLoss());
    try {
      await opened.connect();
      await opened.query(`listen ${pg.escapeIdentifier(options.channel)}`);
    } catch (error) {
      lost = true;
      void opened.end().catch(() => undefined);
      throw error;
    }
    client = opened;
  };

  const comeBack = (afterMs: number) => {
    retry = setTimeout(() => {
      open()
        .then(() => (stopped ? client?.end() : handle(() => options.onGap?.())))
        .catch((error: unknown) => {
          logger.warn({ err: error }, 'event connection not back yet');
          if (!stopped) comeBack(Math.min(afterMs * 2, longestRetryMs));
        });
    }, afterMs);
  };

  await open();
  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
