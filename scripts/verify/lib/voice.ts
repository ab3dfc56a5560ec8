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
  /** Refusals by their code. */
  refused: Map<string, number>;
  /** How often the line dropped. */
  drops: number;
}

/** Plays `pcm` through the reference client: kept until durable, sent again from the service's mark. */
export function aVoice(options: {
  connection: RoomConnection;
  roomId: string;
  /** Id of the consultation when it is in person. */
  inPerson?: string;
  captureId: string;
  pcm: Pcm;
  speed: number;
  /** A lost machine may take what was acknowledged and not yet durable. */
  promise?: 'acked' | 'durable';
}): Voice {
  const { captureId, connection, inPerson, pcm, promise = 'acked', roomId, speed } = options;
  const refused = new Map<string, number>();
  const sender = new AudioSender({
    pcm,
    captureId,
    speed,
    send: async (chunk) => {
      const sent =
        inPerson === undefined
          ? connection.attempt('audioChunk', { roomId, stream: 'microphone', ...chunk })
          : connection.attempt('audio-data', { consultationId: inPerson, ...chunk });
      const answer = (await sent) as Ack<ChunkAck>;
      if (!answer.ok) refused.set(answer.error.code, (refused.get(answer.error.code) ?? 0) + 1);
      return answer;
    },
  });
  const voice: Voice = { sender, pcm, captureId, brokenPromises: 0, refused, drops: 0 };
  connection.socket.on('disconnect', () => {
    voice.drops += 1;
    sender.pause();
  });
  connection.onJoined((joined) => {
    const nextSeq = joined.resume[captureId]?.nextSeq ?? 0;
    const promised = promise === 'acked' ? sender.marks.ackedSeq : sender.marks.durableSeq;
    voice.brokenPromises += Math.max(0, promised + 1 - nextSeq);
    sender.resumeFrom(nextSeq);
  });
  return voice;
}
