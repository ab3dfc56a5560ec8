import { findAll, findPhrase, type Phrases, type Span } from './phrase.ts';
import { rememberFor } from './remember.ts';
import type { Sentence } from './sentences.ts';

/** What was looked for in a sentence before: a transcript is read anew after every utterance. */
const lookups = rememberFor((_: Sentence) => ({
  first: new Map<Phrases, Span | undefined>(),
  all: new Map<Phrases, Span[]>(),
}));

/** `findPhrase` in a sentence, remembered. */
export function findIn(wanted: Phrases, sentence: Sentence): Span | undefined {
  const { first } = lookups(sentence);
  if (!first.has(wanted)) first.set(wanted, findPhrase(wanted, sentence.words));
  return first.get(wanted);
}

/** `findAll` in a sentence, remembered. */
export function findAllIn(wanted: Phrases, sentence: Sentence): Span[] {
  const { all } = lookups(sentence);
  const before = all.get(wanted);
  if (before) return before;
  const found = findAll(wanted, sentence.words);
  all.set(wanted, found);
  return found;
}
