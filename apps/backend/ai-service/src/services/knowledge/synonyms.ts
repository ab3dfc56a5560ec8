import { readFileSync } from 'node:fs';
import { words } from '../text/fold.ts';

/** People put them in or leave them out: "dor de cabeça", "dor na cabeça". */
const linkWords = new Set('de da do das dos no na nos nas o a os as em ao'.split(' '));

interface Synonym {
  lay: string[];
  clinical: string[];
}

/** How people say it → how guidelines write it, one pair a line, separated by a tab. */
export function parseSynonyms(table: string): Synonym[] {
  return table
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [lay, clinical, ...rest] = line.split('\t');
      if (!lay?.trim() || !clinical?.trim() || rest.length > 0) {
        throw new Error(`a synonym is "lay<TAB>clinical": ${line}`);
      }
      return {
        lay: words(lay).filter((word) => !linkWords.has(word)),
        clinical: words(clinical).filter((word) => !linkWords.has(word)),
      };
    });
}

/** Clinical words for the lay expressions in a text. */
export type Expander = (folded: readonly string[]) => string[];

/** @param file table of synonyms, see `parseSynonyms` */
export function loadSynonyms(file: URL): Expander {
  return createExpander(parseSynonyms(readFileSync(file, 'utf8')));
}

/** Expressions are looked up by their first word; small words in between may be missing. */
export function createExpander(synonyms: readonly Synonym[]): Expander {
  const byFirst = new Map<string, Synonym[]>();
  for (const synonym of synonyms) {
    const first = synonym.lay[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), synonym]);
  }
  return (said) => {
    const found = new Set<string>();
    said.forEach((word, at) => {
      for (const synonym of byFirst.get(word) ?? []) {
        if (!follows(synonym.lay, said, at)) continue;
        for (const clinical of synonym.clinical) found.add(clinical);
      }
    });
    return [...found];
  };
}

const slack = 2;

function follows(lay: readonly string[], said: readonly string[], start: number): boolean {
  let at = start;
  for (const wanted of lay.slice(1)) {
    const next = said.indexOf(wanted, at + 1);
    if (next === -1 || next - at > 1 + slack) return false;
    at = next;
  }
  return true;
}
