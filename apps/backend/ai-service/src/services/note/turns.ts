import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import type { Complaint } from '../../bank/complaint.ts';
import { askedTopics } from '../coverage.ts';
import { asksOfDuty, givesOrder } from '../talk/orders.ts';
import { replyTo } from '../talk/reply.ts';
import { type Statement, statementsOf } from '../talk/statement.ts';
import { unknownAsks } from '../talk/unknown-asks.ts';
import { leadingAnswer, plainAnswer } from '../talk/yes-no.ts';
import { isNumberWord } from '../text/numbers.ts';
import { findPhrase, phrases } from '../text/phrase.ts';
import type { Sentence } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';
import { beginsToExamine, describes } from './examination.ts';

const tag = phrases(`
  pode ser|ficar|esperar
  tudo bem|certo
  ta bom|bem|certo
  combinado|entendeu|certo|ok|beleza|fechado
  alguma|ficou ~ duvida
  me ouve|ouvindo|escuta
`);
const tagWords = 4;
/** "Vamos conversar sobre terapia.": what will be done. */
const announces = new Set(['vou', 'vamos', 'precisamos', 'preciso']);

/** "Tudo bem?", "Pode ser?": asks for agreement, not for a finding. */
function isTag(sentence: Sentence): boolean {
  return sentence.words.length <= tagWords && findPhrase(tag, sentence.words) !== undefined;
}

/** What a doctor's turn asked, so that the answer can be understood. */
export interface Asked {
  questions: Statement[];
  topics: AnamnesisTopic[];
}

/** One turn of somebody else than the doctor, with the question that it answers, if any. */
export interface Reply {
  kind: 'reply';
  asked: Asked | undefined;
  statements: Statement[];
}

/** What the doctor said beside asking. */
export interface DoctorTurn {
  kind: 'doctor';
  statements: Statement[];
  /** Those that he said after he had begun to examine. */
  examining: ReadonlySet<Statement>;
}

export type Turn = Reply | DoctorTurn;

/**
 * A talk as turns: who spoke, and which question is being answered. A question waits for one reply; a
 * second reply in a row belongs to the same question only through the first.
 */
export function readTurns(
  utterances: readonly Utterance[],
  complaints: readonly Complaint[],
): Turn[] {
  const turns: Turn[] = [];
  let waiting: Asked | undefined;
  const examination = followExamination();
  for (const [at, utterance] of utterances.entries()) {
    const statements = statementsOf(utterance);
    const answered = answeredBy(utterances[at + 1], statements.at(-1));
    const reply = replyTo(utterances, at);
    const examining =
      utterance.speaker === 'MEDICO' ? examination(statements) : new Set<Statement>();
    const questions = questionsIn(statements, utterance, complaints, answered, reply).filter(
      // Once he examines, what he says of a body is told: recognised speech has few marks to go by.
      (one) => one === answered || !examining.has(one) || !describes(one.sentence),
    );
    if (utterance.speaker === 'MEDICO') {
      const asked = { questions, topics: topicsOf(questions, complaints) };
      waiting = questions.length > 0 ? followUp(merge(waiting, asked, turns), turns) : undefined;
      const rest = statements.filter((statement) => !questions.includes(statement));
      turns.push({ kind: 'doctor', statements: rest, examining });
      continue;
    }
    if (utterance.speaker === 'UNKNOWN' && questions.length === statements.length) {
      // Nobody knows who asked; the next one to speak answers.
      waiting = { questions, topics: topicsOf(questions, complaints) };
      continue;
    }
    const before = turns.at(-1);
    if (before?.kind === 'reply' && goesOn(before, statements)) {
      before.statements.push(...statements);
    } else {
      turns.push({ kind: 'reply', asked: waiting, statements });
    }
    waiting = undefined;
  }
  return turns;
}

/** Gives for one utterance of the doctor after another what he says once he examines. */
function followExamination(): (statements: readonly Statement[]) => ReadonlySet<Statement> {
  let begun = false;
  return (statements) => {
    const during = new Set<Statement>();
    for (const [at, statement] of statements.entries()) {
      const { sentence } = statement;
      // Who asks again has gone back to the talk.
      if (sentence.hasMark && !isTag(sentence)) begun = false;
      if (begun) during.add(statement);
      begun ||= beginsToExamine(sentence, statements[at + 1]?.sentence);
    }
    return during;
  };
}

