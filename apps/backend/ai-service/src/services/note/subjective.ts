import { type AnamnesisTopic, topicLabel } from '@medcall/shared-types/anamnesis-topics';
import type { Complaint } from '../../bank/complaint.ts';
import { sectionOf } from '../../bank/topic-sections.ts';
import { toldTopics } from '../coverage.ts';
import { bodyParts, findingNouns } from '../talk/finding-words.ts';
import type { Statement, Token } from '../talk/statement.ts';
import { type Person, speaksOfSelf, whoseStatement } from '../talk/whose.ts';
import { leadingAnswer, plainAnswer } from '../talk/yes-no.ts';
import { isNumberWord } from '../text/numbers.ts';
import type { DraftSentence } from './draft-sentence.ts';
import { askedOfPatient } from './own-people.ts';
import { answeredQuestion } from './polar-question.ts';
import { quote, quoteAll, rewriteStatement } from './rewrite.ts';
import { type NamedPerson, personIn, somebody, speakerOf, unnamedIn } from './spoken-of.ts';
import type { Asked, Reply } from './turns.ts';
import {
  isClinical,
  isGreeting,
  isSmallTalk,
  isStatement,
  namesComplaint,
} from './worth-noting.ts';

export interface SubjectiveContext {
  complaints: readonly Complaint[];
  patientIsChild: boolean;
  /** Somebody speaks for a grown patient: who 'eu' is stays open, and 'ele' is mostly the patient. */
  companion: boolean;
  /** Nothing has been told yet: what comes is what the patient came for. */
  opening: boolean;
  /** Whom the turns before spoke of, when it was not the patient: "ele" goes on about that person. */
  named?: NamedPerson;
  /** The doctor plans already: what follows is mostly agreement. */
  planning: boolean;
}

