import {
  type Logger,
  type Repetition,
  repeatEvery,
  toAppError,
  type UserCaller,
} from '@medcall/service-kit';
import type { ErrorCode } from '@medcall/shared-types';
import type { ConsultationReader } from '../services/consultation-reader.ts';
import type { PcmSockets } from './pcmTranscriptionHandler.ts';
import type { RoomServer } from './socket-types.ts';

const revoking: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'forbidden',
  'second_factor_required',
]);

interface Connection {
  caller: UserCaller;
  roomId: string;
  end(): void;
}

export interface RightsWatch extends Repetition {
  /** Looks at one person's connections now: something has told that their rights changed. */
  checkOf(sub: string): Promise<void>;
}

/**
 * Open connections ask again what their bearer may do: at once when an event names the person, and
 * every `everyMs` in any case, because an event may be lost (DESIGN §6: a revoked person is out within
 * a minute, also in mid-call).
 */
export function watchRights(
  io: RoomServer,
  options: { reader: ConsultationReader; pcm: PcmSockets; everyMs: number; logger: Logger },
): RightsWatch {
  const { everyMs, logger, pcm, reader } = options;

  const check = async ({ caller, end, roomId }: Connection) => {
    try {
      await reader.seatOf(caller, { roomId });
    } catch (thrown) {
      const { code } = toAppError(thrown);
      // A database that is away revokes nobody, and an ended consultation is told to all anyway.
      if (revoking.has(code)) end();
    }
  };
  const connections = (): Connection[] => [
    ...[...io.sockets.sockets.values()].flatMap((socket) =>
      [...socket.data.memberships.keys()].map((roomId) => ({
        caller: socket.data.caller,
        roomId,
        end: () => {
          socket.disconnect(true);
        },
      })),
    ),
    ...pcm.connections(),
  ];
  const repetition = repeatEvery(
    everyMs,
    async () => {
      for (const connection of connections()) await check(connection);
    },
    (error) => logger.warn({ err: error }, 'check of rights failed'),
  );
  return {
    ...repetition,
    async checkOf(sub) {
      await Promise.all(
        connections()
          .filter(({ caller }) => caller.sub === sub)
          .map(check),
      );
    },
  };
}
