import { readFileSync } from 'node:fs';
import { fold } from './fold.ts';
import type { HunspellDictionary } from './hunspell-dictionary.ts';

/** Says which words are ordinary Portuguese and so never to be changed. */
export interface OrdinaryWords {
  /** A word of the dictionary, of the frequency list or a name. */
  isKnown(word: string): boolean;
  /** Among the words that everybody uses; a dictionary's rare words are known, but not frequent. */
  isFrequent(word: string): boolean;
  /** In the frequency list at all, or a name: not merely listed by the dictionary. */
  isInDailyUse(word: string): boolean;
  /** Place in the frequency list, 0 the most frequent; Infinity when it is not there. */
  rank(word: string): number;
}

/** Subtitles repeat a few thousand words; past that place the list holds foreign words and names too. */
const FREQUENT_PLACES = 20_000;
const REMEMBERED_FORMS = 20_000;

export function ordinaryWords(
  commonWordsPath: string,
  namesPath: string,
  dictionary: HunspellDictionary,
): OrdinaryWords {
  const ranks = new Map<string, number>();
  for (const word of lines(commonWordsPath)) {
    const key = fold(word);
    if (!ranks.has(key)) ranks.set(key, ranks.size);
  }
  const names = new Set(lines(namesPath).map(fold));
  const asked = new Map<string, boolean>();

  const inDictionary = (form: string): boolean => {
    const known = asked.get(form);
    if (known !== undefined) return known;
    if (asked.size >= REMEMBERED_FORMS) asked.clear();
    const has = dictionary.has(form);
    asked.set(form, has);
    return has;
  };
  const rank = (word: string) => ranks.get(fold(word)) ?? Number.POSITIVE_INFINITY;
  const isInDailyUse = (word: string) => ranks.has(fold(word)) || names.has(fold(word));
  return {
    rank,
    isInDailyUse,
    // The list counts no single letters: "a", "e" and "o" are the most frequent words of all.
    isFrequent: (word) => /^[aeoéà]$/i.test(word) || rank(word) < FREQUENT_PLACES,
    isKnown: (word) => isInDailyUse(word) || inDictionary(word.toLowerCase()),
  };
}

function lines(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}