/** 'Ele' is the patient and 'eu' is not: of a child, and of a grown patient whose companion speaks. */
function spokenFor({ companion, patientIsChild }: SubjectiveContext): boolean {
  return companion || patientIsChild;
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
  const about = new Map<Statement, NamedPerson>();
  let pending: Statement[] = [];
  let question = asked;
  const flush = () => {
    const worth = pending.filter((one) => isWorth(one, context, question !== undefined));
    if (worth.length > 0) drafted.push(quoted(worth, question, context, unknown, about));
    if (pending.length > 0) question = undefined;
    pending = [];
  };
  let person: Person = 'patient';
  let named: NamedPerson | undefined;
  const unnamed = context.companion ? undefined : somebody;
  for (const statement of said) {
    const here = whoseStatement(statement, spokenFor(context));
    // "Minha mãe tem diabetes. Toma insulina.": what goes on without "eu" goes on about her.
    const goesOn: boolean = person !== 'patient' && here === 'patient' && !speaksOfSelf(statement);
    const whose: Person = goesOn ? person : here;
    named =
      personIn(statement) ??
      (whose === 'patient' ? undefined : (named ?? context.named ?? unnamed));
    // Who "ela" is for somebody of whom nobody knows who speaks stays open.
    if (whose !== 'patient' && named && !unknown) about.set(statement, named);
    const worth = isWorth(statement, context, question !== undefined);
    const chief =
      isChief(statement, context, unknown, question) && !drafted.some((one) => one.opening);
    const rewritten =
      unknown ||
      (context.companion && speaksOfSelf(statement)) ||
      chief ||
      !worth ||
      whose !== 'patient' ||
      leansOn(statement, question)
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

function isWorth(statement: Statement, context: SubjectiveContext, answers: boolean): boolean {
  if (answers && !statement.sentence.hasMark) return !isGreeting(statement);
  if (isSmallTalk(statement)) return false;
  if (isClinical(statement, context.complaints)) return true;
  return !context.planning && isStatement(statement);
}

/** What brought the patient: told among the first, and not in answer to a question about his past or life. */
function isChief(
  statement: Statement,
  context: SubjectiveContext,
  unknown: boolean,
  asked: Asked | undefined,
): boolean {
  const invited = asked?.questions.some(({ sentence }) => sentence.isInvitation) ?? false;
  const sections = invited ? [] : (asked?.topics ?? []).map(sectionOf);
  const aside =
    sections.length > 0 && !sections.some((one) => one === 'complaint' || one === 'symptoms');
  return (
    context.opening &&
    !unknown &&
    !aside &&
    namesComplaint(statement, context.complaints) &&
    whoseStatement(statement, spokenFor(context)) === 'patient' &&
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
  about: ReadonlyMap<Statement, NamedPerson>,
): DraftSentence {
  const topic = topicOf(said) ?? asked?.topics[0];
  if (said.some((statement) => isChief(statement, context, unknown, asked))) {
    return { ...draft(`Queixa principal: ${quoteAll(said)}.`, said, undefined), opening: true };
  }
  if (!asked || asked.questions.length === 0 || standsAlone(said, asked, context)) {
    const person = unnamedIn(said, about);
    const who = speakerOf(context.patientIsChild, unknown, person);
    return draft(`${who}: ${quoteAll(said)}.`, said, topic, person?.utteranceId);
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

/** Answers that begin so are about the question's words, whatever follows: "Sinto um pouco", "Na esquerda". */
const answersFirst = new Set(
  (
    'sim nao tem teve tenho tive isso acho melhora piora consegue consigo toma tomo usa uso ja nunca so estava esta ' +
    'sinto senti sente sentiu faco fiz faz fez pouco muito bastante um uma na no nas nos em com sem para pra por pelo pela ' +
    'ate do da dos das de todo toda'
  ).split(' '),
);
/**
 * "O da pressão", "os dois joelhos", "a que fica em cima": the article stands for a noun of the question.
 * "O nariz está escorrendo" has its own subject and needs no question.
 */
const articles = new Set(['o', 'a', 'os', 'as']);
const behindPronoun = new Set(
  (
    'de do da dos das que mesmo mesma mesmos mesmas outro outra outros outras direito direita direitos direitas ' +
    'esquerdo esquerda esquerdos esquerdas'
  ).split(' '),
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
    (statement) => whoseStatement(statement, spokenFor(context)) !== 'patient',
  );
  // Whose illness it is may stand in the question alone.
  if (others) return false;
  if (leansOn(first, asked)) return false;
  const [word = '', second = ''] = first.sentence.words;
  if (answersFirst.has(word) || isNumberWord(word) || echoes(word, asked)) return false;
  if (articles.has(word) && (behindPronoun.has(second) || isNumberWord(second))) return false;
  const about = toldTopics(
    said.map(({ sentence }) => sentence),
    new Set(),
  ).some(({ topic }) => asked.topics.length === 0 || asked.topics.includes(topic));
  return about || said.some((statement) => namesComplaint(statement, context.complaints));
}

const echoLetters = 3;

/** "Mediu a pressão?" – "Medi na farmácia": takes up the question's verb, and leaves what was asked in it. */
function echoes(word: string, { questions }: Asked): boolean {
  const root = word.slice(0, echoLetters);
  return (
    word.length > echoLetters &&
    questions.some(({ sentence }) =>
      sentence.words.some((one) => one.length > echoLetters && one.startsWith(root)),
    )
  );
}

/**
 * "Bateu a cabeça?" – "Bati aqui do lado": by itself it would not say what. "Dor no peito?" – "Dor não" denies that
 * one pain, and "Não, durmo bem" behind any question denies what that asked.
 */
function leansOn(statement: Statement, asked: Asked | undefined): boolean {
  const { sentence, tokens } = statement;
  const question = asked?.questions.at(-1);
  if (!asked || !question) return false;
  if (leadingAnswer(tokens, question.tokens)?.answer === 'no' && !deniesAgain(sentence.words))
    return true;
  if (leavesPlaceOut(sentence.words, question.sentence.words)) return true;
  if (!echoes(sentence.words[0] ?? '', asked)) return false;
  const named = asked.questions
    .flatMap((question) => question.sentence.words)
    .filter((word) => findingNouns.has(word) || bodyParts.has(word));
  return named.length > 0 && !named.some((word) => sentence.words.includes(word));
}

/** "Não, não tenho febre", "Não, nunca tive". */
function deniesAgain(said: readonly string[]): boolean {
  return said.slice(1).some((word) => word === 'nao' || word === 'nunca' || word === 'sem');
}

/** Words between a finding and where it is: "dor no peito", "dor aqui na barriga". */
const toPlace = 3;

/** Whether an answer takes up a finding of the question without the place that the question names with it. */
function leavesPlaceOut(said: readonly string[], question: readonly string[]): boolean {
  if (said.some((word) => bodyParts.has(word))) return false;
  return question.some(
    (word, at) =>
      findingNouns.has(word) &&
      said.includes(word) &&
      question.slice(at + 1, at + 1 + toPlace).some((place) => bodyParts.has(place)),
  );
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
  names?: string,
): DraftSentence {
  const ids = sources.map((source) => source.utteranceId);
  return {
    section: 'subjetivo',
    text,
    transcriptionIds: [...new Set(names === undefined ? ids : [names, ...ids])],
    ...(topic === undefined ? {} : { topic }),
  };
}
