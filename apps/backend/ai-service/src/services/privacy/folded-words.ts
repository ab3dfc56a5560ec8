/** A word of a text with its place in it. */
export interface FoldedWord {
  start: number;
  end: number;
  /** Lower case without accents. */
  folded: string;
  capital: boolean;
}

/** Words and figures of a text in order. */
export function foldWords(text: string): FoldedWord[] {
  return [...text.matchAll(/\p{L}[\p{L}\p{M}’'-]*|\d+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    folded: foldWord(match[0]),
    capital: /^\p{Lu}/u.test(match[0]),
  }));
}

export function foldWord(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
