import { AppError, type Logger } from '@medcall/service-kit';
import { audioData, consultationOnly, recordingTarget } from '@medcall/shared-types';
import type { LiveRooms } from '../services/live-rooms.ts';
import type { Membership, RoomService } from '../services/room-service.ts';
import type { TranscriptionService } from '../services/transcription-service.ts';
import { answer, doctorIn } from './answer.ts';
import { chargeSound, checkedPcm } from './audioHandler.ts';
import type { RoomSocket } from './socket-types.ts';

interface PresentialHandlers {
  rooms: RoomService;
  liveRooms: LiveRooms;
  transcription: TranscriptionService;
  logger: Logger;
}

/** Consultations in one room: one microphone, the doctor's; the events of the seed. */
export function registerPresential(socket: RoomSocket, parts: PresentialHandlers): void {
  const { liveRooms, logger, rooms, transcription } = parts;

  socket.on('join-presential', (payload, ack) =>
    answer(socket, logger, consultationOnly, payload, ack, async ({ consultationId }) => {
      await rooms.joinPresential(socket.data.caller, consultationId, socket.id);
      return {};
    }),
  );

  socket.on('start-recording', (payload, ack) =>
    answer(socket, logger, recordingTarget, payload, ack, async (target) => {
      const { room } = doctorAt(socket, target);
      const { sessionId } = await transcription.start(room);
      socket.emit('recording-started', {
        consultationId: room.consultationId,
        roomId: room.roomId,
        sessionId,
      });
      return {};
    }),
  );

  socket.on('audio-data', (payload, ack) =>
    answer(
      socket,
      logger,
      audioData,
      payload,
      ack,
      async (chunk) => {
        const membership = doctorAt(socket, chunk);
        const pcm = checkedPcm(chunk);
        chargeSound(socket, pcm.byteLength);
        const live = await liveRooms.of(membership.room);
        return live.accept(
          {
            sub: socket.data.caller.sub,
            participantId: membership.participantId,
            // Two people, one microphone: the channel says nothing of who speaks.
            speaker: 'UNKNOWN',
            stream: 'microphone',
            captureId: chunk.captureId,
          },
          { type: 'chunk', seq: chunk.seq, capturedAtMs: chunk.capturedAtMs ?? null, pcm },
          chunk.lost,
        );
      },
      { outsideEventBudget: true },
    ),
  );

  socket.on('stop-recording', (payload, ack) =>
    answer(socket, logger, recordingTarget, payload, ack, async (target) => {
      const { room } = doctorAt(socket, target);
      await transcription.stop(room);
      const { consultationId, roomId } = room;
      socket.emit('recording-stopped', { consultationId, roomId });
      return {};
    }),
  );

  socket.on('end-presential', (payload, ack) =>
    answer(socket, logger, consultationOnly, payload, ack, async (target) => {
      await transcription.end(doctorAt(socket, target).room);
      return {};
    }),
  );
}

/** The doctor's place in the consultation that an event names by either id. */
function doctorAt(
  socket: RoomSocket,
  target: { consultationId: string } | { roomId: string },
): Membership {
  if ('roomId' in target) return doctorIn(socket, target.roomId);
  for (const [roomId, { membership }] of socket.data.memberships) {
    if (membership.room.consultationId === target.consultationId) return doctorIn(socket, roomId);
  }
  throw new AppError('not_joined');
}
