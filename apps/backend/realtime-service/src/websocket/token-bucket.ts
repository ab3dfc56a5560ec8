import type { Clock } from '@medcall/service-kit';

/** A budget that refills steadily: `capacity` at once, `perSecond` in the long run. */
export class TokenBucket {
  private readonly capacity: number;
  private readonly perSecond: number;
  private readonly clock: Clock;
  private level: number;
  private updatedAtMs: number;

  constructor(options: { capacity: number; perSecond: number; clock: Clock }) {
    this.capacity = options.capacity;
    this.perSecond = options.perSecond;
    this.clock = options.clock;
    this.level = options.capacity;
    this.updatedAtMs = options.clock.now();
  }

  /** Takes `amount`. @returns 0 when granted, else the wait in ms until it would be */
  take(amount: number): number {
    const now = this.clock.now();
    const refill = ((now - this.updatedAtMs) / 1000) * this.perSecond;
    this.level = Math.min(this.capacity, this.level + Math.max(0, refill));
    this.updatedAtMs = now;
    if (this.level >= amount) {
      this.level -= amount;
      return 0;
    }
    return Math.ceil(((amount - this.level) / this.perSecond) * 1000);
  }
}