/** Sounds of one who listens: no answer. */
const listening = new Set(['aham', 'uhum']);

/** The last sentence of an utterance when the next one to speak says yes or no to it. */
function answeredBy(
  next: Utterance | undefined,
  last: Statement | undefined,
): Statement | undefined {
  if (!next || !last || next.speaker === 'MEDICO') return undefined;
  const [reply] = statementsOf(next);
  if (!reply || reply.sentence.words.every((word) => listening.has(word))) return undefined;
  const answers =
    plainAnswer(reply.tokens, last.tokens) ?? leadingAnswer(reply.tokens, last.tokens);
  return answers === undefined ? undefined : last;
}

/** The doctor's turn may have been cut in two: questions that nobody has answered yet add up. */
function merge(waiting: Asked | undefined, asked: Asked, turns: readonly Turn[]): Asked {
  if (!waiting || turns.at(-1)?.kind !== 'doctor') return asked;
  return {
    questions: [...waiting.questions, ...asked.questions],
    topics: [...new Set([...waiting.topics, ...asked.topics])],
  };
}

/** A pause cuts a reply in two: what the same person says next belongs to it. */
function goesOn(before: Reply, statements: readonly Statement[]): boolean {
  const speaker = before.statements.at(-1)?.speaker;
  return speaker === 'PACIENTE' && statements.every((statement) => statement.speaker === speaker);
}

const followUpWords = 3;
const leadsOn = new Set(
  'quem quando onde qual quais quanto quanta quantos quantas como todo toda todos todas sempre'.split(
    ' ',
  ),
);

/** "Quem?", "Todos os dias?": is about what was asked before, which stands with it. */
function followUp(asked: Asked, turns: readonly Turn[]): Asked {
  const [only, ...others] = asked.questions;
  const last = turns.at(-1);
  if (!only || others.length > 0 || asked.topics.length > 0) return asked;
  const said = only.sentence.words.filter((word) => word !== 'e');
  if (!leadsOn.has(said[0] ?? '') || said.length > followUpWords) return asked;
  if (last?.kind !== 'reply' || !last.asked) return asked;
  const { questions, topics } = last.asked;
  return { questions: [...questions, only], topics };
}

function questionsIn(
  statements: readonly Statement[],
  utterance: Utterance,
  complaints: readonly Complaint[],
  answered: Statement | undefined,
  reply: Sentence | undefined,
): Statement[] {
  switch (utterance.speaker) {
    case 'MEDICO':
      return statements.filter(({ sentence }, at) =>
        asks(sentence, complaints, at + 1 === statements.length ? reply : undefined),
      );
    case 'UNKNOWN':
      return statements.filter((one) => unknownAsks(one.sentence, one === answered));
    case 'PACIENTE':
      return [];
  }
}

function asks(
  sentence: Sentence,
  complaints: readonly Complaint[],
  reply: Sentence | undefined,
): boolean {
  if (isTag(sentence)) return false;
  // "Vou pedir de novo, pode ser?" asks for agreement to what will be done.
  const agreed = isTag({ ...sentence, words: sentence.words.slice(-2) });
  if ((!sentence.hasMark || agreed) && announces.has(sentence.words[0] ?? '')) return false;
  if (sentence.hasMark) return true;
  if (givesOrder(sentence, reply)) return false;
  if (asksOfDuty(sentence, reply)) return true;
  // A figure is told, not asked: "sua pressão está doze por oito".
  const told = sentence.words.some((word) => isNumberWord(word) && !isArticle(word));
  if (told && !sentence.words.some((word) => whWords.has(word))) return false;
  if (sentence.isQuestion) return true;
  return sentence.isOpen && askedTopics([sentence], complaints).length > 0;
}

const whWords = new Set('quando onde qual quais quanto quanta quantos quantas como que'.split(' '));

function isArticle(word: string): boolean {
  return word === 'um' || word === 'uma';
}

/** Topics that questions ask about. */
export function topicsOf(
  questions: readonly Statement[],
  complaints: readonly Complaint[],
): AnamnesisTopic[] {
  return askedTopics(
    questions.map((question) => question.sentence),
    complaints,
  );
}
