import type { Sentence } from '../text/sentences.ts';

/** These only ask. */
const asking = new Set('quanto quanta quantos quantas qual quais'.split(' '));
/** These ask, and they also tie their clause to one behind it: "como bateu a cabeça, precisa fazer …". */
const tying = new Set('como quando onde quem'.split(' '));
/** "E de quantas em quantas horas", "me fala como". */
const beforeAsking = new Set(
  'e mas entao bom certo agora me conta diga fala de em no na a ao o ha faz com por desde ate para pra'.split(
    ' ',
  ),
);
/** "Quanto ao sal", "quanto mais água": no question. */
const notQuantity = new Set('a ao aos as mais menos antes'.split(' '));
/** "Que o senhor", "que bom": goes on, or exclaims. */
const notWhat = new Set('o a os as voce ele ela bom otimo pena e'.split(' '));
const asksWithWhat = new Set('o de em com por a'.split(' '));
/** "O que o senhor precisa fazer é descansar." */
const cleft = /\be [a-z]+[aei]r\b/;
/** Between "como" and the person who is asked: "quando é que o senhor tem que …". */
const toPerson = new Set('e foi que o a as mesmo hoje agora noite'.split(' '));

/**
 * "asks" when a sentence begins as a question does, whether or not its mark was heard; "ties" when the word that it
 * begins with leads up to what stands behind ("quando chegar, descanse").
 * @param duty where somebody is told that he must
 */
export function headOf({ clauses, words }: Sentence, duty?: number): 'asks' | 'ties' | undefined {
  const at = words.findIndex((word) => !beforeAsking.has(word));
  const [word = '', next = ''] = at === -1 ? [] : words.slice(at, at + 2);
  if (asking.has(word)) return word === 'quanto' && notQuantity.has(next) ? undefined : 'asks';
  if (word === 'que') return asksWhat(words, at) ? 'asks' : undefined;
  if (!tying.has(word)) return undefined;
  if (duty === undefined) return 'ties';
  const between = words.slice(at + 1, duty);
  const here = between.every((one, place) => toPerson.has(one) && !clauses.has(at + 1 + place));
  return here && !clauses.has(duty) ? 'asks' : 'ties';
}

function asksWhat(words: readonly string[], at: number): boolean {
  // "O que eu quero é que a senhora repouse."
  if (words[at + 1] === 'eu' || cleft.test(words.slice(at).join(' '))) return false;
  return at === 0 ? !notWhat.has(words[1] ?? '') : asksWithWhat.has(words[at - 1] ?? '');
}
