import type { SpokenSpan } from '@medcall/utils/eval/speaker-accuracy';

/** A final text, and when it came. */
export interface Arrived {
  readonly startMs: number;
  readonly endMs: number;
  /** On the clock of the sound. */
  readonly atMs: number;
}

/** An utterance that ends this close to its turn's end reaches it. */
const REACHES_MS = 400;

/** Seconds from a turn's end to the first and the last final that reaches it; null when none does. */
export function reachLags(
  { endMs }: Pick<SpokenSpan, 'endMs'>,
  finals: readonly Arrived[],
): { first: number; last: number } | null {
  const reaching = finals.filter(
    (final) => final.startMs < endMs && final.endMs > endMs - REACHES_MS,
  );
  const first = reaching[0];
  const last = reaching.at(-1);
  if (first === undefined || last === undefined) return null;
  return { first: (first.atMs - endMs) / 1_000, last: (last.atMs - endMs) / 1_000 };
}
