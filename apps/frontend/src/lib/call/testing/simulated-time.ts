interface Due {
  atMs: number;
  order: number;
  work: () => void;
}

/** A clock that jumps from one event to the next; promises settle in between. */
export class SimulatedTime {
  nowMs = 0;
  #order = 0;
  #queue: Due[] = [];

  readonly later = (work: () => void, delayMs: number): (() => void) => {
    const due = { atMs: this.nowMs + delayMs, order: this.#order++, work };
    this.#queue.push(due);
    return () => {
      this.#queue = this.#queue.filter((one) => one !== due);
    };
  };

  pass(ms: number): Promise<void> {
    return ms === 0 ? Promise.resolve() : new Promise((resolve) => this.later(resolve, ms));
  }

  /** Lets everything happen that is due until then, or until the condition holds. */
  async runUntil(endMs: number, done: () => boolean = () => false): Promise<void> {
    await settled();
    while (!done()) {
      const next = this.#takeNext(endMs);
      if (!next) break;
      this.nowMs = next.atMs;
      next.work();
      await settled();
    }
    if (!done()) this.nowMs = endMs;
  }

  #takeNext(endMs: number): Due | null {
    let first: Due | null = null;
    for (const due of this.#queue) {
      const earlier = !first || due.atMs < first.atMs;
      if (due.atMs <= endMs && (earlier || (due.atMs === first?.atMs && due.order < first.order))) {
        first = due;
      }
    }
    if (first) this.#queue = this.#queue.filter((one) => one !== first);
    return first;
  }
}

/** Promises that hang on each other settle within a turn of the event loop. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
