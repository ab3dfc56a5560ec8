import { annotations } from './annotations.ts';
import { confidence } from './confidence.ts';
import type { Candidate, Filter } from './filter.ts';
import { foreignScript } from './foreign-script.ts';
import { lengthGuard } from './length-guard.ts';
import { phantomPhrases } from './phantom-phrases.ts';
import { repetition } from './repetition.ts';
import { speechGate } from './speech-gate.ts';

/** Cheap and certain first; those that rewrite come before those that judge the rest. */
export const FILTERS: readonly Filter[] = [
  speechGate,
  annotations,
  foreignScript,
  repetition,
  lengthGuard,
  confidence,
  phantomPhrases,
];

export type FilteredText =
  | { readonly kept: true; readonly text: string }
  | { readonly kept: false; readonly filter: string };

/** The text without what nobody said, or the name of the filter that dropped all of it. */
export function runFilters(
  candidate: Candidate,
  filters: readonly Filter[] = FILTERS,
): FilteredText {
  let text = candidate.text.trim();
  if (text === '') return { kept: false, filter: 'empty' };
  for (const filter of filters) {
    const verdict = filter.judge({ ...candidate, text });
    if (verdict.action === 'drop') return { kept: false, filter: filter.name };
    if (verdict.action === 'rewrite') text = verdict.text;
  }
  return { kept: true, text };
}
