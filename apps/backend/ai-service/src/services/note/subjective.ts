import { type AnamnesisTopic, topicLabel } from '@medcall/shared-types/anamnesis-topics';
import type { Complaint } from '../../bank/complaint.ts';
import { toldTopics } from '../coverage.ts';
import { findPhrase, phrases } from '../text/phrase.ts';
import type { DraftSentence } from './draft-sentence.ts';
import { findingNouns } from './finding-words.ts';
import { answeredQuestion } from './polar-question.ts';
import { quote, quoteAll, rewriteStatement } from './rewrite.ts';
import type { Statement, Token } from './statement.ts';
import { type Asked, type Reply, topicsOf } from './turns.ts';
import { namedPerson, type Person, persons, speaksOfSelf, whoseStatement } from './whose.ts';
import {
  isClinical,
  isGreeting,
  isSmallTalk,
  isStatement,
  namesComplaint,
} from './worth-noting.ts';
import { isBareAnswer, leadingAnswer, plainAnswer } from './yes-no.ts';

export interface SubjectiveContext {
  complaints: readonly Complaint[];
  patientIsChild: boolean;
  /** Nothing has been told yet: what comes is what the patient came for. */
  opening: boolean;
  /** Whom the turns before spoke of, when it was not the patient: "ele" goes on about that person. */
  named?: string;
  /** The doctor plans already: what follows is mostly agreement. */
  planning: boolean;
}

/** Sentences of the note for one turn of the patient, a companion or somebody unknown. */
export function subjectiveOf(reply: Reply, context: SubjectiveContext): DraftSentence[] {
  const said = reply.statements.filter((statement) => statement.sentence.words.length > 0);
  const unknown = said.some((statement) => statement.speaker === 'UNKNOWN');
  const { asked, last } = askedOfPatient(reply, context.complaints);
  // A short answer belongs to the last question; when that is dropped, nobody knows to which.
  const answer = unknown || !last ? undefined : answerOf(asked, said);
  const drafted = answer ? [answer.drafted] : [];
  const rest = said.slice(answer?.used ?? 0);
  return [...drafted, ...told(rest, context, unknown, answer ? undefined : asked)];
}

/** "Não." to "Tem febre?", alone or in front of more words. */
function answerOf(
  asked: Asked | undefined,
  said: readonly Statement[],
): { drafted: DraftSentence; used: number } | undefined {
  const first = said[0];
  const [question, ...others] = asked?.questions ?? [];
  if (!asked || !first || !question || others.length > 0) return undefined;
  const plain = plainAnswer(first.tokens, question.tokens);
  const leading = plain === undefined ? leadingAnswer(first.tokens, question.tokens) : undefined;
  const answer = plain ?? leading?.answer;
  if (answer === undefined) return undefined;
  const meant = answeredQuestion(question, answer);
  // "Não, não tenho febre" says itself what is meant; "Não, fica só nas costas" needs the question.
  if (
    meant === undefined ||
    (leading && rewriteStatement(first, { patientIsChild: false, answers: true }) !== undefined)
  )
    return undefined;
  // "Não, só a coceira": the part that is not denied is one of those asked about.
  if (leading && answer === 'no' && sharesFinding(question, leading.rest)) return undefined;
  const text = leading ? `${meant.replace(/\.$/, '')} (${quote(first.raw)}).` : meant;
  return { drafted: draft(text, [question, first], asked.topics[0]), used: 1 };
}

function sharesFinding(question: Statement, rest: readonly Token[]): boolean {
  const asked = new Set(question.sentence.words.filter((word) => findingNouns.has(word)));
  return rest.some((token) => asked.has(token.folded));
}

