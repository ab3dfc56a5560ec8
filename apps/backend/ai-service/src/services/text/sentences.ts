import { words } from './fold.ts';
import { findPhrase, phrases } from './phrase.ts';
import { rememberTexts } from './remember.ts';

/** One sentence of an utterance, folded, with what its form says. */
export interface Sentence {
  words: string[];
  /** Places where a comma or dash begins a new clause: a denial does not reach across. */
  clauses: ReadonlySet<number>;
  /** Ends with a question mark. */
  hasMark: boolean;
  /** Asked, or worded as a question where the recogniser left the mark out. */
  isQuestion: boolean;
  /** Orders, plans and warnings: what the patient shall do, not what the doctor wants to know. */
  isAdvice: boolean;
  /** Invites to tell freely ("me conta como foi depois da cirurgia"): the answer is what matters most. */
  isInvitation: boolean;
  /** Short and explaining nothing: from the doctor's mouth it may well be a question without its mark. */
  isOpen: boolean;
}

const shortSentenceWords = 12;

const advice = phrases(`
procure|procurar|volte|retorne|marque|evite|evitar|repouse|beba|continue|suspenda
va direto|ao|para|pro|na|no
tome|use|faca|mantenha|compre|aplique|pingue ~
vou|vamos pedir|solicitar|receitar|prescrever|passar|encaminhar|orientar|explicar|fazer|iniciar|comecar|manter|aumentar|ajustar|trocar|suspender|evitar|marcar|examinar|investigar
preciso|precisamos|temos|tenho que|de? investigar|examinar|fazer|ajustar|pedir|trocar|aumentar|solicitar|mudar|iniciar
recomendo|sugiro|oriento|indico
e melhor nao?
qualquer coisa|piora ~ volte|procure|ligue|retorne
`);

const explains = phrases(`
parece|provavelmente|possivelmente|significa|acho|acredito|penso|chama|chamamos|entendo|vejo
pode|podem ser|estar|acontecer
e importante|comum|normal|isso
isso e|indica|mostra|quer
por isso
exame|exames mostr*|deu|vieram|esta|estao|veio
obrigad*|bom dia
prazer
`);

const tagQuestion = phrases(`
ta bom|bem|certo|ok
tudo bem|certo
combinado|certo|entendeu|ok|pode|beleza
pode ser
`);

const asksOpenly = phrases(`
me conta|conte|fala|fale|diz|diga|explica|explique|descreve|descreva|mostra|mostre
conta|conte|fale|diga|descreva ~ como|sobre|mais|melhor|onde|quando|o|a
quero|queria|gostaria|preciso ~ saber|perguntar|entender
sabe|saberia|consegue|pode|poderia ~ dizer|descrever|explicar|mostrar|apontar|informar
vamos falar|conversar sobre|de|do|da
`);

const invitation = phrases(`
  me conta|conte|fala|fale|diga|diz
  conta|conte ~ como|mais|tudo|melhor|o
  como foi|tem|passou|vem|anda|esta ~ desde|depois|senhor|senhora|voce|ele|ela
`);

const startsLikeQuestion = phrases(`
e a|o|as|os
`);

const questionWords = phrases(`
quando|onde|qual|quais|quanto|quanta|quantos|quantas|quem
como e|esta|foi|comecou|anda|andam|estao|sao|tem|vai|vao|ficou|dorme|descreve
o que
por que
desde quando
em|de|com|a|ha|faz|para que|quanto|quantas|quantos|quem|qual|quais
`);

const asksPerson = phrases(`
o|a senhor|senhora ~ tem|teve|sente|sentiu|toma|tomou|usa|usou|esta|ja|faz|fez|fuma|bebe|dorme|notou|percebeu|mede|consegue|mora|perdeu|costuma|acorda|anda|lembra
voce|voces|ele|ela|seu|sua ~ tem|teve|sente|sentiu|toma|tomou|usa|usou|esta|ja|faz|fez|fuma|bebe|dorme|notou|percebeu|mede|consegue|mora|perdeu|costuma|acorda|anda|lembra|aceita|urinou|mamou|comeu
alguem ~ tem|teve|esta|na|da|em
tem|teve|houve|existe algum|alguma|alguns|tido|outro|outra|mais|febre|dor|tosse|falta|caso|casos|sangue|historico|contato|alergia
sente|sentiu|toma|tomou|usa|usou|fuma|bebe|notou|percebeu|ja|mede|costuma|dorme|mora algum|alguma|teve|fez|tomou|usou|em|a|o|com|que|bem|cigarro|alcool|sozinho|sozinha
alguma|algum outro|outra|coisa|remedio|alergia|doenca|sintoma|febre|dor
`);

/** "O senhor está com pneumonia, provavelmente": who weighs how likely it is does not ask. */
const surmises = phrases(`
provavelmente|possivelmente|certamente
com certeza
`);

/** Splits an utterance into sentences and says of each whether it asks and whether it advises. */
export const sentences: (utterance: string) => readonly Sentence[] = rememberTexts(split, 4000);

/** Sentences of an utterance as they stand in it. A point inside a figure ("38.5", "1.000") ends none. */
export function splitSentences(utterance: string): string[] {
  return utterance.match(/(?:[^.!?…;]|(?<=\d)\.(?=\d))+[.!?…;]*/g) ?? [];
}

function split(utterance: string): Sentence[] {
  return splitSentences(utterance)
    .map((part) => ({ marked: /\?/.test(part), ...clausesOf(part) }))
    .filter((part) => part.words.length > 0)
    .map(({ marked, clauses, words: said }) => {
      const isAdvice =
        findPhrase(advice, said) !== undefined &&
        (!marked || endsWithTag(said) || startsWithIf(said));
      return {
        words: said,
        clauses,
        hasMark: marked,
        isAdvice,
        isQuestion: !isAdvice && (marked || wordedAsQuestion(said)),
        isInvitation: findPhrase(invitation, said) !== undefined,
        isOpen:
          !isAdvice &&
          said.length <= shortSentenceWords &&
          findPhrase(explains, said) === undefined,
      };
    });
}

function clausesOf(part: string): Pick<Sentence, 'words' | 'clauses'> {
  const said: string[] = [];
  const clauses = new Set<number>();
  for (const clause of part.split(/[,:–—]|\s-\s/)) {
    clauses.add(said.length);
    said.push(...words(clause));
  }
  return { words: said, clauses };
}

function endsWithTag(said: readonly string[]): boolean {
  return findPhrase(tagQuestion, said.slice(-2)) !== undefined;
}

function startsWithIf(said: readonly string[]): boolean {
  return said[0] === 'se' || said[0] === 'caso';
}

function wordedAsQuestion(said: readonly string[]): boolean {
  return (
    findPhrase(startsLikeQuestion, said.slice(0, 2))?.start === 0 ||
    findPhrase(questionWords, said.slice(0, 6)) !== undefined ||
    findPhrase(asksOpenly, said) !== undefined ||
    (findPhrase(asksPerson, said) !== undefined && findPhrase(surmises, said) === undefined)
  );
}
