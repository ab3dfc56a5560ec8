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

const had = new Set('tive teve tenho tem senti sente sinto sentiu vi viu'.split(' '));

/** "Febre não", "febre eu não tive": a denial that follows the finding at once and ends there. */
export function isNegatedBehind(
  { clauses, words }: Pick<Sentence, 'words' | 'clauses'>,
  { end }: Pick<Span, 'end'>,
): boolean {
  const at = words[end] === 'eu' || words[end] === 'ele' || words[end] === 'ela' ? end + 1 : end;
  if (clauses.has(end) || (words[at] !== 'nao' && words[at] !== 'nunca')) return false;
  const verb = had.has(words[at + 1] ?? '') ? at + 2 : at + 1;
  return verb >= words.length || clauses.has(verb);
}

/** Denied before it, or a finding that holds the denial itself ("nunca tive nada"). */
export function isNegated(sentence: Pick<Sentence, 'words' | 'clauses'>, span: Span): boolean {
  return (
    isNegatedBefore(sentence, span) ||
    sentence.words.slice(span.start, span.end).some((word) => negators.has(word))
  );
}
