import type { ServerToClientEvents } from '@medcall/shared-types';
import type { TestSocket } from './test-service.ts';

type Events = keyof ServerToClientEvents;
type Payload<E extends Events> = Parameters<ServerToClientEvents[E]>[0];

/** Emits and gives the acknowledgement. */
export function ask(
  socket: TestSocket,
  event: string,
  payload: unknown,
): Promise<{ ok: boolean; error?: { code: string }; [key: string]: unknown }> {
  // The tests also send what the types forbid.
  const emitter = socket.timeout(5000) as unknown as {
    emitWithAck(name: string, value: unknown): Promise<{ ok: boolean }>;
  };
  return emitter.emitWithAck(event, payload);
}

/** The next event with this name that satisfies the condition. */
export function next<E extends Events>(
  socket: TestSocket,
  event: E,
  matches: (payload: Payload<E>) => boolean = () => true,
): Promise<Payload<E>> {
  const emitter = socket as unknown as {
    on(name: string, listener: (payload: Payload<E>) => void): void;
    off(name: string, listener: (payload: Payload<E>) => void): void;
  };
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      emitter.off(event, listener);
      reject(new Error(`no ${event} came`));
    }, 15_000);
    const listener = (payload: Payload<E>) => {
      if (!matches(payload)) return;
      clearTimeout(deadline);
      emitter.off(event, listener);
      resolve(payload);
    };
    emitter.on(event, listener);
  });
}

/** 100 ms of tone (speech to the loudness VAD) or of silence. */
export function soundChunk(seq: number, kind: 'loud' | 'quiet') {
  const samples = new Int16Array(1600);
  if (kind === 'loud') {
    for (let i = 0; i < samples.length; i++) samples[i] = Math.round(8000 * Math.sin(i / 5));
  }
  return { seq, sampleRate: 16_000, data: samples.buffer };
}
