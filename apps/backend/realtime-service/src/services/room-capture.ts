import type { Clock } from '@medcall/service-kit';
import type { Captures, OpenCapture } from './captures.ts';

const shortestLookMs = 300;

/** Whether a consultation takes sound, as this node knows it, and a look at the database where it may be late. */
export class RoomCapture {
  private readonly captures: Pick<Captures, 'active'>;
  private readonly consultationId: string;
  private readonly monotonic: Clock;
  private readonly onFound: (capture: OpenCapture) => void;
  private capture: OpenCapture | null = null;
  /** Grows with each pause: a look that began before one has nothing to say. */
  private pauses = 0;
  private look: Promise<void> | null = null;
  private lookedAtMs: number | null = null;

  /** @param options onFound: told of a capture that began elsewhere; `set` is left to it */
  constructor(options: {
    captures: Pick<Captures, 'active'>;
    consultationId: string;
    /** Nobody sets it. */
    monotonic: Clock;
    onFound: (capture: OpenCapture) => void;
  }) {
    this.captures = options.captures;
    this.consultationId = options.consultationId;
    this.monotonic = options.monotonic;
    this.onFound = options.onFound;
  }

  get current(): OpenCapture | null {
    return this.capture;
  }

  set(capture: OpenCapture): void {
    this.capture = capture;
  }

  pause(): void {
    this.capture = null;
    this.pauses += 1;
  }

  /**
   * The word that a capture has begun on another node may come later than the first chunk of it.
   * One look at the database per moment is enough for however many chunks come in vain.
   */
  async find(): Promise<OpenCapture | null> {
    if (this.capture) return this.capture;
    const now = this.monotonic.now();
    const longAgo = this.lookedAtMs === null || now - this.lookedAtMs >= shortestLookMs;
    // Who comes while somebody looks waits for the answer: a refusal would end the sender's capture.
    if (longAgo) this.look ??= this.read();
    await this.look;
    return this.capture;
  }

  private async read(): Promise<void> {
    const { pauses } = this;
    try {
      const capture = await this.captures.active(this.consultationId);
      if (capture && this.pauses === pauses) this.onFound(capture);
    } finally {
      this.look = null;
      this.lookedAtMs = this.monotonic.now();
    }
  }
}
