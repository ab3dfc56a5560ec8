import type { RoomRole } from '@medcall/shared-types';
import type { Broadcaster, PayloadOf, ServerEvent } from '../services/broadcaster.ts';
import type { ConnectionGate, Membership } from '../services/room-service.ts';
import type { RoomServer } from './socket-types.ts';

/** Socket.IO room of everybody with one role in one consultation. */
function channel(roomId: string, role: RoomRole): string {
  return `room:${roomId}:${role}`;
}

/** Broadcasts over Socket.IO: a role's channel is joined on admission and left with the room. */
export function createBroadcaster(io: RoomServer): Broadcaster {
  return {
    toRoles<E extends ServerEvent>(
      roomId: string,
      roles: readonly RoomRole[],
      event: E,
      payload: PayloadOf<E>,
    ) {
      const channels = roles.map((role) => channel(roomId, role));
      // Socket.IO types an event's arguments as a tuple that TypeScript cannot follow through a generic.
      (io.to(channels).emit as (name: string, value: unknown) => boolean)(event, payload);
    },
  };
}

/** Opens and closes a connection's ears. */
export function createGate(io: RoomServer): ConnectionGate {
  return {
    open(connectionId, membership: Membership) {
      const socket = io.sockets.sockets.get(connectionId);
      if (!socket) return;
      socket.data.memberships.set(membership.room.roomId, { membership, joined: true });
      void socket.join(channel(membership.room.roomId, membership.role));
    },
    close(connectionId, roomId) {
      const socket = io.sockets.sockets.get(connectionId);
      const entry = socket?.data.memberships.get(roomId);
      if (!socket || !entry) return;
      socket.data.memberships.delete(roomId);
      void socket.leave(channel(roomId, entry.membership.role));
    },
    send(connectionId, event, payload) {
      const target = io.to(connectionId);
      (target.emit as (name: string, value: unknown) => boolean)(event, payload);
    },
  };
}
