import type { Ack, ChunkAck } from '@medcall/shared-types';
import { type Pcm, padTo, slice } from './wav.ts';

export interface OutgoingChunk {
  captureId: string;
  seq: number;
  capturedAtMs: number;
  sampleRate: number;
  data: Buffer;
}

export interface AudioSenderOptions {
  pcm: Pcm;
  captureId: string;
  /** Sends one chunk and gives the service's answer; throws when none came. */
  send: (chunk: OutgoingChunk) => Promise<Ack<ChunkAck>>;
  /** 2 sends twice as fast as the sound lasts. */
  speed?: number;
  chunkMs?: number;
  /** Chunks on the way without an answer; at the bound the sender waits, as a microphone's buffer would grow. */
  windowChunks?: number;
  now?: () => number;
}

/** Refusals that pass: the sender goes back to what was not acknowledged and tries again. */
const passing = new Set([
  'not_joined',
  'not_transcribing',
  'rate_limited',
  'storage_full',
  'unavailable',
]);

const retryMs = 500;

/**
 * Plays a recording as a microphone would: chunks in real time with their sequence number, kept until
 * the service calls them durable, sent again from its mark after a dropped line.
 */
export class AudioSender {
  readonly #options: Required<AudioSenderOptions>;
  readonly #lastSeq: number;
  #next = 0;
  #acked = -1;
  #durable = -1;
  #inFlight = 0;
  /** Answers to chunks sent before the last rewind no longer count. */
  #round = 0;
  #paused = false;
  #retryAt = 0;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(options: AudioSenderOptions) {
    const { chunkMs = 100, pcm } = options;
    const chunks = Math.ceil(pcm.durationMs / chunkMs);
    this.#options = {
      speed: 1,
      windowChunks: 100,
      now: Date.now,
      ...options,
      chunkMs,
      // A microphone gives whole chunks; the service refuses crumbs of less than 20 ms.
      pcm: padTo(pcm, chunks * chunkMs),
    };
    this.#lastSeq = chunks - 1;
  }

  get marks(): ChunkAck & { lastSeq: number } {
    return { ackedSeq: this.#acked, durableSeq: this.#durable, lastSeq: this.#lastSeq };
  }

  /** The line dropped: nothing is sent until `resumeFrom`. */
  pause(): void {
    this.#paused = true;
    this.#signal();
  }

  /** The service is back and wants `nextSeq`. It may lie before what was acknowledged but not durable. */
  resumeFrom(nextSeq: number): void {
    if (nextSeq <= this.#durable) {
      this.#fail(new Error(`the service asks for chunk ${nextSeq}, which it called durable`));
      return;
    }
    this.#acked = nextSeq - 1;
    this.#paused = false;
    this.#rewind(nextSeq, 0);
  }

  /**
   * Sends everything; the sound's zero is at `startedAtMs` on the clock of `now`.
   * Resolves once the last chunk is acknowledged. @throws Error on a refusal that will not pass
   */
  async run(startedAtMs: number): Promise<void> {
    const { now, speed, chunkMs, windowChunks } = this.#options;
    while (this.#acked < this.#lastSeq) {
      if (this.#failure) throw this.#failure;
      const waiting = this.#paused || this.#next > this.#lastSeq || this.#inFlight >= windowChunks;
      // A chunk exists once its last sample was heard.
      const due = Math.max(startedAtMs + ((this.#next + 1) * chunkMs) / speed, this.#retryAt);
      const waitMs = waiting ? Number.POSITIVE_INFINITY : due - now();
      if (waitMs > 0) {
        await this.#sleep(waitMs);
        continue;
      }
      void this.#deliver(this.#next, this.#round);
      this.#next += 1;
    }
  }

  /**
   * Waits until the service calls everything durable, asking by sending the last chunk again
   * (the first bytes win, so it changes nothing). @returns false when the deadline passed first
   */
  async settle(timeoutMs: number): Promise<boolean> {
    const deadline = this.#options.now() + timeoutMs;
    while (this.#durable < this.#lastSeq) {
      if (this.#failure) throw this.#failure;
      if (this.#options.now() >= deadline) return false;
      if (!this.#paused) void this.#deliver(this.#lastSeq, this.#round);
      // Not woken by the answer: one question in half a second is enough.
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
    return true;
  }

  async #deliver(seq: number, round: number): Promise<void> {
    const { pcm, chunkMs, captureId, send } = this.#options;
    this.#inFlight += 1;
    try {
      const answer = await send({
        captureId,
        seq,
        capturedAtMs: seq * chunkMs,
        sampleRate: 16_000,
        data: slice(pcm, seq * chunkMs, chunkMs),
      });
      if (round === this.#round) this.#answered(answer);
    } catch {
      // No answer: whether it arrived is unknown, so it is sent again. The service knows repeats.
      if (round === this.#round && !this.#paused) this.#rewind(this.#acked + 1, retryMs);
    } finally {
      if (round === this.#round) this.#inFlight -= 1;
      this.#signal();
    }
  }

  #answered(answer: Ack<ChunkAck>): void {
    if (answer.ok) {
      // The last word counts: another node may have taken over without what was not durable yet.
      this.#acked = answer.ackedSeq;
      this.#durable = Math.max(this.#durable, answer.durableSeq);
      const stopped = this.#inFlight === 1 && this.#acked < this.#next - 1;
      if (stopped) this.#rewind(this.#acked + 1, retryMs);
    } else if (passing.has(answer.error.code)) {
      this.#rewind(this.#acked + 1, answer.error.retryAfterMs ?? retryMs);
    } else {
      this.#fail(new Error(`audioChunk: ${answer.error.code}: ${answer.error.message}`));
    }
  }

  #rewind(nextSeq: number, waitMs: number): void {
    this.#round += 1;
    this.#inFlight = 0;
    this.#next = nextSeq;
    this.#retryAt = this.#options.now() + waitMs;
    this.#signal();
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#signal();
  }

  #signal(): void {
    this.#wake?.();
  }

  async #sleep(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (Number.isFinite(ms)) timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.#wake = undefined;
  }
}
