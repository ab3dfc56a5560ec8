import type { Logger } from '@medcall/service-kit';
import { AppError } from '@medcall/service-kit';
import {
  callTrace,
  joinRoom,
  participantTarget,
  roomOnly,
  webrtcSignal,
} from '@medcall/shared-types';
import type { RoomService } from '../services/room-service.ts';
import { answer, doctorIn, joinedIn } from './answer.ts';
import type { RoomServer, RoomSocket } from './socket-types.ts';

interface RoomsHandlers {
  io: RoomServer;
  rooms: RoomService;
  logger: Logger;
}

/** Online rooms: arrival, admission, leaving, signalling. */
export function registerRooms(socket: RoomSocket, { io, rooms, logger }: RoomsHandlers): void {
  socket.on('join-room', (payload, ack) =>
    answer(socket, logger, joinRoom, payload, ack, async (wish) => {
      const { state, membership } = await rooms.join(socket.data.caller, wish, socket.id);
      if (state === 'waiting') {
        socket.data.memberships.set(wish.roomId, { membership, joined: false });
      }
      return { state };
    }),
  );

  socket.on('admit-participant', (payload, ack) =>
    answer(socket, logger, participantTarget, payload, ack, async (target) => {
      await rooms.admit(doctorIn(socket, target.roomId), target.participantId);
      return {};
    }),
  );

  socket.on('deny-participant', (payload, ack) =>
    answer(socket, logger, participantTarget, payload, ack, async (target) => {
      await rooms.deny(doctorIn(socket, target.roomId), target.participantId);
      return {};
    }),
  );

  socket.on('leave-room', (payload, ack) =>
    answer(socket, logger, roomOnly, payload, ack, async ({ roomId }) => {
      const entry = socket.data.memberships.get(roomId);
      if (!entry) throw new AppError('not_joined');
      await rooms.leave(entry.membership, socket.id);
      socket.data.memberships.delete(roomId);
      return {};
    }),
  );

  socket.on('webrtc-signal', (payload, ack) =>
    answer(socket, logger, webrtcSignal, payload, ack, async (signal) => {
      const self = joinedIn(socket, signal.roomId);
      const target = await rooms.connectionOf(self.room.consultationId, signal.to);
      if (!target) throw new AppError('not_found');
      io.to(target).emit('webrtc-signal', {
        roomId: signal.roomId,
        from: self.participantId,
        ...(signal.description === undefined ? {} : { description: signal.description }),
        ...(signal.candidate === undefined ? {} : { candidate: signal.candidate }),
        ...(signal.pairing === undefined ? {} : { pairing: signal.pairing }),
      });
      return {};
    }),
  );

  socket.on('call-trace', (payload, ack) =>
    answer(socket, logger, callTrace, payload, ack, async ({ roomId, entries }) => {
      const { participantId, role, room } = joinedIn(socket, roomId);
      const consultationId = room.consultationId;
      logger.info({ consultationId, participantId, role, entries }, 'call trace');
      return {};
    }),
  );

  socket.on('disconnect', () => {
    for (const { membership } of socket.data.memberships.values()) {
      rooms.dropped(membership, socket.id).catch((error: unknown) => {
        logger.warn({ err: error }, 'presence could not be stored');
      });
    }
  });
}
