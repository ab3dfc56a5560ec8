import { findPhrase, phrases } from '../text/phrase.ts';
import type { Sentence } from '../text/sentences.ts';
import { headOf } from './asking-head.ts';

/** What one tells a patient to do, as the verb stands at the beginning of a clause. */
const imperatives = new Set(
  'agende aguarde anote aplique avise beba caminhe chame coloque coma complete comece continue corra corte deixe descanse diminua durma espere evite faca fique guarde hidrate inicie interrompa lave ligue mantenha meca observe ofereca pare passe peca pecam pingue procure reduza repouse retire retorne suspenda tente tire tome traga troque use va venha volte'.split(
    ' ',
  ),
);
/** May stand before the verb: "mas não tome", "e leve". */
const before = new Set('nao nunca mas e entao ai tambem so por favor'.split(' '));
/** "Corte ou queda?", "coma ou desmaio": nouns too, where nothing is told to be cut or eaten. */
const nounsToo = new Set(['corte', 'coma', 'complete', 'passe']);

/** "Leve na emergência", "leve os exames"; "a dor é leve ou forte" takes nobody anywhere. */
export const takesThere = phrases(`
  leve|levem ~ emergencia|hospital|pronto|upa|posto|maternidade|socorro|medico|pediatra|consulta|laboratorio
  leve|levem ~ receita|receitas|exame|exames|carteirinha|caderneta|documento|documentos|remedio|remedios|caixa|lista
  leve|levem ele|ela|eles|elas|consigo|junto|esse|essa|este|esta|isso
  leve|levem o|a menino|menina|bebe|crianca|nenem|senhor|senhora
`);

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

const acts = 'parar|descansar|sentar|levantar|deitar|acordar|correr|forcar|apoiar|encostar';
const habits =
  'sobe|desce|anda|caminha|corre|deita|levanta|senta|come|dorme|acorda|tosse|urina|evacua|respira|abaixa|carrega';
/**
 * What a body makes somebody do, when and how often: asked about, where the recogniser has lost the mark. "Tomar
 * quando acorda" is a medicine's hour, "quando tiver febre" belongs to an order.
 */
const bodyMakes = phrases(`
  quantas vezes
  ${acts} ~ muitas|varias|tantas|algumas|umas vezes
  ${acts} ~~ urinar|xixi|banheiro|evacuar|respirar
  fazer forca ~~ urinar|xixi|evacuar|respirar
  ${acts} ~~ quando o|a|voce|ele|ela? senhor|senhora? ${habits}
  ${acts} ~~ quando o|a|voce|ele|ela? senhor|senhora? faz ~ esforco|forca|exercicio
`);
/** "Levantar devagar quando acorda" is advice. */
const gently = new Set('devagar calma cuidado'.split(' '));
/** "Preciso, no segundo andar": says what is so, where "sim, doutor" agrees to an order and "tenho medo" is no answer. */
const tellsDuty =
  /^(?:(?:sim|nao|e|ah|as vezes) )*(?:preciso|precisei|tenho)(?: (?:sim|nao|que|doutora?|mesmo|as vezes))*$/;

/** True for a duty that is asked about: by what it is, or by how the next one to speak takes it up. */
export function asksOfDuty({ hasMark, words }: Sentence, reply?: Sentence): boolean {
  const must = hasMark ? undefined : findPhrase(mustDo, words);
  if (!must) return false;
  const behind = words.slice(must.start);
  if (findPhrase(bodyMakes, behind)) return !behind.some((word) => gently.has(word));
  return reply !== undefined && !reply.hasMark && tellsDuty.test(firstClause(reply));
}

function firstClause({ clauses, words }: Sentence): string {
  const end = words.findIndex((_, at) => at > 0 && clauses.has(at));
  return words.slice(0, end === -1 ? words.length : end).join(' ');
}

/**
 * True when the sentence, without a question mark, tells the patient what to do: "se tiver febre, leve na
 * emergência" names a fever and asks about none. Recognised speech loses marks, so what begins as a question
 * ("como é a dor, leve ou forte") is one.
 * @param reply what the next one to speak begins with
 */
export function givesOrder(sentence: Sentence, reply?: Sentence): boolean {
  const { clauses, hasMark, words } = sentence;
  if (hasMark || findPhrase(comforts, words)) return false;
  const must = findPhrase(mustDo, words);
  const head = headOf(sentence, must?.start);
  if (head === 'asks') return false;
  if (must && !asksOfDuty(sentence, reply)) return true;
  return words.some(
    (_, at) =>
      (tellsToDo(words, at) || forbidsGiving(words, clauses, at)) &&
      beginsClause(words, clauses, at),
  );
}

function tellsToDo(words: readonly string[], at: number): boolean {
  const [word = '', next = ''] = words.slice(at, at + 2);
  if (word === 'leve' || word === 'levem') {
    return findPhrase(takesThere, words.slice(at))?.start === 0;
  }
  return imperatives.has(word) && !(nounsToo.has(word) && (next === '' || next === 'ou'));
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
