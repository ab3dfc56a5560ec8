import pg from 'pg';
import type { DatabaseLogger } from '../database/database.ts';
import { eventChannel } from './publish.ts';
import { type ServiceEvent, serviceEvent } from './service-event.ts';

export interface EventHandlers {
  onEvent(event: ServiceEvent): void | Promise<void>;
  /** The line was down: events may have been missed, so whatever they would have changed is read again. */
  onGap?(): void | Promise<void>;
}

export interface EventSubscription {
  stop(): Promise<void>;
}

export interface SubscribeOptions {
  /** Address of the database, reached directly: LISTEN does not pass a pooler in transaction mode. */
  url: string;
  applicationName: string;
  logger: DatabaseLogger;
  handlers: EventHandlers;
}

const firstRetryMs = 200;
const longestRetryMs = 5_000;
const connectTimeoutMs = 5_000;

/** Listens on a connection of its own and comes back after each loss. Resolves when it listens. */
export async function subscribe(options: SubscribeOptions): Promise<EventSubscription> {
  const { logger, handlers } = options;
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
    opened.on('notification', ({ payload }) => {
      const event = parseEvent(payload);
      if (event) handle(() => handlers.onEvent(event));
      else logger.warn({ length: payload?.length }, 'an event that nobody knows');
    });
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
      await opened.query(`listen ${eventChannel}`);
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
        .then(() => (stopped ? client?.end() : handle(() => handlers.onGap?.())))
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

function parseEvent(payload: string | undefined): ServiceEvent | undefined {
  try {
    return serviceEvent.parse(JSON.parse(payload ?? ''));
  } catch {
    return undefined;
  }
}
