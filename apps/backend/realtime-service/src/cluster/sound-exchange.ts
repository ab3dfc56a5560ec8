/** A stretch of one stream's sound, as every node of its consultation may hear it. */
export interface SharedSound {
  streamId: string;
  /** Whose stream it is. */
  sub: string;
  /** The stream's sample 0 on the consultation's timeline. */
  originMs: number;
  /** Of its first sample, in samples of the stream. */
  positionSamples: number;
  /** 16 kHz. */
  pcm: Int16Array;
}

/** One node's line to the others that have streams of the same consultation. */
export interface SoundLine {
  /** Resolves when what the others say is heard, or cannot be for now. */
  readonly ready: Promise<void>;
  /** Lets the others hear; nothing is kept for who is away. */
  send(sound: SharedSound): void;
  close(): void;
}

/** How nodes let each other hear the sound of a consultation whose people are on several of them. */
export interface SoundExchange {
  open(consultationId: string, onSound: (sound: SharedSound) => void): SoundLine;
  stop(): void;
}

/** Where there is one node only. */
export const noExchange: SoundExchange = {
  open: () => ({ ready: Promise.resolve(), send: () => undefined, close: () => undefined }),
  stop: () => undefined,
};
