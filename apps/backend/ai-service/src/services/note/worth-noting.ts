import type { Complaint } from '../../bank/complaint.ts';
import { termsIn } from '../../bank/complaint-terms.ts';
import { toldTopics } from '../coverage.ts';
import { findingNouns } from '../talk/finding-words.ts';
import type { Statement } from '../talk/statement.ts';
import { persons } from '../talk/whose.ts';
import { isNegatedBefore } from '../text/negation.ts';
import { isNumberWord } from '../text/numbers.ts';
import { findPhrase, phrases } from '../text/phrase.ts';

const smallTalk = new Set(
  (
    'oi ola bom boa dia tarde noite tudo bem sim senhor senhora doutor doutora dr dra obrigado obrigada brigado brigada ' +
    'muito ta esta certo ok okay combinado entendi beleza perfeito otimo que isso e ai deus gracas ate logo tchau ' +
    'valeu de nada eu com licenca prazer igualmente pode ser claro ah hum aham uhum entao por favor vou fazer ' +
    'joia legal tranquilo obrigadao abraco fique um uma para pra voce voces'
  ).split(' '),
);
const asksBack = phrases(`
  posso|poderia|devo|preciso ~ tomar|fazer|comer|voltar|parar|usar|continuar|ir|trabalhar|beber|saber
  sera que
  e se ~ nao|a|o|eu
  o que eu faco
  quanto tempo ~ demora|leva|vou
  tem que
`);
const soundCheck = phrases(`
  meu nome|celular|telefone|cpf|email
  me ouve|ouvindo|escuta|escutando
  ouvindo|escutando ~ bem|sim
  som|camera|internet|conexao|imagem ~ bom|boa|ruim|travou|caiu|funcionando
  travou ~ aqui|tela|imagem|video
  so|voz|audio travou|travando|cortou|cortando|picotou|picotando|congelou
`);

const statementWords = 4;

const answers = new Set(['sim', 'isso', 'aham', 'uhum', 'claro', 'pode']);

/** True when a sentence of the patient only greets, thanks, agrees or asks back. */
export function isSmallTalk(statement: Statement): boolean {
  const said = statement.sentence.words;
  return (
    said.every((word) => smallTalk.has(word)) ||
    statement.sentence.hasMark ||
    findPhrase(soundCheck, said) !== undefined ||
    findPhrase(asksBack, said.slice(0, 6)) !== undefined
  );
}

/** True when a sentence greets, thanks or agrees, whatever was asked before it. */
export function isGreeting(statement: Statement): boolean {
  const said = statement.sentence.words;
  return (
    findPhrase(soundCheck, said) !== undefined ||
    (said.every((word) => smallTalk.has(word)) && !said.some((word) => answers.has(word)))
  );
}

/** "Minha mãe teve eclâmpsia": whatever a relative had is told for a reason, known word or not. */
const kinIllness = phrases(`
  ${persons} ~ teve|tiveram|morreu|morreram|faleceu|faleceram|sofre|sofria|perdeu|operou|amputou|trata|infartou|internou ~
`);

/** True when a sentence carries something for a note: a topic, a complaint, a figure, a symptom. */
export function isClinical(statement: Statement, complaints: readonly Complaint[]): boolean {
  const { sentence } = statement;
  return (
    toldTopics([sentence], new Set()).length > 0 ||
    findPhrase(kinIllness, sentence.words) !== undefined ||
    complaints.some((complaint) => termsIn(complaint, sentence).length > 0) ||
    sentence.words.some((word) => findingNouns.has(word) || /^\d/.test(word)) ||
    (sentence.words.length > statementWords && sentence.words.some(isNumberWord))
  );
}

/** True when a sentence names, and does not deny, what may have brought the patient. */
export function namesComplaint(statement: Statement, complaints: readonly Complaint[]): boolean {
  const { sentence } = statement;
  const nouns = sentence.words.flatMap((word, start) =>
    findingNouns.has(word) ? [{ start, end: start + 1 }] : [],
  );
  const spans = complaints.flatMap((complaint) => termsIn(complaint, sentence));
  return (
    sentence.words.at(-1) !== 'nao' &&
    [...spans, ...nouns].some((span) => !isNegatedBefore(sentence, span))
  );
}

/** Long enough to tell something even when no word of it is known. */
export function isStatement(statement: Statement): boolean {
  const said = statement.sentence.words;
  return said.length >= statementWords && said[0] !== 'se';
}
