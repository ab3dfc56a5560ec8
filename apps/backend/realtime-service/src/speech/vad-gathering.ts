import { setTimeout } from 'node:timers/promises';
import { type Clock, monotonicClock } from '@medcall/service-kit';

/**
 * Of a hundred streams about nine frames come in this time, and a run of nine costs little more for each than a full
 * one. A stream that catches up brings one frame after the other: still ten times as fast as it was spoken.
 */
const APART_MS = 3;
/** With fewer streams there is little to share a run with, and a frame is judged as it comes. */
const FEW_STREAMS = 16;
const WINDOW_MS = 1000;

/** Time that a test can move. */
export interface Timing extends Clock {
  sleep(ms: number): Promise<unknown>;
}

/** Timers of the event loop. */
export const loopTiming: Timing = { ...monotonicClock, sleep: setTimeout };

/** When many streams are heard: keeps the starts of runs apart, so that frames meanwhile share the next one. */
export class Gathering {
  private readonly timing: Timing;
  private lastRun = Number.NEGATIVE_INFINITY;
  private windowStart = Number.NEGATIVE_INFINITY;
  private heardInWindow = new Set<object>();
  private areMany = false;

  constructor(timing: Timing) {
    this.timing = timing;
  }

  /**
   * Resolves when the next run may begin.
   * @param isFull more frames would not fit into it
   */
  async beforeRun(isFull: boolean): Promise<void> {
    const waitMs = this.areMany && !isFull ? this.lastRun + APART_MS - this.timing.now() : 0;
    if (waitMs > 0) await this.timing.sleep(waitMs);
    this.lastRun = this.timing.now();
  }

  /** Counts whose frames a run took: one that catches up brings many, and is one. */
  judged(streams: readonly object[]): void {
    const sinceMs = this.timing.now() - this.windowStart;
    if (sinceMs >= WINDOW_MS) {
      this.areMany = sinceMs < 2 * WINDOW_MS && this.heardInWindow.size > FEW_STREAMS;
      this.windowStart = this.timing.now();
      this.heardInWindow = new Set();
    }
    for (const stream of streams) this.heardInWindow.add(stream);
  }
}
