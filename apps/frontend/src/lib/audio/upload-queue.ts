import type { Ack, ChunkAck, ErrorCode } from '@medcall/shared-types';
import type { Chunk, ChunkStore } from './chunk-store.ts';

/** A hole that will never be filled: sequence numbers, both ends included. */
export type LostRange = [number, number];

export interface Timers {
  set: (run: () => void, delayMs: number) => unknown;
  clear: (timer: unknown) => void;
}

export interface UploadQueueOptions {
  captureId: string;
  store: ChunkStore;
  /** Sends one chunk; rejects when no acknowledgement came. */
  send: (chunk: Chunk & { captureId: string; lost?: LostRange }) => Promise<Ack<ChunkAck>>;
  /** Chunks of an earlier page with the same captureId. */
  restored?: readonly Chunk[];
  /** The service will take no more of this capture: what is queued has been thrown away. */
  onRefused?: (code: ErrorCode) => void;
  /** Changes with each acknowledgement and each chunk. */
  onChange?: () => void;
  timers?: Timers;
  /** Chunks sent and not yet answered. */
  window?: number;
  /** 15 minutes of audio, 29 MB. Beyond that the oldest are given up and named as lost. */
  maxChunks?: number;
}

const realTimers: Timers = {
  set: (run, delayMs) => setTimeout(run, delayMs),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

const retryDelayMs = 1_000;
const troubleDelayMs = 5_000;
/** The last chunks become durable a moment after their acknowledgement: ask again after this wait. */
const probeDelayMs = 1_500;
const maxProbes = 8;

/** Codes after which this capture is over and its audio may not be kept. */
const finalCodes = new Set<ErrorCode>([
  'not_transcribing',
  'ai_consent_required',
  'consultation_ended',
  'forbidden',
  'not_found',
]);
/** Codes that a new join or a new token puts right; until then the queue waits. */
const waitingCodes = new Set<ErrorCode>(['not_joined', 'token_expired', 'unauthenticated']);

/**
 * Carries one capture to the service: in order, again after a dropped line (go back to the first
 * chunk that is not acknowledged), and forgets a chunk only when it is durable there.
 */
export class UploadQueue {
  readonly captureId: string;
  readonly #options: UploadQueueOptions;
  readonly #timers: Timers;
  readonly #window: number;
  readonly #maxChunks: number;
  /** Not yet durable, in order of seq. */
  #chunks: Chunk[];
  #nextSeq = 0;
  /** The next seq to put on the line. */
  #cursor = 0;
  #acked = -1;
  #inFlight = 0;
  #online = false;
  #closed = false;
  #lost: LostRange | null = null;
  /** Holds all sending back for a while. */
  #backOff: unknown = null;
  #probe: unknown = null;
  #probes = 0;
  /** Grows whenever the cursor goes back, so that answers to older sendings are only read for their marks. */
  #epoch = 0;

  constructor(options: UploadQueueOptions) {
    this.captureId = options.captureId;
    this.#options = options;
    this.#timers = options.timers ?? realTimers;
    this.#window = options.window ?? 20;
    this.#maxChunks = options.maxChunks ?? 9_000;
    this.#chunks = [...(options.restored ?? [])];
    this.#nextSeq = (this.#chunks.at(-1)?.seq ?? -1) + 1;
    this.#cursor = this.#chunks[0]?.seq ?? 0;
    this.#acked = this.#cursor - 1;
  }

  /** Chunks that the service does not have durably. */
  get pending(): number {
    return this.#chunks.length;
  }

  /** Chunks that the service has not acknowledged. */
  get unacknowledged(): number {
    return this.#chunks.filter(({ seq }) => seq > this.#acked).length;
  }

  /** Takes the next 100 ms. */
  push(data: ArrayBuffer, capturedAtMs: number): void {
    if (this.#closed) return;
    const chunk: Chunk = { seq: this.#nextSeq, capturedAtMs, data };
    this.#nextSeq += 1;
    this.#chunks.push(chunk);
    this.#mirror(this.#options.store.put(this.captureId, chunk));
    if (this.#chunks.length > this.#maxChunks) this.#giveUpOldest();
    this.#probes = 0;
    this.#pump();
    this.#options.onChange?.();
  }

  /** The line is up and the room joined. `nextSeq` is the service's `resume` for this capture. */
  resume(nextSeq?: number): void {
    if (this.#closed) return;
    this.#online = true;
    this.#stopTimers();
    if (nextSeq !== undefined) this.#acked = nextSeq - 1;
    this.#goBack();
    this.#pump();
  }

  /** The line is down: chunks are kept. */
  pause(): void {
    this.#online = false;
    this.#stopTimers();
    this.#goBack();
  }

  /** Ends the capture. With `discard` its audio is thrown away, here and in the store. */
  close({ discard }: { discard: boolean }): void {
    this.#closed = true;
    this.#online = false;
    this.#stopTimers();
    if (!discard) return;
    this.#chunks = [];
    this.#mirror(this.#options.store.removeThrough(this.captureId, this.#nextSeq));
    this.#options.onChange?.();
  }

  #pump(): void {
    while (this.#online && this.#backOff === null && this.#inFlight < this.#window) {
      const chunk = this.#chunks.find(({ seq }) => seq >= this.#cursor);
      if (!chunk) break;
      this.#sendOne(chunk);
      this.#cursor = chunk.seq + 1;
    }
    this.#armProbe();
  }

  #sendOne(chunk: Chunk): void {
    const epoch = this.#epoch;
    const lost = this.#lost;
    this.#inFlight += 1;
    void this.#options
      .send({ ...chunk, captureId: this.captureId, ...(lost ? { lost } : {}) })
      .then(
        (answer) => this.#answered(chunk, epoch, lost, answer),
        () => this.#answered(chunk, epoch, lost, null),
      );
  }

  #answered(
    chunk: Chunk,
    epoch: number,
    lost: LostRange | null,
    answer: Ack<ChunkAck> | null,
  ): void {
    const current = epoch === this.#epoch;
    if (current) this.#inFlight -= 1;
    if (this.#closed) return;
    if (answer?.ok) {
      if (lost && lost === this.#lost) this.#lost = null;
      this.#advance(answer, current);
      // The service stopped before a hole that we can fill.
      if (current && this.#inFlight === 0 && this.#acked < this.#cursor - 1) {
        this.#retryAfter(retryDelayMs);
      }
    } else if (current) {
      this.#refused(chunk, answer?.error ?? null);
    }
    this.#pump();
    this.#options.onChange?.();
  }

  #advance({ ackedSeq, durableSeq }: ChunkAck, current: boolean): void {
    // A lower mark than before: another node took the stream over without what was not durable yet.
    this.#acked = current ? ackedSeq : Math.max(this.#acked, ackedSeq);
    if ((this.#chunks[0]?.seq ?? Number.POSITIVE_INFINITY) > durableSeq) return;
    this.#chunks = this.#chunks.filter(({ seq }) => seq > durableSeq);
    this.#mirror(this.#options.store.removeThrough(this.captureId, durableSeq));
  }

  #refused(chunk: Chunk, error: { code: ErrorCode; retryAfterMs?: number } | null): void {
    if (error === null) {
      this.#retryAfter(retryDelayMs);
    } else if (finalCodes.has(error.code)) {
      this.close({ discard: true });
      this.#options.onRefused?.(error.code);
    } else if (waitingCodes.has(error.code)) {
      this.pause();
    } else if (error.code === 'rate_limited') {
      this.#retryAfter(error.retryAfterMs ?? retryDelayMs);
    } else if (error.code === 'invalid_chunk' || error.code === 'unsupported_sample_rate') {
      this.#giveUp(chunk.seq, chunk.seq);
    } else {
      this.#retryAfter(troubleDelayMs);
    }
  }

  #giveUpOldest(): void {
    const oldest = this.#chunks[0];
    if (!oldest) return;
    this.#giveUp(oldest.seq, oldest.seq);
  }

  #giveUp(from: number, to: number): void {
    this.#chunks = this.#chunks.filter(({ seq }) => seq < from || seq > to);
    if ((this.#chunks[0]?.seq ?? Number.POSITIVE_INFINITY) > to) {
      this.#mirror(this.#options.store.removeThrough(this.captureId, to));
    }
    const known = this.#lost;
    this.#lost = known && known[1] === from - 1 ? [known[0], to] : [from, to];
  }

  #goBack(): void {
    this.#epoch += 1;
    this.#inFlight = 0;
    this.#cursor = this.#acked + 1;
  }

  #retryAfter(delayMs: number): void {
    this.#goBack();
    this.#stopTimers();
    this.#backOff = this.#timers.set(() => {
      this.#backOff = null;
      this.#pump();
    }, delayMs);
  }

  /** Sends the last chunk once more when nothing else will bring news of its durability. */
  #armProbe(): void {
    const last = this.#chunks.at(-1);
    const idle = this.#online && this.#inFlight === 0 && this.#backOff === null;
    const wanted = idle && last !== undefined && last.seq <= this.#acked;
    if (!wanted || this.#probe !== null || this.#probes >= maxProbes) return;
    this.#probes += 1;
    this.#probe = this.#timers.set(() => {
      this.#probe = null;
      if (!this.#online || this.#inFlight > 0) return;
      const chunk = this.#chunks.at(-1);
      if (chunk && chunk.seq <= this.#acked) this.#sendOne(chunk);
    }, probeDelayMs * this.#probes);
  }

  #stopTimers(): void {
    if (this.#backOff !== null) this.#timers.clear(this.#backOff);
    if (this.#probe !== null) this.#timers.clear(this.#probe);
    this.#backOff = null;
    this.#probe = null;
  }

  /** The store is the copy for a reload; memory goes on without it (a full disk, for example). */
  #mirror(work: Promise<void>): void {
    work.catch((cause: unknown) => console.warn('[audio] the local copy was not written', cause));
  }
}
