/** Pauses between tries: each is `factor` times the one before, up to the longest. */
export interface BackOff {
  firstMs: number;
  factor: number;
  longestMs: number;
  /** After so many tries nobody waits any longer. */
  attempts: number;
}

/** @param attempt the try that just failed, from 1. @returns null when it was the last one */
export function pauseAfter(attempt: number, backOff: BackOff, askedMs = 0): number | null {
  if (attempt >= backOff.attempts) return null;
  const pause = Math.min(backOff.firstMs * backOff.factor ** (attempt - 1), backOff.longestMs);
  // What the other side asked for counts, within reason.
  return Math.max(pause, Math.min(askedMs, backOff.longestMs));
}
