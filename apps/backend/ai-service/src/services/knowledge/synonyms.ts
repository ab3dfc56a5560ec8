import { readFileSync } from 'node:fs';
import { words } from '../text/fold.ts';
import { stem } from '../text/stem.ts';

/** People put them in or leave them out: "dor de cabeça", "dor na cabeça". */
const linkWords = new Set('de da do das dos no na nos nas o a os as em ao'.split(' '));

export interface Synonym {
  /** Stems, without link words. */
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
      return { lay: withoutLinks(words(lay)).map(stem), clinical: withoutLinks(words(clinical)) };
    });
}

function withoutLinks(said: readonly string[]): string[] {
  return said.filter((word) => !linkWords.has(word));
}

/**
 * Clinical words for the expressions in a text, each with how much it counts: several words that were
 * said together mean more surely what they mean than one.
 */
export type Expander = (folded: readonly string[]) => ReadonlyMap<string, number>;

const weightOf = { oneWord: 1, severalWords: 1.5 } as const;

/**
 * @param lay tables of how people say it, see `parseSynonyms`
 * @param plain table of clinical terms and abbreviations → the fuller words of the guidelines; read
 *   after the first, on its findings too
 */
export function loadSynonyms(lay: URL, plain?: URL): Expander {
  const read = (file: URL) => parseSynonyms(readFileSync(file, 'utf8'));
  return createExpander(read(lay), plain && read(plain));
}

export function createExpander(
  synonyms: readonly Synonym[],
  plain: readonly Synonym[] = [],
): Expander {
  const lay = byFirstWord(synonyms);
  const fuller = byFirstWord(plain);
  return (folded) => {
    const said = withoutLinks(folded);
    const stems = said.map(stem);
    const found = new Map<string, number>();
    const add = (synonym: Synonym) => {
      const weight = synonym.lay.length > 1 ? weightOf.severalWords : weightOf.oneWord;
      for (const word of synonym.clinical) found.set(word, Math.max(found.get(word) ?? 0, weight));
    };
    stems.forEach((word, at) => {
      for (const synonym of lay.get(word) ?? []) if (near(synonym.lay, stems, at)) add(synonym);
    });
    const terms = [...said, '|', ...found.keys()].map(stem);
    terms.forEach((word, at) => {
      for (const { lay: term, clinical } of fuller.get(word) ?? []) {
        if (!term.every((part, offset) => terms[at + offset] === part)) continue;
        for (const one of clinical) if (!found.has(one)) found.set(one, weightOf.oneWord);
      }
    });
    return found;
  };
}

/** Expressions are looked up by their first word. */
function byFirstWord(synonyms: readonly Synonym[]): Map<string, Synonym[]> {
  return Map.groupBy(synonyms, (synonym) => synonym.lay[0] ?? '');
}

/** Small words in between may be missing or too many ("pressão anda meio alta"). */
const slack = 3;
const window = 3;

/** In order with a few words between, or all of them close together ("alta a pressão"). */
function near(lay: readonly string[], said: readonly string[], start: number): boolean {
  if (lay.length === 1 || inOrder(lay, said, start)) return true;
  const around = said.slice(Math.max(0, start - window), start + window + 1);
  return lay.every((word) => around.includes(word));
}

function inOrder(lay: readonly string[], said: readonly string[], start: number): boolean {
  let at = start;
  for (const wanted of lay.slice(1)) {
    const next = said.indexOf(wanted, at + 1);
    if (next === -1 || next - at > 1 + slack) return false;
    at = next;
  }
  return true;
}
