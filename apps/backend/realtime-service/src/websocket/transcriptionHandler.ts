import type { Logger } from '@medcall/service-kit';
import { roomOnly } from '@medcall/shared-types';
import type { TranscriptionService } from '../services/transcription-service.ts';
import { answer, doctorIn } from './answer.ts';
import type { RoomSocket } from './socket-types.ts';

/** The doctor's switch of the transcription, and the end of the consultation. */
export function registerTranscription(
  socket: RoomSocket,
  { transcription, logger }: { transcription: TranscriptionService; logger: Logger },
): void {
  socket.on('start-transcription', (payload, ack) =>
    answer(socket, logger, roomOnly, payload, ack, ({ roomId }) =>
      transcription.start(doctorIn(socket, roomId).room),
    ),
  );

  socket.on('stop-transcription', (payload, ack) =>
    answer(socket, logger, roomOnly, payload, ack, async ({ roomId }) => {
      await transcription.stop(doctorIn(socket, roomId).room);
      return {};
    }),
  );

  socket.on('end-consultation', (payload, ack) =>
    answer(socket, logger, roomOnly, payload, ack, async ({ roomId }) => {
      await transcription.end(doctorIn(socket, roomId).room);
      return {};
    }),
  );
}
