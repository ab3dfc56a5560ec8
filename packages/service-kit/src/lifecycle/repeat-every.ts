export interface Repetition {
  /** No further round begins; resolves when the running one has ended. */
  stop(): Promise<void>;
}

/** Repeats `work`, never two rounds at once: a slow round makes the next ones wait instead of piling up. */
export function repeatEvery(
  everyMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repetition {
  let round: Promise<void> | null = null;
  const timer = setInterval(() => {
    round ??= work()
      .then(() => undefined, onError)
      .finally(() => {
        round = null;
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