function told(
  said: readonly Statement[],
  context: SubjectiveContext,
  unknown: boolean,
  asked: Asked | undefined,
): DraftSentence[] {
  const drafted: DraftSentence[] = [];
  const about = new Map<Statement, string>();
  let pending: Statement[] = [];
  let question = asked;
  const flush = () => {
    const worth = pending.filter((one) => isWorth(one, context, question !== undefined));
    if (worth.length > 0) drafted.push(quoted(worth, question, context, unknown, about));
    if (pending.length > 0) question = undefined;
    pending = [];
  };
  let person: Person = 'patient';
  let named: string | undefined;
  for (const statement of said) {
    const here = whoseStatement(statement, context.patientIsChild);
    // "Minha mãe tem diabetes. Toma insulina.": what goes on without "eu" goes on about her.
    const goesOn: boolean = person !== 'patient' && here === 'patient' && !speaksOfSelf(statement);
    const whose: Person = goesOn ? person : here;
    named =
      namedPerson(statement) ??
      (whose === 'patient' ? undefined : (named ?? context.named ?? somebody));
    if (whose !== 'patient' && named) about.set(statement, named);
    const worth = isWorth(statement, context, question !== undefined);
    const chief = isChief(statement, context, unknown) && !drafted.some((one) => one.opening);
    const rewritten =
      unknown || chief || !worth || whose !== 'patient'
        ? undefined
        : rewriteStatement(statement, {
            patientIsChild: context.patientIsChild,
            answers: question !== undefined,
          });
    if (rewritten === undefined) {
      if (person !== whose && pending.length > 0) flush();
      pending.push(statement);
    } else {
      flush();
      question = undefined;
      drafted.push(draft(rewritten, [statement], topicOf([statement])));
    }
    person = whose;
  }
  flush();
  return drafted;
}

/** A pronoun alone does not say whose illness it is; the note must not leave it to be the patient's. */
const somebody = 'outra pessoa';

function isWorth(statement: Statement, context: SubjectiveContext, answers: boolean): boolean {
  if (answers && !statement.sentence.hasMark) return !isGreeting(statement);
  if (isSmallTalk(statement)) return false;
  if (isClinical(statement, context.complaints)) return true;
  return !context.planning && isStatement(statement);
}

function isChief(statement: Statement, context: SubjectiveContext, unknown: boolean): boolean {
  return (
    context.opening &&
    !unknown &&
    namesComplaint(statement, context.complaints) &&
    whoseStatement(statement, context.patientIsChild) === 'patient' &&
    !rewriteStatement(statement, {
      patientIsChild: context.patientIsChild,
      answers: true,
    })?.startsWith('Nega')
  );
}

/** Questions whose topic alone makes a short answer clear: "Início: "faz três dias"". */
const selfExplaining: ReadonlySet<AnamnesisTopic> = new Set([
  'inicio',
  'duracao',
  'frequencia',
  'localizacao',
  'carater',
  'intensidade',
  'fatores_piora',
  'fatores_melhora',
]);
const whWords = 'quando|onde|qual|quais|quanto|quanta|quantos|quantas|como|que';
const openQuestion = new RegExp(
  `^(?:e )?(?:desde |ha |faz |de |em |a |o |com |por )?(?:${whWords})\\b|\\b(?:${whWords})(?: \\w+)?$`,
);

function quoted(
  said: readonly Statement[],
  asked: Asked | undefined,
  context: SubjectiveContext,
  unknown: boolean,
  about: ReadonlyMap<Statement, string>,
): DraftSentence {
  const topic = topicOf(said) ?? asked?.topics[0];
  if (said.some((statement) => isChief(statement, context, unknown))) {
    return { ...draft(`Queixa principal: ${quoteAll(said)}.`, said, undefined), opening: true };
  }
  if (!asked || asked.questions.length === 0) {
    return draft(`${relating(said, context, unknown, about)}: ${quoteAll(said)}.`, said, topic);
  }
  if (standsAlone(said, asked, context)) {
    return draft(`${relating(said, context, unknown, about)}: ${quoteAll(said)}.`, said, topic);
  }
  const sources = [...asked.questions, ...said];
  const [only, ...others] = asked.topics;
  const wh = asked.questions.every(({ sentence }) => openQuestion.test(sentence.words.join(' ')));
  if (only && others.length === 0 && selfExplaining.has(only) && wh && !unknown) {
    return draft(`${topicLabel(only)}: ${quoteAll(said)}.`, sources, only);
  }
  const answers = unknown ? 'resposta sem autor identificado' : 'resposta';
  const text = `Pergunta: ${quoteAll(asked.questions)}; ${answers}: ${quoteAll(said)}.`;
  return draft(text, sources, asked.topics[0] ?? topic);
}

