import { notFound } from '@medcall/service-kit';
import type { OfferedQuestion } from './questions/place-questions.ts';
import type { StoredRun, StoredSuggestion } from './suggestion-store.ts';
import type { Utterance } from './utterance.ts';

/**
 * The utterance that questions answer to. The caller names the newest one, but may have skipped some:
 * what the patient said since the last answer counts. A doctor's own words bring questions up only
 * when he begins to plan.
 */
export function findTrigger(
  utterances: readonly Utterance[],
  runs: ReadonlyMap<string, StoredRun>,
  requested: string | undefined,
  planning: boolean,
): Utterance | undefined {
  const last = requested === undefined ? undefined : utterances.find(({ id }) => id === requested);
  if (requested !== undefined && !last) throw notFound();
  if (last && (last.speaker !== 'MEDICO' || planning)) return last;
  const upTo = last ? utterances.indexOf(last) : utterances.length - 1;
  for (let at = upTo; at >= 0; at--) {
    const utterance = utterances[at];
    if (!utterance || runs.has(utterance.id)) return undefined;
    if (utterance.speaker !== 'MEDICO') return utterance;
  }
  return undefined;
}

/** Questions of one answer: its run and those of the utterances that it stood for began together. */
export function offeredIn(
  { runs, suggestions }: { runs: ReadonlyMap<string, StoredRun>; suggestions: StoredSuggestion[] },
  ranAt: number,
): StoredSuggestion[] {
  const together = new Set([...runs].filter(([, run]) => run.at === ranAt).map(([id]) => id));
  return suggestions.filter(({ askedAfter }) => together.has(askedAfter ?? ''));
}

/** A stored question as the selection sees it. */
export function toOffered(
  suggestion: StoredSuggestion,
  utterances: readonly Utterance[],
): OfferedQuestion {
  const at = utterances.findIndex((utterance) => utterance.id === suggestion.askedAfter);
  return {
    id: suggestion.id,
    topic: suggestion.topic,
    question: suggestion.question,
    redFlag: suggestion.redFlag ?? false,
    status: suggestion.status,
    age: at === -1 ? 0 : utterances.length - 1 - at,
  };
}

/** The seed's body carries the text of an utterance that may be stored already. */
export function unheard(typed: readonly Utterance[], stored: readonly Utterance[]): Utterance[] {
  const known = new Set(stored.map(({ text }) => text.trim()));
  return typed.filter(({ text }) => !known.has(text.trim()));
}

/** An utterance of the request itself, which no row holds. */
export function isTyped(id: string): boolean {
  return id.startsWith('typed-');
}

/** Id of the row behind an utterance, if there is one. */
export function storedId(utterance: Utterance | undefined): string | null {
  return utterance && !isTyped(utterance.id) ? utterance.id : null;
}
