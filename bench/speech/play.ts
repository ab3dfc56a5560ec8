import { EchoGuard } from '../../apps/backend/realtime-service/src/speech/echo/echo-guard.ts';
import { RoomSound } from '../../apps/backend/realtime-service/src/speech/echo/room-sound.ts';
import type { VadFactory } from '../../apps/backend/realtime-service/src/speech/ports.ts';
import { createTranscriber } from '../../apps/backend/realtime-service/src/speech/transcriber.ts';
import type { TranscriberEvent } from '../../apps/backend/realtime-service/src/speech/transcriber-events.ts';
import type { TranscriberOptions } from '../../apps/backend/realtime-service/src/speech/transcriber-options.ts';
import type { SimulatedEngine } from './simulated-engine.ts';

const CHUNK_SAMPLES = 1_600;
const CHUNK_MS = 100;

export interface Heard {
  readonly stream: string;
  readonly event: TranscriberEvent;
  /** Simulated milliseconds since the stream's first sample. */
  readonly atMs: number;
}

export interface PlayedStream {
  readonly name: string;
  readonly roomId: string;
  readonly pcm: Int16Array;
  readonly vadFactory: VadFactory;
  /** When its first sample is said; a multiple of 100 ms. */
  readonly startMs: number;
}

/** Plays the streams of one room side by side, and gives all events. */
export function play(
  streams: Readonly<Record<string, Int16Array>>,
  engine: SimulatedEngine,
  vadFactory: VadFactory,
  options: Partial<TranscriberOptions> = {},
): Promise<Heard[]> {
  const played = Object.entries(streams).map(([name, pcm]) => ({
    name,
    pcm,
    vadFactory,
    roomId: 'bench',
    startMs: 0,
  }));
  return playAll(played, engine, options);
}

/** Plays streams of any rooms in simulated real time, 100 ms a chunk, and gives all events. */
export async function playAll(
  streams: readonly PlayedStream[],
  engine: SimulatedEngine,
  options: Partial<TranscriberOptions> = {},
): Promise<Heard[]> {
  const heard: Heard[] = [];
  engine.now = 0;
  const rooms = new Map<string, RoomSound>();
  const playing = streams.map((stream) => {
    const room = rooms.get(stream.roomId) ?? new RoomSound();
    rooms.set(stream.roomId, room);
    const track = room.join(stream.name, stream.startMs * 16);
    const transcriber = createTranscriber({
      streamKey: stream.name,
      roomId: stream.roomId,
      engine,
      vadFactory: stream.vadFactory,
      onEvent: (event) =>
        heard.push({ stream: stream.name, event, atMs: engine.now - stream.startMs }),
      onError: (error) => {
        throw error;
      },
      echo: new EchoGuard(track),
      startTimer: engine.startTimer,
      ...options,
    });
    return { ...stream, track, transcriber };
  });
  const lengthMs = Math.max(...playing.map(({ pcm, startMs }) => startMs + pcm.length / 16));

  for (let at = 0; at < lengthMs; at += CHUNK_MS) {
    await workUntil(engine, Math.min(at + CHUNK_MS, lengthMs));
    const speaking = playing.filter(({ pcm, startMs }) => {
      const position = (at - startMs) * 16;
      return position >= 0 && position < pcm.length;
    });
    for (const { pcm, startMs, track, transcriber } of speaking) {
      const position = (at - startMs) * 16;
      const chunk = pcm.subarray(position, position + CHUNK_SAMPLES);
      track.add(chunk, position);
      transcriber.feed(chunk, position);
    }
    for (const { transcriber } of speaking) await transcriber.segmented();
  }
  let draining = true;
  const drained = Promise.all(playing.map(({ transcriber }) => transcriber.drain())).then(() => {
    draining = false;
  });
  while (draining) {
    await workUntil(engine, engine.now + 10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await drained;
  return heard;
}

/** Lets the decoder answer what it can before a moment. */
async function workUntil(engine: SimulatedEngine, momentMs: number): Promise<void> {
  await engine.settle();
  while (engine.nextAnswerAt !== null && engine.nextAnswerAt <= momentMs) {
    engine.now = engine.nextAnswerAt;
    await engine.settle();
  }
  engine.now = momentMs;
}
