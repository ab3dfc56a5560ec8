import type { Logger } from '@medcall/service-kit';
import type { Announce, RoomService } from '../services/room-service.ts';
import type { RoomServer } from './socket-types.ts';

/** Carries decisions to every node: this one directly, the others through Socket.IO's adapter. */
export function createAnnounce(
  io: RoomServer,
  options: { rooms: () => RoomService; clustered: boolean; logger: Logger },
): Announce {
  const carryOut = (decision: Parameters<Announce>[0]) => {
    options
      .rooms()
      .carryOut(decision)
      .catch((error: unknown) => options.logger.error({ err: error }, 'admission not carried out'));
  };
  io.on('decision', carryOut);
  return (decision) => {
    if (options.clustered) io.serverSideEmit('decision', decision);
    carryOut(decision);
  };
}
