import type { RoomRole } from '@medcall/shared-types';
import type {
  Broadcaster,
  ConnectionCaller,
  PayloadOf,
  ServerEvent,
} from '../services/broadcaster.ts';
import type { ConnectionGate, Membership } from '../services/room-service.ts';
import type { RoomServer } from './socket-types.ts';

/** Socket.IO room of everybody with one role in one consultation. */
function roleChannel(roomId: string, role: RoomRole): string {
  return `room:${roomId}:${role}`;
}

/** Broadcasts over Socket.IO, on all nodes: a role's channel is joined on admission and left with the room. */
export function createBroadcaster(io: RoomServer): Broadcaster {
  return {
    toRoles<E extends ServerEvent>(
      roomId: string,
      roles: readonly RoomRole[],
      event: E,
      payload: PayloadOf<E>,
    ) {
      const channels = roles.map((role) => roleChannel(roomId, role));
      const target = io.to(channels);
      // Socket.IO types an event's arguments as a tuple that TypeScript cannot follow through a generic.
      (target.emit as (name: string, value: unknown) => boolean).call(target, event, payload);
    },
  };
}

/** One connection by its id: Socket.IO gives each a room of that name, on all nodes. */
export function createCaller(io: RoomServer): ConnectionCaller {
  return {
    toConnection<E extends ServerEvent>(connectionId: string, event: E, payload: PayloadOf<E>) {
      const target = io.to(connectionId);
      (target.emit as (name: string, value: unknown) => boolean).call(target, event, payload);
    },
  };
}

/** The connections of this node. */
export function createGate(io: RoomServer): ConnectionGate {
  return {
    async open(connectionId, membership: Membership) {
      const socket = io.sockets.sockets.get(connectionId);
      if (!socket) return;
      const { roomId } = membership.room;
      socket.data.memberships.set(roomId, { membership, joined: true });
      await socket.join(roleChannel(roomId, membership.role));
    },
    close(connectionId, roomId) {
      const socket = io.sockets.sockets.get(connectionId);
      const entry = socket?.data.memberships.get(roomId);
      if (!socket || !entry) return;
      socket.data.memberships.delete(roomId);
      void socket.leave(roleChannel(roomId, entry.membership.role));
    },
    send(connectionId, event, payload) {
      const socket = io.sockets.sockets.get(connectionId);
      if (!socket) return;
      (socket.emit as (name: string, value: unknown) => boolean).call(socket, event, payload);
    },
    waiting(participantId) {
      return [...io.sockets.sockets.values()].flatMap((socket) =>
        [...socket.data.memberships.values()]
          .filter((entry) => !entry.joined && entry.membership.participantId === participantId)
          .map(({ membership }) => ({ connectionId: socket.id, membership })),
      );
    },
    connectionIds() {
      return [...io.sockets.sockets.values()]
        .filter((socket) => socket.data.memberships.size > 0)
        .map((socket) => socket.id);
    },
  };
}
