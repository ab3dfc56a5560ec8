import { AppError, type Logger, metrics, toAppError } from '@medcall/service-kit';
import type { Ack } from '@medcall/shared-types';
import type { z } from 'zod';
import type { Membership } from '../services/room-service.ts';
import type { RoomSocket } from './socket-types.ts';

export interface AnswerOptions {
  /** Whether an expired token may still do this: only its renewal. */
  evenExpired?: boolean;
  /** Sound has a budget of its own. */
  outsideEventBudget?: boolean;
}

/**
 * Answers one client event: budget, token, payload, work, acknowledgement. Nothing thrown leaves
 * here, because a rejected socket handler would end the process.
 */
export async function answer<S extends z.ZodType, T extends object>(
  socket: RoomSocket,
  logger: Logger,
  schema: S,
  payload: unknown,
  ack: unknown,
  work: (parsed: z.output<S>) => Promise<T>,
  options: AnswerOptions = {},
): Promise<void> {
  const reply = typeof ack === 'function' ? (value: Ack<T>) => ack(value) : () => undefined;
  try {
    if (!options.outsideEventBudget) chargeEvent(socket);
    if (!options.evenExpired && socket.data.expiresAtMs <= Date.now()) {
      throw new AppError('token_expired');
    }
    const parsed = schema.safeParse(payload);
    if (!parsed.success) throw new AppError('validation_failed', { cause: parsed.error });
    reply({ ok: true, ...(await work(parsed.data)) });
  } catch (thrown) {
    const error = toAppError(thrown);
    metrics.errors.inc({ code: error.code });
    if (error.code === 'internal') logger.error({ err: error.cause }, 'socket event failed');
    reply({
      ok: false,
      error: {
        code: error.code,
        message: error.message,
        ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
      },
    });
  }
}

function chargeEvent(socket: RoomSocket): void {
  const retryAfterMs = socket.data.events.take(1);
  if (retryAfterMs > 0) throw new AppError('rate_limited', { retryAfterMs });
}

/** The connection's place in a room that it has joined. @throws AppError not_joined */
export function joinedIn(socket: RoomSocket, roomId: string): Membership {
  const entry = socket.data.memberships.get(roomId);
  if (!entry?.joined) throw new AppError('not_joined');
  return entry.membership;
}

/** The same for what only the doctor may do. @throws AppError not_joined | forbidden */
export function doctorIn(socket: RoomSocket, roomId: string): Membership {
  const membership = joinedIn(socket, roomId);
  if (membership.role !== 'doctor') throw new AppError('forbidden');
  return membership;
}
