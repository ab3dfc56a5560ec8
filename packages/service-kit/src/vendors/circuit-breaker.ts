import type { Clock } from '../clock.ts';

export interface BreakerSettings {
  /** Failures in a row that open the circuit. */
  failures: number;
  /** How long an open circuit asks nobody, unless the vendor named a longer time. */
  openMs: number;
}

/**
 * Keeps a failing engine from being asked again and again: closed, open after some failures in a row,
 * half open for one trial after a pause.
 */
export class CircuitBreaker {
  private readonly settings: BreakerSettings;
  private readonly clock: Clock;
  private failuresInARow = 0;
  private closedUntilMs = 0;
  private trying = false;

  constructor(settings: BreakerSettings, clock: Clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Milliseconds until the engine may be asked; 0 when it may be asked now. */
  waitMs(): number {
    return Math.max(0, this.closedUntilMs - this.clock.now());
  }

  /** Whether a call may be made now; after a pause only one trial at a time. */
  admits(): boolean {
    if (this.waitMs() > 0) return false;
    if (this.failuresInARow < this.settings.failures) return true;
    if (this.trying) return false;
    this.trying = true;
    return true;
  }

  succeeded(): void {
    this.failuresInARow = 0;
    this.trying = false;
    this.closedUntilMs = 0;
  }

  /** @param retryAfterMs the vendor's own word on when to come back: it holds at once */
  failed(retryAfterMs?: number): void {
    this.failuresInARow += 1;
    this.trying = false;
    const open = this.failuresInARow >= this.settings.failures ? this.settings.openMs : 0;
    const pause = Math.max(open, retryAfterMs ?? 0);
    if (pause > 0) this.closedUntilMs = this.clock.now() + pause;
  }

  /** The call ended for a reason that says nothing of the engine. */
  abandoned(): void {
    this.trying = false;
  }
}
