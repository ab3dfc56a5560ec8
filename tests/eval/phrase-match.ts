const DIACRITICS = /\p{Diacritic}/gu;
/** Everything but letters and digits, except a comma, full stop or slash between two digits ("38,9", "6/6"). */
const SEPARATORS = /(?<!\d)[,./]|[,./](?!\d)|[^a-z0-9,./]+/g;

/** Lower case without accents, words parted by one space and padded by one at both ends. */
function normalise(text: string): string {
  const plain = text.normalize('NFD').replace(DIACRITICS, '').toLowerCase();
  return ` ${plain.replace(SEPARATORS, ' ').trim().replace(/ +/g, ' ')} `;
}

/**
 * Whether `phrase` occurs in `sentence`, accents and case aside. It must begin where a word begins and may end
 * inside one ("vomit" finds "vomitou"); a phrase that ends in a space must also end a word ("sem " does not find
 * "semana").
 */
export function phraseOccurs(sentence: string, phrase: string): boolean {
  const needle = normalise(phrase);
  return normalise(sentence).includes(phrase.endsWith(' ') ? needle : needle.slice(0, -1));
}

/** Whether any of the phrases occurs in the sentence; see {@link phraseOccurs}. */
export function anyPhraseOccurs(sentence: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => phraseOccurs(sentence, phrase));
}
