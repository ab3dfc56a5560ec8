import { questionBank } from '../../bank/question-bank.ts';
import { words } from '../text/fold.ts';
import { findPhrase, phrases } from '../text/phrase.ts';
import { sentences, splitSentences } from '../text/sentences.ts';

export type FormProblem = 'not_a_question' | 'advice' | 'claim';

const longestQuestion = 220;
const leastWords = 3;

/** One sentence that asks what is: no order, no treatment, no statement with a mark behind it. */
export function formProblem(question: string): FormProblem | undefined {
  const said = words(question);
  if (question.length > longestQuestion || said.length < leastWords) return 'not_a_question';
  if (!/^[\p{L}\d\s,;:()ºª°%/–-]+\?$/u.test(question)) return 'not_a_question';
  if (splitSentences(question).length !== 1) return 'not_a_question';
  if (!openers.has(said[0] ?? '')) return 'not_a_question';
  if (sentences(question)[0]?.isAdvice || proposesTreatment(said)) return 'advice';
  return findPhrase(claims, said) === undefined ? undefined : 'claim';
}

/**
 * How questions begin: as those of the bank, with a word that asks, points or is a verb. A bare noun
 * begins a statement ("Vacinas causam …?").
 */
const openers = new Set([
  ...[...questionBank.complaints, questionBank.fallback].flatMap((complaint) =>
    complaint.questions.map((question) => words(question.ask)[0] ?? ''),
  ),
  ...words(`
    a o as os um uma e em de do da no na nos nas com para por desde ate ha quando onde como qual quais quanto quanta
    quantos quantas quem que isso isto esse essa esses essas este esta ele ela eles elas voce seu sua seus suas alguem
    algum alguma alguns algumas ja tem teve tinha sente sentiu usa usou toma tomou faz fez foi vai veio vem esta estava
    anda ficou fica da deu e era consegue costuma acontece aconteceu apareceu melhora melhorou piora piorou mudou viu
    notou percebeu chegou bateu pegou caiu perdeu ganhou emagreceu engordou fuma bebe come dorme acorda acordou mora
    trabalha pratica pode sabe lembra parou esquece esqueceu passou passa sofreu viajou mede mediu descreve
  `),
]);

const treatmentVerbs = new Set(
  words(`
    parar suspender interromper deixar tomar ingerir usar aplicar dobrar aumentar diminuir reduzir baixar trocar mudar
    iniciar comecar continuar manter receber prescrever receitar comprar dispensar abandonar substituir misturar
  `),
);
/** "Esquece de tomar", "consegue usar", "dificuldade para comprar": what is, not what shall be. */
const describes = new Set(
  words('de consegue conseguiu conseguem conseguindo costuma costumava para pra ao apos'),
);

/** "Parar a insulina é seguro?", "vai dobrar a dose?": a treatment proposed in the form of a question. */
function proposesTreatment(said: readonly string[]): boolean {
  return said.some((word, at) => treatmentVerbs.has(word) && !describes.has(said[at - 1] ?? ''));
}

/** Words by which a question states something that the person asked is to believe. */
const claims = phrases(`
sabe|sabia|soube|sabem|lembra que
ja|uma vez|visto|dado que
uma vez que
porque|pois|portanto|entao
causa|causam|cura|curam|confirmado|confirmada|comprovado|comprovada|garantido|proibido|permitido|seguro|segura|seguros
entendeu|certo|combinado|ok|concorda
e so|apenas
`);
