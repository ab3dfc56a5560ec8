/**
 * Finds a loop at the end of a sequence: the same run of items said again and again, which is how
 * Whisper fails on windows it does not understand.
 *
 * A short run may be repeated by a person ("não, não, não"), so the shorter the run, the more
 * often it must come: a loop has at least `LEAST_REPEATS` rounds and `LEAST_LENGTH` items in all.
 */
const LEAST_REPEATS = 3;
const LEAST_LENGTH = 9;
const LONGEST_RUN = 40;

export interface Loop {
  /** Length of the sequence up to the end of the first round. */
  readonly keep: number;
  readonly run: number;
  readonly repeats: number;
}

/** The loop at the end of `items`, or null. */
export function trailingLoop<T>(items: readonly T[]): Loop | null {
  for (let run = 1; run <= Math.min(LONGEST_RUN, items.length / LEAST_REPEATS); run += 1) {
    let matched = 0;
    while (
      matched + run < items.length &&
      items[items.length - 1 - matched] === items[items.length - 1 - matched - run]
    ) {
      matched += 1;
    }
    const repeats = Math.floor(matched / run) + 1;
    if (repeats >= LEAST_REPEATS && repeats * run >= LEAST_LENGTH) {
      return { keep: items.length - (repeats - 1) * run, run, repeats };
    }
  }
  return null;
}
