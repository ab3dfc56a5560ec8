import type { Span } from './phrase.ts';

const negators = new Set([
  'nao',
  'nunca',
  'nem',
  'sem',
  'nenhum',
  'nenhuma',
  'nega',
  'jamais',
  'ninguem',
]);
const breakers = new Set(['mas', 'porem', 'so', 'apenas', 'e']);

/** True when the words right before a finding, or its own first words, deny it ("não tenho febre"). */
export function isNegated(words: readonly string[], span: Span, reach = 4): boolean {
  for (let at = span.start - 1; at >= Math.max(0, span.start - reach); at--) {
    const word = words[at] ?? '';
    if (negators.has(word)) return true;
    if (breakers.has(word)) break;
  }
  return words.slice(span.start, span.end).some((word) => negators.has(word));
}
