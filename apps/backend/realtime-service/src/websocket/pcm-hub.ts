import type { RoomRole } from '@medcall/shared-types';
import type { WebSocket } from 'ws';
import type { Broadcaster, PayloadOf, ServerEvent } from '../services/broadcaster.ts';

/** A client that reads slower than this is not listening any more. */
const maxBufferedBytes = 1_000_000;

export interface PcmListener {
  socket: WebSocket;
  role: RoomRole;
}

/** Native PCM sockets by room; hears the same broadcasts and passes on the texts. */
export class PcmHub implements Broadcaster {
  private readonly rooms = new Map<string, Set<PcmListener>>();

  add(roomId: string, listener: PcmListener): void {
    const room = this.rooms.get(roomId) ?? new Set();
    room.add(listener);
    this.rooms.set(roomId, room);
  }

  remove(roomId: string, listener: PcmListener): void {
    const room = this.rooms.get(roomId);
    room?.delete(listener);
    if (room?.size === 0) this.rooms.delete(roomId);
  }

  toRoles<E extends ServerEvent>(
    roomId: string,
    roles: readonly RoomRole[],
    event: E,
    payload: PayloadOf<E>,
  ): void {
    if (event !== 'transcription' && event !== 'transcription-update') return;
    for (const { role, socket } of this.rooms.get(roomId) ?? []) {
      if (roles.includes(role)) sendFrame(socket, { type: 'transcription', ...payload });
    }
  }
}

/** Sends a text frame; a reader that has fallen far behind is cut off instead of filling our memory. */
export function sendFrame(socket: WebSocket, frame: object): void {
  if (socket.bufferedAmount > maxBufferedBytes) {
    socket.terminate();
    return;
  }
  socket.send(JSON.stringify(frame));
}

/** One broadcast over several transports. */
export function combine(broadcasters: readonly Broadcaster[]): Broadcaster {
  return {
    toRoles(roomId, roles, event, payload) {
      for (const broadcaster of broadcasters) broadcaster.toRoles(roomId, roles, event, payload);
    },
  };
}
