import type { DatabaseLogger } from '../database/database.ts';
import { type Listening, listenTo } from './listen.ts';
import { eventChannel } from './publish.ts';
import { type ServiceEvent, serviceEvent } from './service-event.ts';

export interface EventHandlers {
  onEvent(event: ServiceEvent): void | Promise<void>;
  /** The line was down: events may have been missed, so whatever they would have changed is read again. */
  onGap?(): void | Promise<void>;
}

export type EventSubscription = Listening;

export interface SubscribeOptions {
  /** Address of the database, reached directly: LISTEN does not pass a pooler in transaction mode. */
  url: string;
  applicationName: string;
  logger: DatabaseLogger;
  handlers: EventHandlers;
}

/** Hands on the other processes' events. Resolves when it listens. */
export function subscribe(options: SubscribeOptions): Promise<EventSubscription> {
  const { handlers, logger } = options;
  return listenTo({
    url: options.url,
    channel: eventChannel,
    applicationName: options.applicationName,
    logger,
    onPayload: (payload) => {
      const event = parseEvent(payload);
      if (event) return handlers.onEvent(event);
      logger.warn({ length: payload.length }, 'an event that nobody knows');
    },
    onGap: () => handlers.onGap?.(),
  });
}

function parseEvent(payload: string): ServiceEvent | undefined {
  try {
    return serviceEvent.parse(JSON.parse(payload));
  } catch {
    return undefined;
  }
}
