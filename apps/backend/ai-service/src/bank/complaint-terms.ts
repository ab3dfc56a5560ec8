import { findAllIn } from '../services/text/find-in.ts';
import type { Span } from '../services/text/phrase.ts';
import type { Sentence } from '../services/text/sentences.ts';
import type { Complaint } from './complaint.ts';

/** Where a sentence brings up a complaint; words that mean something else there are left out. */
export function termsIn({ meansOther, terms }: Complaint, sentence: Sentence): Span[] {
  const found = findAllIn(terms, sentence);
  return meansOther ? found.filter((span) => !meansOther(sentence, span)) : found;
}
