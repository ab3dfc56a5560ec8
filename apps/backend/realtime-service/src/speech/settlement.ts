interface Expected {
  readonly startSample: number;
  /** Where the sound ends whose text is waited for; null for a text that nobody waits for. */
  readonly endSample: number | null;
}

/**
 * What a stream still owes: texts on their way, and how far it could be taken up again without
 * hearing what came before.
 */
export class Settlement {
  private readonly owed = new Set<Expected>();
  private marks: number[];
  private waiting: (() => void)[] = [];
  private watching: (() => void)[] = [];

  private readonly onError: (error: unknown) => void;

  constructor(startSample: number, onError: (error: unknown) => void) {
    this.marks = [startSample];
    this.onError = onError;
  }

  /** The last mark with nothing owed before it. */
  get checkpoint(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const one of this.owed) first = Math.min(first, one.startSample);
    const passed = this.marks.filter((mark) => mark <= first);
    const checkpoint = passed.at(-1) ?? (this.marks[0] as number);
    this.marks = this.marks.filter((mark) => mark >= checkpoint);
    return checkpoint;
  }

  /** End of the oldest sound whose text is waited for, or null. */
  get oldestEnd(): number | null {
    let oldest: number | null = null;
    for (const { endSample } of this.owed) {
      if (endSample !== null && (oldest === null || endSample < oldest)) oldest = endSample;
    }
    return oldest;
  }

  mark(sample: number): void {
    this.marks.push(sample);
    // Only the last passed mark is ever asked for; reading it forgets the others.
    if (this.marks.length > 64) void this.checkpoint;
  }

  expect(startSample: number, endSample: number | null, text: Promise<unknown>): void {
    const expected = { startSample, endSample };
    this.owed.add(expected);
    const settle = () => {
      this.owed.delete(expected);
      this.wake();
    };
    text.then(settle, (error: unknown) => {
      this.onError(error);
      settle();
    });
  }

  /** Resolves when nothing is owed. */
  whenSettled(): Promise<void> {
    if (this.owed.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Resolves when a text that is owed has come, or nobody waits for it any more. */
  whenSomeSettled(): Promise<void> {
    if (this.owed.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.watching.push(resolve));
  }

  abandon(): void {
    this.owed.clear();
    this.wake();
  }

  private wake(): void {
    for (const resolve of this.watching.splice(0)) resolve();
    if (this.owed.size > 0) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
