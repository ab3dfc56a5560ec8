import { setTimeout } from 'node:timers/promises';
import { type Clock, monotonicClock } from '@medcall/service-kit';
import { VAD_FRAME_SAMPLES } from './vad-model.ts';

const SAMPLES_PER_SECOND = 16_000;
/** A hundred streams in runs of one or two frames take half a core; in runs of thirty a sixth of one. */
const APART_MS = 10;
/** With fewer streams there is little to share a run with, and a frame is judged as it comes. */
const FEW_STREAMS = 16;
const WINDOW_MS = 1000;
const FEW_FRAMES = (FEW_STREAMS * SAMPLES_PER_SECOND * WINDOW_MS) / 1000 / VAD_FRAME_SAMPLES;

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
  private framesInWindow = 0;
  private areMany = false;

  constructor(timing: Timing) {
    this.timing = timing;
  }

  /** Resolves when the next run may begin. */
  async beforeRun(): Promise<void> {
    const waitMs = this.areMany ? this.lastRun + APART_MS - this.timing.now() : 0;
    if (waitMs > 0) await this.timing.sleep(waitMs);
    this.lastRun = this.timing.now();
  }

  /** Counts what a run took. */
  judged(frames: number): void {
    const sinceMs = this.timing.now() - this.windowStart;
    if (sinceMs >= WINDOW_MS) {
      this.areMany = sinceMs < 2 * WINDOW_MS && this.framesInWindow > FEW_FRAMES;
      this.windowStart = this.timing.now();
      this.framesInWindow = 0;
    }
    this.framesInWindow += frames;
  }
}
