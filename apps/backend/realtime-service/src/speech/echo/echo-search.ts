import { echoFrames } from './echo-frames.ts';

/** Two sounds of one stretch of time, as `echoFrames` wants them; whoever asks gives them away. */
export interface EchoPair {
  readonly copy: Float32Array<ArrayBuffer>;
  readonly original: Float32Array<ArrayBuffer>;
  /** By how many frames the echo came later when it was last found; null where none was. */
  readonly delayFrames: number | null;
}

export interface FoundEcho {
  /** One value per frame, 1 for echo; null when there is no echo at all. */
  readonly echo: Uint8Array | null;
  /** Where it was found now, or last. */
  readonly delayFrames: number | null;
}

/** Looks for echoes: here, or where it holds nobody up. */
export interface EchoSearch {
  find(pair: EchoPair): Promise<FoundEcho>;
  /** So much waits that nobody should ask for what can be left out. */
  readonly isBehind: boolean;
}

/** In the caller's own thread: for tests and for measurements on a simulated clock. */
export const searchHere: EchoSearch = {
  find: (pair) => Promise.resolve(findEcho(pair)),
  isBehind: false,
};

export function findEcho({ copy, delayFrames, original }: EchoPair): FoundEcho {
  const path = { delayFrames };
  const echo = echoFrames(copy, original, path);
  return { echo, delayFrames: path.delayFrames };
}
