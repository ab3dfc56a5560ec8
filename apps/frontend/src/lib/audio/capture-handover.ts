import { type CaptureOptions, startCapture } from './microphone-capture.ts';

export interface CaptureHandoverOptions {
  /** A new numbered capture begins; the one before ends and still hands over what it has. */
  begin: () => void;
  end: () => void;
  push: (pcm: ArrayBuffer, capturedAtMs: number) => void;
  onTrouble: (cause: unknown) => void;
  /** For tests. */
  start?: (options: CaptureOptions) => Promise<{ stop: () => void }>;
}

/**
 * One microphone after another without a hole: the earlier one is heard until the next one has delivered
 * its first 100 ms, and from there on only the next one. What was said in between is in one of the two.
 */
export class CaptureHandover {
  readonly #options: CaptureHandoverOptions;
  readonly #start: NonNullable<CaptureHandoverOptions['start']>;
  #heard: { stop: () => void } | null = null;
  #turn = 0;
  #capturing = false;

  constructor(options: CaptureHandoverOptions) {
    this.#options = options;
    this.#start = options.start ?? startCapture;
  }

  /** Listens to another track. A failure is told, and the earlier one goes on. */
  async switchTo(track: MediaStreamTrack): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const own: { stop: () => void } = { stop: () => undefined };
    const waiting: { pcm: ArrayBuffer; capturedAtMs: number }[] = [];
    let started = false;
    const take = (pcm: ArrayBuffer, capturedAtMs: number) => {
      if (this.#heard !== own) {
        if (turn !== this.#turn) return;
        this.#heard?.stop();
        this.#heard = own;
        if (this.#capturing) this.#options.end();
        this.#capturing = true;
        this.#options.begin();
      }
      this.#options.push(pcm, capturedAtMs);
    };
    try {
      const capture = await this.#start({
        track,
        // The first chunk may come before there is a hand on the capture.
        onChunk: (pcm, capturedAtMs) => {
          if (started) take(pcm, capturedAtMs);
          else waiting.push({ pcm, capturedAtMs });
        },
        onInterrupted: () => {
          if (turn === this.#turn) void this.switchTo(track);
        },
      });
      own.stop = capture.stop;
      started = true;
      if (turn !== this.#turn) {
        capture.stop();
        return;
      }
      for (const { pcm, capturedAtMs } of waiting) take(pcm, capturedAtMs);
    } catch (cause) {
      if (turn === this.#turn) this.#options.onTrouble(cause);
    }
  }

  /** Nothing is listened to any more. */
  stop(): void {
    this.#turn += 1;
    this.#heard?.stop();
    this.#heard = null;
    if (this.#capturing) this.#options.end();
    this.#capturing = false;
  }
}
