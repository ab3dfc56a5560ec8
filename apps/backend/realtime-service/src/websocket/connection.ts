import {
  AppError,
  type Logger,
  monotonicClock,
  type TokenVerifier,
  type UserCaller,
} from '@medcall/service-kit';
import { renewToken } from '@medcall/shared-types';
import { answer } from './answer.ts';
import type { RoomSocket } from './socket-types.ts';
import { TokenBucket } from './token-bucket.ts';

/** A connection whose token ended has this long to renew it. */
const graceMs = 60_000;

/** Up to 10 × real time (DESIGN §8), with room for a reconnection's first burst. */
const soundBudget = { capacity: 20_000, perSecond: 10_000 };
const eventBudget = { capacity: 120, perSecond: 30 };

/** A connection's budget of sound, in milliseconds. */
export function soundBucket(): TokenBucket {
  return new TokenBucket({ ...soundBudget, clock: monotonicClock });
}

/** Proves who connects. @throws AppError as the verifier does; services have no business on sockets */
export async function identify(
  verifier: TokenVerifier,
  token: unknown,
): Promise<{ caller: UserCaller; expiresAtMs: number }> {
  if (typeof token !== 'string' || token === '') throw new AppError('unauthenticated');
  const caller = await verifier.verify(token);
  if (caller.kind === 'service') throw new AppError('forbidden');
  return { caller, expiresAtMs: Number(caller.claims.exp) * 1000 };
}

/** Fills the connection's data after its token was verified. */
export function equip(
  socket: RoomSocket,
  identity: { caller: UserCaller; expiresAtMs: number },
): void {
  socket.data.caller = identity.caller;
  socket.data.expiresAtMs = identity.expiresAtMs;
  socket.data.memberships = new Map();
  socket.data.traceparent = socket.handshake.auth.traceparent;
  socket.data.events = new TokenBucket({ ...eventBudget, clock: monotonicClock });
  socket.data.sound = soundBucket();
}

/** Renewal of the token while connected, and the end of connections that do not renew. */
export function registerTokenRenewal(
  socket: RoomSocket,
  { verifier, logger }: { verifier: TokenVerifier; logger: Logger },
): void {
  let end: NodeJS.Timeout;
  const schedule = () => {
    clearTimeout(end);
    const waitMs = socket.data.expiresAtMs + graceMs - Date.now();
    // setTimeout overflows beyond 2^31 ms; no token of ours lives that long, a foreign one may.
    end = setTimeout(() => socket.disconnect(true), Math.min(Math.max(0, waitMs), 2 ** 31 - 1));
  };
  schedule();
  socket.on('disconnect', () => clearTimeout(end));
  socket.on('renew-token', (payload, ack) =>
    answer(
      socket,
      logger,
      renewToken,
      payload,
      ack,
      async ({ token }) => {
        const identity = await identify(verifier, token);
        if (identity.caller.sub !== socket.data.caller.sub) throw new AppError('forbidden');
        socket.data.caller = identity.caller;
        socket.data.expiresAtMs = identity.expiresAtMs;
        schedule();
        return {};
      },
      { evenExpired: true },
    ),
  );
}
