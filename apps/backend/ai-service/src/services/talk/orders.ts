import { findPhrase, phrases } from '../text/phrase.ts';
import type { Sentence } from '../text/sentences.ts';

/** What one tells a patient to do, as the verb stands at the beginning of a clause. */
const imperatives = new Set(
  'agende aguarde anote aplique avise beba caminhe chame coloque coma complete comece continue corra corte deixe descanse diminua durma espere evite faca fique guarde hidrate inicie interrompa lave leve levem ligue mantenha meca observe ofereca pare passe peca pecam pingue procure reduza repouse retire retorne suspenda tente tire tome traga troque use va venha volte'.split(
    ' ',
  ),
);
/** May stand before the verb: "mas não tome", "e leve". */
const before = new Set('nao nunca mas e entao ai tambem so por favor'.split(' '));

const mustDo = phrases(`
  voce|senhor|senhora|ele|ela|gente precisa|deve|vai|vamos ~ ficar|fazer|ir|voltar|procurar|internar|parar
  voce|senhor|senhora|ele|ela|gente tem que
`);
/** "Fique tranquila", "fique à vontade" comforts, "deixe eu ver" announces. */
const comforts = phrases(`
  fique|va a? vontade
  fique ~ tranquil*|calm*|comigo
  deixe eu|me|ver
`);

/**
 * True when the sentence, without a question mark, tells the patient what to do: "se tiver febre, leve na
 * emergência" names a fever and asks about none.
 */
export function givesOrder({ clauses, hasMark, words }: Sentence): boolean {
  if (hasMark || findPhrase(comforts, words)) return false;
  if (findPhrase(mustDo, words)) return true;
  return words.some(
    (word, at) =>
      (imperatives.has(word) || forbidsGiving(words, clauses, at)) &&
      beginsClause(words, clauses, at),
  );
}

/** "Não dê refrigerante"; behind a pause, "não, de manhã" has the preposition. */
function forbidsGiving(
  words: readonly string[],
  clauses: ReadonlySet<number>,
  at: number,
): boolean {
  return words[at] === 'de' && words[at - 1] === 'nao' && !clauses.has(at) && at + 1 < words.length;
}

function beginsClause(words: readonly string[], clauses: ReadonlySet<number>, at: number): boolean {
  for (let place = at; place >= 0; place -= 1) {
    if (clauses.has(place) || words[place - 1] === 'e') return true;
    if (!before.has(words[place - 1] ?? '')) return false;
  }
  return true;
}
