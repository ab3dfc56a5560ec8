/** Calls `work` after `delayMs`. @returns what calls it off */
export type Later = (work: () => void, delayMs: number) => () => void;

export const later: Later = (work, delayMs) => {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
};

/** Each wait is about twice the one before: a slow machine is given time, a lost signal is not waited for long. */
export const waitsMs = [4_000, 8_000, 16_000, 32_000, 60_000] as const;

/** Waits for something to come about and asks for help ever more rarely when it does not. */
export class Patience {
  readonly #later: Later;
  readonly #onEnd: (attempt: number) => void;
  #attempts = 0;
  #cancel: (() => void) | null = null;

  constructor(options: { later: Later; onEnd: (attempt: number) => void }) {
    this.#later = options.later;
    this.#onEnd = options.onEnd;
  }

  /** Begins to wait, unless it waits already. */
  begin(): void {
    if (this.#cancel === null) this.#wait();
  }

  /** Something happened on the way: the present wait begins again, and is not a longer one. */
  progress(): void {
    if (this.#cancel === null) return;
    this.#cancel();
    this.#wait();
  }

  /** What happened makes an early success likely: as at the beginning. */
  fresh(): void {
    this.#attempts = 0;
    this.progress();
  }

  /** It has come about. */
  end(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#attempts = 0;
  }

  #wait(): void {
    const delayMs = waitsMs[Math.min(this.#attempts, waitsMs.length - 1)] ?? 60_000;
    this.#cancel = this.#later(() => {
      this.#attempts += 1;
      this.#wait();
      this.#onEnd(this.#attempts);
    }, delayMs);
  }
}
