import { type Logger, type Repetition, repeatEvery, toAppError } from '@medcall/service-kit';
import type { ConsultationReader } from '../services/consultation-reader.ts';
import type { RoomServer } from './socket-types.ts';

const checkEveryMs = 30_000;

/** Sockets re-check their rights every 30 s: a revoked person is out, also in mid-call (DESIGN §6). */
export function watchRights(
  io: RoomServer,
  { reader, logger }: { reader: ConsultationReader; logger: Logger },
): Repetition {
  const check = async () => {
    for (const socket of io.sockets.sockets.values()) {
      for (const roomId of socket.data.memberships.keys()) {
        try {
          await reader.seatOf(socket.data.caller, { roomId });
        } catch (thrown) {
          const { code } = toAppError(thrown);
          // A database that is away revokes nobody, and an ended consultation is told to all anyway.
          if (code === 'not_found' || code === 'forbidden') socket.disconnect(true);
        }
      }
    }
  };
  return repeatEvery(checkEveryMs, check, (error) =>
    logger.warn({ err: error }, 'check of rights failed'),
  );
}
