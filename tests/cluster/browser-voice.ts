import { setTimeout as delay } from 'node:timers/promises';
import type { Ack, ChunkAck } from '@medcall/shared-types';
import { createMemoryChunkStore } from '../../apps/frontend/src/lib/audio/chunk-store.ts';
import { UploadQueue } from '../../apps/frontend/src/lib/audio/upload-queue.ts';
import type { RoomConnection } from '../../scripts/lib/client/room-connection.ts';
import { type Pcm, slice } from '../../scripts/lib/client/wav.ts';

const chunkMs = 100;

/** The browser's own queue on a connection, fed by a clock as a microphone feeds it. */
export function aBrowserVoice(options: {
  connection: RoomConnection;
  roomId: string;
  captureId: string;
  pcm: Pcm;
  speed: number;
}) {
  const { captureId, connection, pcm, roomId, speed } = options;
  const queue = new UploadQueue({
    captureId,
    store: createMemoryChunkStore(),
    send: (chunk) =>
      connection.attempt('audioChunk', {
        roomId,
        stream: 'microphone',
        sampleRate: 16_000,
        ...chunk,
      }) as Promise<Ack<ChunkAck>>,
  });
  connection.socket.on('disconnect', () => queue.pause());
  connection.onJoined((joined) => queue.resume(joined.resume[captureId]?.nextSeq));
  queue.resume();
  return {
    captureId,
    pcm,
    queue,
    async speak(): Promise<void> {
      for (let atMs = 0; atMs < pcm.durationMs; atMs += chunkMs) {
        const bytes = new Uint8Array(slice(pcm, atMs, chunkMs));
        queue.push(bytes.buffer, atMs);
        await delay(chunkMs / speed);
      }
    },
  };
}
