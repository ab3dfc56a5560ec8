interface WorkLooksOptions {
  everyMs: number;
  /** Does what there is to do, to its end. Its work stops where `stopped` says so. */
  look: () => Promise<void>;
  onError: (error: unknown) => void;
}

/**
 * Looks for work from time to time and whenever it is woken, one look at a time: who wakes it in mid-look has it
 * look once more. The list of work lies elsewhere, in rows: a look that fails is made up for by the next.
 */
export class WorkLooks {
  private readonly options: WorkLooksOptions;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private ended = false;

  constructor(options: WorkLooksOptions) {
    this.options = options;
  }

  get stopped(): boolean {
    return this.ended;
  }

  start(): void {
    this.timer = setInterval(() => this.wake(), this.options.everyMs);
    this.timer.unref();
    this.wake();
  }

  /** Looks now. */
  wake(): void {
    if (this.ended) return;
    this.again = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (this.again) this.wake();
    });
  }

  /** Resolves when there is nothing left to do right now. */
  async idle(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  /** From here on nothing new begins. @returns what ends with the look that is under way */
  async stop(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.again && !this.ended) {
      this.again = false;
      try {
        await this.options.look();
      } catch (error) {
        this.options.onError(error);
      }
    }
  }
}
