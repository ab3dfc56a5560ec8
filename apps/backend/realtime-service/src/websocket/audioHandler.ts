import { AppError, type Logger, metrics } from '@medcall/service-kit';
import { audioChunk, chunkBytes, pcmSampleRate, speakerOfRole } from '@medcall/shared-types';
import type { z } from 'zod';
import type { LiveRooms } from '../services/live-rooms.ts';
import { answer, joinedIn } from './answer.ts';
import type { RoomSocket } from './socket-types.ts';

type Chunk = z.output<typeof audioChunk>;

/** Sound from the people in the room: written, then acknowledged. */
export function registerAudio(
  socket: RoomSocket,
  { rooms, logger }: { rooms: LiveRooms; logger: Logger },
): void {
  socket.on('audioChunk', (payload, ack) =>
    answer(
      socket,
      logger,
      audioChunk,
      payload,
      ack,
      async (chunk) => {
        const membership = joinedIn(socket, chunk.roomId);
        const pcm = checkedPcm(chunk);
        chargeSound(socket, pcm.byteLength);
        const written = metrics.acknowledgements.startTimer();
        const live = await rooms.of(membership.room);
        const marks = await live.accept(
          {
            sub: socket.data.caller.sub,
            participantId: membership.participantId,
            speaker: speakerOfRole(membership.role),
            stream: chunk.stream,
            captureId: chunk.captureId,
          },
          { type: 'chunk', seq: chunk.seq, capturedAtMs: chunk.capturedAtMs ?? null, pcm },
          chunk.lost,
        );
        written();
        return marks;
      },
      { outsideEventBudget: true },
    ),
  );
}

/** @throws AppError unsupported_sample_rate | invalid_chunk */
export function checkedPcm(chunk: Pick<Chunk, 'sampleRate' | 'data'>): Uint8Array {
  if (chunk.sampleRate !== pcmSampleRate) throw new AppError('unsupported_sample_rate');
  const { data } = chunk;
  const bytes =
    data instanceof ArrayBuffer
      ? new Uint8Array(data)
      : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const { byteLength } = bytes;
  if (byteLength % 2 !== 0 || byteLength < chunkBytes.min || byteLength > chunkBytes.max) {
    throw new AppError('invalid_chunk');
  }
  return bytes;
}

/** Takes the sound from the connection's budget. @throws AppError rate_limited */
export function chargeSound(socket: RoomSocket, bytes: number): void {
  const retryAfterMs = socket.data.sound.take(bytes / 32);
  if (retryAfterMs > 0) throw new AppError('rate_limited', { retryAfterMs });
}
