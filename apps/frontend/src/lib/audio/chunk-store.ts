/** 100 ms of audio on its way to the service. */
export interface Chunk {
  seq: number;
  /** Milliseconds on the capture's own monotonic clock. */
  capturedAtMs: number;
  data: ArrayBuffer;
}

/**
 * Keeps chunks until the service has them durably, so that a reload loses nothing. One store belongs
 * to one person in one room.
 */
export interface ChunkStore {
  put(captureId: string, chunk: Chunk): Promise<void>;
  removeThrough(captureId: string, seq: number): Promise<void>;
  /** Captures that still have chunks, with their chunks in order. */
  load(): Promise<Map<string, Chunk[]>>;
  /** Forgets everything of this person in this room. */
  clear(): Promise<void>;
}

/** Where IndexedDB is refused (private windows): survives a dropped line, not a reload. */
export function createMemoryChunkStore(): ChunkStore {
  const nothing = async () => {};
  return { put: nothing, removeThrough: nothing, load: async () => new Map(), clear: nothing };
}