/** The questions of a turn without those about the doctor's own people; `last`: the last one stands. */
function askedOfPatient(
  { asked, statements }: Reply,
  complaints: readonly Complaint[],
): { asked: Asked | undefined; last: boolean } {
  if (!asked?.questions.some(speaksOfOwnPeople)) return { asked, last: true };
  const questions = asked.questions.filter((question) => !speaksOfOwnPeople(question));
  const last = questions.at(-1) === asked.questions.at(-1);
  const bare = statements.every(({ sentence }) => isBareAnswer(sentence.words));
  if (questions.length === 0 || (!last && bare)) return { asked: undefined, last };
  return { asked: { questions, topics: topicsOf(questions, complaints) }, last };
}

/** The doctor's own brother, told by way of a question, is nothing for the patient's record. */
function speaksOfOwnPeople(question: Statement): boolean {
  if (question.speaker !== 'MEDICO') return false;
  const { words } = question.sentence;
  if (findPhrase(ownRelative, words)) return true;
  return findPhrase(hadRelative, words) !== undefined && !words.some((w) => secondPerson.has(w));
}

const ownRelative = phrases(`meu|minha|meus|minhas ${persons}`);
const hadRelative = phrases(`tive|tenho|tinha um|uma|dois|duas|tres? ${persons}`);
const secondPerson = new Set('seu sua seus suas senhor senhora voce dele dela'.split(' '));

/** Who relates; and about whom, when the quotation itself does not name them. */
function relating(
  said: readonly Statement[],
  context: SubjectiveContext,
  unknown: boolean,
  about: ReadonlyMap<Statement, string>,
): string {
  const named = said.some((statement) => namedPerson(statement) !== undefined);
  const person = named ? undefined : said.map((statement) => about.get(statement)).find(Boolean);
  const speaker = speakerOf(context, unknown);
  return person ? `${speaker} sobre ${person}` : speaker;
}

/** Answers that begin so are about the question's words, whatever follows. */
const answersFirst = new Set(
  'sim nao tem teve tenho tive isso acho melhora piora consegue consigo toma tomo usa uso ja nunca so estava esta'.split(
    ' ',
  ),
);
const ownWords = 4;

/** True when an answer says what it is about: the question would only put words into the note. */
function standsAlone(
  said: readonly Statement[],
  asked: Asked,
  context: SubjectiveContext,
): boolean {
  const [first] = said;
  if (!first || first.sentence.words.length < ownWords) return false;
  const others = [...asked.questions, ...said].some(
    (statement) => whoseStatement(statement, context.patientIsChild) !== 'patient',
  );
  // Whose illness it is may stand in the question alone.
  if (others) return false;
  if (answersFirst.has(first.sentence.words[0] ?? '')) return false;
  const about = toldTopics(
    said.map(({ sentence }) => sentence),
    new Set(),
  ).some(({ topic }) => asked.topics.length === 0 || asked.topics.includes(topic));
  return about || said.some((statement) => namesComplaint(statement, context.complaints));
}

function speakerOf(context: SubjectiveContext, unknown: boolean): string {
  if (unknown) return 'Fala sem autor identificado';
  return context.patientIsChild ? 'Acompanhante relata' : 'Relata';
}

function topicOf(said: readonly Statement[]): AnamnesisTopic | undefined {
  return toldTopics(
    said.map((statement) => statement.sentence),
    new Set(),
  )[0]?.topic;
}

function draft(
  text: string,
  sources: readonly Statement[],
  topic: AnamnesisTopic | undefined,
): DraftSentence {
  return {
    section: 'subjetivo',
    text,
    transcriptionIds: [...new Set(sources.map((source) => source.utteranceId))],
    ...(topic === undefined ? {} : { topic }),
  };
}
