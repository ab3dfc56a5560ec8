/** A run of letters in a text, and whether a figure or a clitic hyphen touches it. */
export interface Word {
  text: string;
  start: number;
  end: number;
  /** "50mg", "B12": part of a figure, never to be changed. */
  touchesFigure: boolean;
  /** "tomá-lo": the verb and its pronoun belong together and are ordinary words. */
  withPronoun: boolean;
}

const PRONOUN_AFTER_HYPHEN =
  /^-(?:me|te|se|lhe|lhes|nos|vos|lo|la|los|las|no|na|nas|o|a|os|as)(?!\p{L})/u;

/** Runs of letters, in order, with their places. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    const start = match.index;
    const end = start + match[0].length;
    const before = words.at(-1);
    const isPronoun =
      before?.withPronoun === true && before.end === start - 1 && text[start - 1] === '-';
    words.push({
      text: match[0],
      start,
      end,
      touchesFigure: /\d/.test(text.charAt(start - 1)) || /\d/.test(text.charAt(end)),
      withPronoun: isPronoun || PRONOUN_AFTER_HYPHEN.test(text.slice(end, end + 5)),
    });
  }
  return words;
}
