/** A difference this small between clock and count is jitter of the client, not a pause. */
const jitterMs = 150;

/**
 * Where each chunk of a stream stands, in samples from the stream's origin. Arrival times play no part,
 * so that replaying the log gives the same positions: the client's monotonic clock decides over
 * pauses when it is sent, the count of samples otherwise.
 */
export class SampleClock {
  private readonly samplesPerMs: number;
  private firstCapturedAtMs: number | null = null;
  private nextSample = 0;
  private lastLength = 0;
  private missing = 0;

  constructor(sampleRate: number) {
    this.samplesPerMs = sampleRate / 1000;
  }

  /** A clock that stands at the same place and goes on by itself. */
  copy(): SampleClock {
    const copy = new SampleClock(this.samplesPerMs * 1000);
    copy.firstCapturedAtMs = this.firstCapturedAtMs;
    copy.nextSample = this.nextSample;
    copy.lastLength = this.lastLength;
    copy.missing = this.missing;
    return copy;
  }

  /** Position behind the last chunk, in samples. */
  get position(): number {
    return this.nextSample;
  }

  /** Places a chunk of `length` samples. @returns its first sample */
  place(length: number, capturedAtMs: number | null): number {
    const start = this.startOf(capturedAtMs);
    this.missing = 0;
    this.lastLength = length;
    this.nextSample = start + length;
    return start;
  }

  /** Chunks that will never come: without a clock each is taken to be as long as the last one. */
  skip(chunks: number): void {
    this.missing += chunks * this.lastLength;
  }

  private startOf(capturedAtMs: number | null): number {
    if (capturedAtMs === null) return this.nextSample + this.missing;
    if (this.firstCapturedAtMs === null) {
      // The clock starts where counting has come to.
      this.firstCapturedAtMs = capturedAtMs - (this.nextSample + this.missing) / this.samplesPerMs;
      return this.nextSample + this.missing;
    }
    const byClock = Math.round((capturedAtMs - this.firstCapturedAtMs) * this.samplesPerMs);
    const ahead = byClock - this.nextSample;
    return ahead > jitterMs * this.samplesPerMs ? byClock : this.nextSample;
  }
}
