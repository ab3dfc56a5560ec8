import {
  complemented,
  findingModifiers,
  findingNouns,
  linkingWords,
  needsComplement,
  timeWords,
} from '../talk/finding-words.ts';
import { foldedOf, type Token } from '../talk/statement.ts';
import { findPhrase } from '../text/phrase.ts';

const separators = new Set(['e', 'ou', 'nem']);
const quantifiers: Readonly<Record<string, string>> = {
  algum: '',
  alguma: '',
  alguns: '',
  algumas: '',
  nenhum: '',
  nenhuma: '',
  qualquer: '',
};

/** Names of complaints or diseases, as they were said. */
export interface FindingList {
  items: Token[][];
  /** Between the last two: "e", "ou" or "nem". */
  joint: string;
}

/**
 * Reads "febre, dor de cabeça ou vômito" as three names. Undefined when any word is not surely part of
 * a name: then nothing may be rewritten.
 */
export function readFindingList(tokens: readonly Token[]): FindingList | undefined {
  const items: Token[][] = [];
  let joint = 'e';
  let current: Token[] = [];
  const close = () => {
    if (current.length > 0) items.push(current);
    current = [];
  };
  for (const token of tokens) {
    if (separators.has(token.folded)) {
      close();
      joint = token.folded;
      continue;
    }
    current.push(token);
    if (token.endsClause) close();
  }
  close();
  return items.length > 0 && items.every(isFinding) ? { items, joint } : undefined;
}

function isFinding(item: readonly Token[]): boolean {
  const said = foldedOf(item);
  const noun = said.find((word) => !linkingWords.has(word));
  if (noun === undefined || !findingNouns.has(noun)) return false;
  const known = said.every(
    (word) =>
      linkingWords.has(word) ||
      findingNouns.has(word) ||
      findingModifiers.has(word) ||
      timeWords.has(word),
  );
  if (!known || linkingWords.has(said.at(-1) ?? '')) return false;
  return !needsComplement.has(noun) || findPhrase(complemented, said) !== undefined;
}

/** The names in one line, without "algum" and articles in front: "febre, dor de cabeça ou vômito". */
export function nameFindings({ items, joint }: FindingList): string {
  const names = items.map(nameOf);
  const last = names.pop() ?? '';
  const word = joint === 'nem' ? 'e' : joint;
  return names.length === 0 ? last : `${names.join(', ')} ${word} ${last}`;
}

const articles = new Set(['a', 'o', 'as', 'os', 'um', 'uma', 'uns', 'umas', 'de']);

function nameOf(item: readonly Token[]): string {
  const kept = item.filter((token) => quantifiers[token.folded] === undefined);
  while (kept.length > 1 && articles.has(kept[0]?.folded ?? '')) kept.shift();
  const name = kept.map((token) => token.raw).join(' ');
  return name.charAt(0).toLowerCase() + name.slice(1);
}
