import type { Clock } from '@medcall/service-kit';
import type { Progress } from './hear-again.ts';

/** A paid engine that is away, or a node that people keep busy, for so long is not waited for: others wait too. */
const LONGEST_STILL_MS = 10 * 60_000;

/** How long a job has come no further. */
export class Stillness {
  private readonly clock: Clock;
  private before = '0 0';
  private since: number;

  constructor(clock: Clock) {
    this.clock = clock;
    this.since = clock.now();
  }

  /** Told how far it is. @returns true when that has been the same for too long */
  isTooLong({ secondsDone }: Progress, eventsHeard: number): boolean {
    const now = `${secondsDone} ${eventsHeard}`;
    if (now !== this.before) {
      this.before = now;
      this.since = this.clock.now();
    }
    return this.clock.now() - this.since > LONGEST_STILL_MS;
  }
}
