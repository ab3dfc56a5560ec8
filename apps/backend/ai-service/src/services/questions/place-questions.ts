import type { SuggestionStatus } from '@medcall/shared-types/suggestion';
import type { Coverage } from '../coverage.ts';

export interface OfferedQuestion {
  id: string;
  topic: string;
  question: string;
  redFlag: boolean;
  status: SuggestionStatus;
  /** Utterances since it was offered. */
  age: number;
}

export const maxOpen = 3;
/** An unused question may make room after this many utterances: the talk has moved on. */
const staleAfter = 9;
/** A red flag stands longer: that nobody has asked yet makes it no less dangerous. */
const redFlagStaleAfter = 12;
/** For a red flag any other question makes room, once the doctor has had a moment to read it. */
const readAfter = 2;
const openingUtterances = 4;
const perOpeningTurn = 2;

export interface Placing {
  offered: readonly OfferedQuestion[];
  coverage: Coverage;
  /** Utterances so far. */
  utterances: number;
}

export interface Placed<Q> {
  chosen: Q[];
  /** Open questions that make room for the chosen ones. */
  retired: OfferedQuestion[];
}

/**
 * Puts the best questions on the doctor's screen, whichever engine they come from: at most three open,
 * at most two at once in the opening, stale ones make room, and for what is urgent any other does.
 * One that waits keeps its place and is not shown: a worse one in its stead would be no better timed.
 * @param ranked best first, without topics that are covered or were offered
 */
export function placeQuestions<Q extends { urgent: boolean; waits: boolean }>(
  ranked: readonly Q[],
  { coverage, offered, utterances }: Placing,
): Placed<Q> {
  const open = openQuestions(offered, coverage).sort((a, b) => b.age - a.age);
  const stale = open.filter(isStale);
  const free = maxOpen - open.length;
  const opening = utterances <= openingUtterances ? perOpeningTurn : maxOpen;
  const places = Math.max(0, Math.min(opening, free + stale.length));
  const chosen = ranked.slice(0, places).filter((candidate) => !candidate.waits);
  const retired = stale.slice(0, Math.max(0, chosen.length - free));
  const yielding = open.filter(
    (offer) => !offer.redFlag && offer.age >= readAfter && !retired.includes(offer),
  );
  for (const urgent of ranked.slice(places).filter((candidate) => candidate.urgent)) {
    const making = yielding.shift();
    if (!making || chosen.length >= opening) break;
    chosen.push(urgent);
    retired.push(making);
  }
  return { chosen, retired };
}

/** True when the talk has moved on and the question may make room. */
export function isStale({ age, redFlag }: Pick<OfferedQuestion, 'age' | 'redFlag'>): boolean {
  return age > (redFlag ? redFlagStaleAfter : staleAfter);
}

/** Questions on the doctor's screen that still wait for him. */
export function openQuestions(
  offered: readonly OfferedQuestion[],
  coverage: Coverage,
): OfferedQuestion[] {
  const covered: ReadonlySet<string> = new Set(coverage.keys());
  return offered.filter((offer) => offer.status === 'shown' && !covered.has(offer.topic));
}

/** Whether anything at all could be offered now: otherwise nobody need be asked. */
export function hasRoom({ coverage, offered }: Placing): boolean {
  const open = openQuestions(offered, coverage);
  return (
    open.length < maxOpen ||
    open.some((offer) => isStale(offer) || (!offer.redFlag && offer.age >= readAfter))
  );
}
