/** Letters of the GSM 03.38 basic set that we use; anything else makes a message of 160 letters one of 70. */
const basic = /^[A-Za-z0-9 \n@$!"#%&'()*+,\-./:;<=>?_]*$/;
const longest = 459;

/** Portuguese as an SMS carries it cheapest: without accents, in the GSM basic set, three parts at most. */
export function smsText(text: string): string {
  const folded = text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[–—]/g, '-')
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'");
  const plain = basic.test(folded)
    ? folded
    : folded.replace(/[^A-Za-z0-9 \n@$!"#%&'()*+,\-./:;<=>?_]/g, '');
  return plain.slice(0, longest);
}
