import type { Ack, ChunkAck } from '@medcall/shared-types';
import { AudioSender } from '../../lib/client/audio-sender.ts';
import type { RoomConnection } from '../../lib/client/room-connection.ts';
import type { Pcm } from '../../lib/client/wav.ts';

/** One person's sound on its way through one connection, with what the service promised about it. */
export interface Voice {
  sender: AudioSender;
  pcm: Pcm;
  captureId: string;
  /** Chunks that the service called acknowledged and asked for again. */
  brokenPromises: number;
}

/** Plays `pcm` through the reference client: kept until durable, sent again from the service's mark. */
export function aVoice(options: {
  connection: RoomConnection;
  roomId: string;
  captureId: string;
  pcm: Pcm;
  speed: number;
  /** A lost machine may take what was acknowledged and not yet durable. */
  promise?: 'acked' | 'durable';
}): Voice {
  const { captureId, connection, pcm, promise = 'acked', roomId, speed } = options;
  const sender = new AudioSender({
    pcm,
    captureId,
    speed,
    send: (chunk) =>
      connection.attempt('audioChunk', { roomId, stream: 'microphone', ...chunk }) as Promise<
        Ack<ChunkAck>
      >,
  });
  const voice: Voice = { sender, pcm, captureId, brokenPromises: 0 };
  connection.socket.on('disconnect', () => sender.pause());
  connection.onJoined((joined) => {
    const nextSeq = joined.resume[captureId]?.nextSeq ?? 0;
    const promised = promise === 'acked' ? sender.marks.ackedSeq : sender.marks.durableSeq;
    voice.brokenPromises += Math.max(0, promised + 1 - nextSeq);
    sender.resumeFrom(nextSeq);
  });
  return voice;
}
