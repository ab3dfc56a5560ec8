import { fold } from './fold.ts';
import type { Word } from './words.ts';

/** How far away a word still says what is spoken of, in words. */
const WORDS_BEFORE = 6;
const WORDS_AFTER = 5;

/**
 * Words beside which names of medicines stand: what is done with them, what they are called, how they
 * are measured. Chosen from the language, not from recordings.
 */
const TAKING =
  /^(?:tom(?:o|a|ar|ei|ou|ando|ava|avam|amos|am|e|em|ado)|us(?:o|a|ar|ei|ou|ando|ava|avam|amos|am|e)|d(?:ou|ei|ar|ando)|receit(?:a|o|ar|ei|ou|ado|aram)|prescrev(?:o|e|er|i|eu|endo)|prescrit[oa]|medic(?:ar|ou|ado|ada)|alergi[ac]|alergic[oa])$/;
const NAMED =
  /^(?:remedios?|medicamentos?|medicac(?:ao|oes)|antibioticos?|analgesicos?|anti?inflamatorios?|antialergicos?|calmantes?|comprimidos?|capsulas?|gotas?|ampolas?|injec(?:ao|oes)|xaropes?|pomadas?|doses?|mg|mcg|ml|miligramas?|mililitros?|gramas?)$/;

/**
 * Whether the words around a window of the text speak of medicines, within its sentence.
 *
 * @param first,last places of the window's words
 */
export function speaksOfMedicines(
  text: string,
  words: readonly Word[],
  first: number,
  last: number,
): boolean {
  return (
    around(text, words, first, -1, WORDS_BEFORE).some(isOfMedicines) ||
    around(text, words, last, 1, WORDS_AFTER).some(isOfMedicines)
  );
}

function isOfMedicines(word: Word): boolean {
  const folded = fold(word.text);
  return TAKING.test(folded) || NAMED.test(folded);
}

/** The words on one side of a place, up to the end of the sentence. */
function around(
  text: string,
  words: readonly Word[],
  from: number,
  step: 1 | -1,
  most: number,
): Word[] {
  const found: Word[] = [];
  for (let i = from + step; found.length < most; i += step) {
    const word = words[i];
    const neighbour = words[i - step];
    if (word === undefined || neighbour === undefined) break;
    const [left, right] = step > 0 ? [neighbour, word] : [word, neighbour];
    if (/[.!?;]\s/.test(text.slice(left.end, right.start))) break;
    found.push(word);
  }
  return found;
}
