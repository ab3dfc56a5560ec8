import type { SuggestionStatus } from '@medcall/shared-types/suggestion';
import type { Coverage } from '../coverage.ts';

export interface OfferedQuestion {
  id: string;
  topic: string;
  redFlag: boolean;
  status: SuggestionStatus;
  /** Utterances since it was offered. */
  age: number;
}

export const maxOpen = 3;
/** An unused question may make room after this many utterances: the talk has moved on. */
export const staleAfter = 9;
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
 * @param ranked best first, without topics that are covered or were offered
 */
export function placeQuestions<Q extends { urgent: boolean }>(
  ranked: readonly Q[],
  { coverage, offered, utterances }: Placing,
): Placed<Q> {
  const open = openQuestions(offered, coverage).sort((a, b) => b.age - a.age);
  const stale = open.filter((offer) => offer.age > staleAfter);
  const free = maxOpen - open.length;
  const opening = utterances <= openingUtterances ? perOpeningTurn : maxOpen;
  const chosen = ranked.slice(0, Math.max(0, Math.min(opening, free + stale.length)));
  const retired = stale.slice(0, Math.max(0, chosen.length - free));
  const yielding = open.filter(
    (offer) => !offer.redFlag && offer.age >= readAfter && !retired.includes(offer),
  );
  for (const urgent of ranked.slice(chosen.length).filter((candidate) => candidate.urgent)) {
    const making = yielding.shift();
    if (!making || chosen.length >= opening) break;
    chosen.push(urgent);
    retired.push(making);
  }
  return { chosen, retired };
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
    open.some((offer) => offer.age > staleAfter || (!offer.redFlag && offer.age >= readAfter))
  );
}
