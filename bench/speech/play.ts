import { EchoGuard } from '../../apps/backend/realtime-service/src/speech/echo/echo-guard.ts';
import { RoomSound } from '../../apps/backend/realtime-service/src/speech/echo/room-sound.ts';
import type { VadFactory } from '../../apps/backend/realtime-service/src/speech/ports.ts';
import {
  createTranscriber,
  type TranscriberOptions,
} from '../../apps/backend/realtime-service/src/speech/transcriber.ts';
import type { TranscriberEvent } from '../../apps/backend/realtime-service/src/speech/transcriber-events.ts';
import type { SimulatedEngine } from './simulated-engine.ts';

const CHUNK_SAMPLES = 1_600;

export interface Heard {
  readonly stream: string;
  readonly event: TranscriberEvent;
  /** Simulated milliseconds since the first sample. */
  readonly atMs: number;
}

/** Plays streams side by side in simulated real time, 100 ms a chunk, and gives all events. */
export async function play(
  streams: Readonly<Record<string, Int16Array>>,
  engine: SimulatedEngine,
  vadFactory: VadFactory,
  options: Partial<TranscriberOptions> = {},
): Promise<Heard[]> {
  const heard: Heard[] = [];
  engine.now = 0;
  const room = new RoomSound();
  const playing = Object.entries(streams).map(([stream, pcm]) => {
    const track = room.join(stream, 0);
    const transcriber = createTranscriber({
      streamKey: stream,
      roomId: 'bench',
      engine,
      vadFactory,
      onEvent: (event) => heard.push({ stream, event, atMs: engine.now }),
      onError: (error) => {
        throw error;
      },
      echo: new EchoGuard(track),
      ...options,
    });
    return { pcm, track, transcriber };
  });
  const length = Math.max(...playing.map(({ pcm }) => pcm.length));

  /** Lets the decoder answer what it can before a moment. */
  const workUntil = async (moment: number): Promise<void> => {
    await engine.settle();
    while (engine.nextAnswerAt !== null && engine.nextAnswerAt <= moment) {
      engine.now = engine.nextAnswerAt;
      await engine.settle();
    }
    engine.now = moment;
  };

  for (let at = 0; at < length; at += CHUNK_SAMPLES) {
    await workUntil((Math.min(at + CHUNK_SAMPLES, length) * 1_000) / 16_000);
    for (const { pcm, track, transcriber } of playing) {
      const chunk = pcm.subarray(at, at + CHUNK_SAMPLES);
      if (chunk.length === 0) continue;
      track.add(chunk, at);
      transcriber.feed(chunk, at);
    }
    for (const { transcriber } of playing) await transcriber.segmented();
  }
  let draining = true;
  const drained = Promise.all(playing.map(({ transcriber }) => transcriber.drain())).then(() => {
    draining = false;
  });
  while (draining) {
    await workUntil(engine.now + 10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await drained;
  return heard;
}
