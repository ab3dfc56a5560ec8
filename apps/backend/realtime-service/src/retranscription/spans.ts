import { DEFAULT_TURN_SETTINGS } from '../speech/turn-tracker.ts';

/** From where to where on a consultation's timeline, in milliseconds. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Two hearings of one sound may set its ends so far apart; a short word is longer. */
const LOOSE_END_MS = 500;
/** Within what was one turn, nobody need have spoken for so long. */
const LONGEST_PAUSE_MS = DEFAULT_TURN_SETTINGS.longestPauseSeconds * 1000;

export function lengthOf({ endMs, startMs }: Span): number {
  return endMs - startMs;
}

export function mostlyWithin(part: Span, whole: Span): boolean {
  const common = Math.min(part.endMs, whole.endMs) - Math.max(part.startMs, whole.startMs);
  return common > lengthOf(part) / 2;
}

export function isClearlyShorter(one: Span, other: Span): boolean {
  return lengthOf(other) - lengthOf(one) > LOOSE_END_MS;
}

/** All of it is no more than what its ends may differ by. */
function isShort(span: Span): boolean {
  return lengthOf(span) <= 2 * LOOSE_END_MS;
}

/** Whether others leave nothing of a span out in which words may have been. */
export function isCovered(whole: Span, others: readonly Span[]): boolean {
  // What both loose ends leave of a short word is nothing: one of the others must hold most of it.
  if (isShort(whole) && !others.some((one) => mostlyWithin(whole, one))) return false;
  let until = whole.startMs;
  let longestGapMs = LOOSE_END_MS;
  const within = others.filter((one) => one.endMs > whole.startMs && one.startMs < whole.endMs);
  for (const { endMs, startMs } of within.sort((a, b) => a.startMs - b.startMs)) {
    if (startMs - until > longestGapMs) return false;
    until = Math.max(until, endMs);
    longestGapMs = LONGEST_PAUSE_MS;
  }
  return whole.endMs - until <= LOOSE_END_MS;
}
