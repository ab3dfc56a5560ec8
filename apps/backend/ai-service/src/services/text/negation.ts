import type { Span } from './phrase.ts';
import type { Sentence } from './sentences.ts';

const negators = new Set('nao nunca nem sem nenhum nenhuma nega jamais ninguem'.split(' '));
const breakers = new Set(['mas', 'porem', 'so', 'apenas', 'e']);
const reach = 4;

/** True when the words right before a finding deny it ("não tenho febre"). */
export function isNegatedBefore(
  sentence: Pick<Sentence, 'words' | 'clauses'>,
  span: Span,
): boolean {
  const { clauses, words } = sentence;
  for (let at = span.start; at > Math.max(0, span.start - reach); at--) {
    if (clauses.has(at)) return false;
    const before = words[at - 1] ?? '';
    if (negators.has(before)) return true;
    if (breakers.has(before)) return false;
  }
  return false;
}

/** The same, or a finding that holds the denial itself ("nunca tive nada"). */
export function isNegated(sentence: Pick<Sentence, 'words' | 'clauses'>, span: Span): boolean {
  return (
    isNegatedBefore(sentence, span) ||
    sentence.words.slice(span.start, span.end).some((word) => negators.has(word))
  );
}
