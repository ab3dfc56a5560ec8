import type { Ack, ChunkAck, ErrorCode, RoomJoined } from '@medcall/shared-types';
import type { Chunk, ChunkStore } from './chunk-store.ts';
import { type LostRange, UploadQueue } from './upload-queue.ts';

export interface AudioUploaderOptions {
  store: ChunkStore;
  send: (chunk: Chunk & { captureId: string; lost?: LostRange }) => Promise<Ack<ChunkAck>>;
  newId: () => string;
  /** Audio that the service has not acknowledged, in milliseconds. */
  onBacklog: (backlogMs: number) => void;
  onRefused: (code: ErrorCode) => void;
}

const chunkMs = 100;

/**
 * All captures of one person in one room: the running one, earlier ones of this page that still
 * have chunks to hand over, and those that a page before left in the store.
 */
export class AudioUploader {
  readonly #options: AudioUploaderOptions;
  readonly #queues = new Map<string, UploadQueue>();
  #current: UploadQueue | null = null;
  #resume: RoomJoined['resume'] | null = null;

  constructor(options: AudioUploaderOptions) {
    this.#options = options;
  }

  /** A new capture: another tab, device or start of the audio clock. */
  begin(): void {
    const queue = this.#add(this.#options.newId(), []);
    this.#current = queue;
    if (this.#resume) queue.resume();
  }

  push(pcm: ArrayBuffer, capturedAtMs: number): void {
    this.#current?.push(pcm, capturedAtMs);
  }

  /** The capture is over; what it has not handed over yet still goes out. */
  end(): void {
    this.#current = null;
    this.#tidy();
  }

  /** Takes up what the page before a reload could not hand over. Call once, before `joined`. */
  async restore(): Promise<void> {
    for (const [captureId, chunks] of await this.#options.store.load()) {
      if (!this.#queues.has(captureId)) this.#add(captureId, chunks);
    }
    this.#report();
  }

  /** The room is joined and transcribing: go on from what the service has. */
  joined(resume: RoomJoined['resume']): void {
    this.#resume = resume;
    for (const queue of this.#queues.values()) queue.resume(resume[queue.captureId]?.nextSeq);
  }

  lineDown(): void {
    this.#resume = null;
    for (const queue of this.#queues.values()) queue.pause();
  }

  /** The transcription is over or was never allowed: nothing of it stays on this device. */
  async discard(): Promise<void> {
    this.#current = null;
    for (const queue of this.#queues.values()) queue.close({ discard: true });
    this.#queues.clear();
    this.#report();
    await this.#options.store.clear();
  }

  /** The page goes; the store keeps what is left for the next one. */
  close(): void {
    this.#current = null;
    for (const queue of this.#queues.values()) queue.close({ discard: false });
    this.#queues.clear();
  }

  #add(captureId: string, restored: readonly Chunk[]): UploadQueue {
    const queue = new UploadQueue({
      captureId,
      restored,
      store: this.#options.store,
      send: this.#options.send,
      onRefused: this.#options.onRefused,
      onChange: () => {
        this.#tidy();
        this.#report();
      },
    });
    this.#queues.set(captureId, queue);
    return queue;
  }

  #tidy(): void {
    for (const [captureId, queue] of this.#queues) {
      if (queue === this.#current || queue.pending > 0) continue;
      queue.close({ discard: false });
      this.#queues.delete(captureId);
    }
  }

  #report(): void {
    let chunks = 0;
    for (const queue of this.#queues.values()) chunks += queue.unacknowledged;
    this.#options.onBacklog(chunks * chunkMs);
  }
}
