import { findingNouns, namedThings } from './finding-words.ts';
import { foldedOf, type Token } from './statement.ts';
import type { Answer } from './yes-no.ts';

/** Two deeds that go together, and nothing beside them: whoever says "não" does neither. */
const eitherDeed =
  /(?:^| )(?:fuma|bebe|usa|fumou|bebeu|usou|vomitou|desmaiou|caiu|tossiu) ou (?:fuma|bebe|usa|fumou|bebeu|usou|vomitou|desmaiou|caiu|tossiu)$/;

/** In front of a name: "ou alguma tosse", "ou outro remédio". */
const beforeName = new Set(
  'a o as os um uma algum alguma alguns algumas qualquer outro outra outros outras'.split(' '),
);
/** "É tosse ou pigarro?" asks which of the two it is. Folded, "é" would be "e". */
const being = new Set('é são era eram foi foram seria fica ficava'.split(' '));

/**
 * True for a question that offers sides to choose from: "É na direita ou na esquerda?", "Dorme bem ou
 * acorda à noite?". Yes or no chooses none of them, and denies nothing. "Tem febre ou tosse?" and "Fuma
 * ou bebe?" name several things that may all be absent.
 */
export function asksWhich(question: readonly Token[]): boolean {
  const said = foldedOf(question);
  const first = said.indexOf('ou');
  if (first === -1 || eitherDeed.test(said.join(' '))) return false;
  if (question.slice(0, first).some(({ raw }) => being.has(raw.toLowerCase()))) return true;
  return said.some((word, at) => word === 'ou' && !joinsNames(said, at));
}

function joinsNames(said: readonly string[], at: number): boolean {
  const next = said.slice(at + 1).find((word) => !beforeName.has(word)) ?? '';
  const before = said.slice(0, at);
  const isName = (word: string) => findingNouns.has(word) || namedThings.has(word);
  return isName(next) && before.some(isName);
}

/**
 * Whether a bare yes or no holds for everything that a question names: "não" to one that does not ask
 * which, "sim" to one that names no alternatives ("náusea ou vômito?" – "sim" leaves open which).
 */
export function holdsForAll(question: readonly Token[], answer: Answer): boolean {
  return answer === 'no' ? !asksWhich(question) : !question.some((token) => token.folded === 'ou');
}
