import {
  type AnamnesisTopic,
  anamnesisTopicKeys,
  topicLabel,
} from '@medcall/shared-types/anamnesis-topics';
import type { Speaker } from '@medcall/shared-types/roles';
import type { CoverageItem } from '@medcall/shared-types/suggestion';
import type { Complaint } from '../bank/complaint.ts';
import { termsIn } from '../bank/complaint-terms.ts';
import type { TopicWording } from '../bank/topic-wording.ts';
import { topicWording } from '../bank/topics/all-topics.ts';
import {
  besideDoctor,
  followCompanion,
  introducesCompanion,
  opensWithThird,
  speaksOfPatient,
} from './talk/companion.ts';
import { fallsOfThing } from './talk/falls.ts';
import { givesOrder } from './talk/orders.ts';
import { replyTo } from './talk/reply.ts';
import { unknownAsks } from './talk/unknown-asks.ts';
import { isOfAnother, isOfOtherSex, speaksOfThird } from './talk/whose.ts';
import { findAllIn, findIn } from './text/find-in.ts';
import { isNegated } from './text/negation.ts';
import { findPhrase, type Span } from './text/phrase.ts';
import { type Sentence, sentences } from './text/sentences.ts';
import type { Utterance } from './utterance.ts';

/** What is known about one topic, with the utterances that made it known. */
export interface TopicState {
  /** Utterance in which the doctor asked. */
  askedIn?: string;
  /** Utterance in which the patient told, asked or not. */
  answeredIn?: string;
  /** First of the two: what covered the topic. */
  coveredIn: string;
  /** The patient denied it ("não tenho alergia"): kept, because a denial is an answer too. */
  denied?: boolean;
}

export type Coverage = ReadonlyMap<AnamnesisTopic, TopicState>;

const replyReach = 2;
/** Danger signs in one question that make it a question about danger signs. */
const alarmsAsked = 2;

/**
 * Reads from a transcript which topics the doctor asked about and which the patient told of himself.
 * @param utterances final utterances in order of time
 * @param complaints active complaints: a bare mention of the complaint itself covers nothing
 * @param sex of the patient's card: how the doctor addresses a listener tells nothing where a companion listens
 */
export function readCoverage(
  utterances: readonly Utterance[],
  complaints: readonly Complaint[] = [],
  patientIsChild = false,
  sex?: 'F' | 'M',
): Coverage {
  const coverage = new Map<AnamnesisTopic, TopicState>();
  const ownTopics = new Set(complaints.flatMap((complaint) => complaint.ownTopics ?? []));
  const signs = new Set<string>();
  let awaiting: { topics: AnamnesisTopic[]; left: number } | undefined;
  const follow = followCompanion(besideDoctor);
  const opened = opensWithThird(utterances);
  let ofPatient = false;
  for (const [at, utterance] of utterances.entries()) {
    const companion = follow(utterance);
    const said = sentences(utterance.text);
    // "Consegue segurar a urina?" is one danger sign, not yet all of them, and a question about the urine.
    const open = settlesAlarms(said, signs) ? undefined : 'sinais_alarme';
    const asked = askedTopics(
      asking(said, utterance.speaker, replyTo(utterances, at)),
      complaints,
      open,
    );
    for (const topic of asked) note(coverage, topic, { askedIn: utterance.id });
    if (asked.length > 0) awaiting = { topics: asked, left: replyReach };
    if (utterance.speaker === 'MEDICO') {
      ofPatient = said.some(speaksOfPatient);
      continue;
    }
    const spokenFor = patientIsChild || companion || opened || ofPatient;
    const told = said.filter((one) => tells(one, utterance.speaker, spokenFor));
    // A companion's "ele" and "ela" are the patient, whom the card may not describe.
    const other = companion ? undefined : sex;
    for (const { topic, denied } of toldTopics(told, ownTopics, patientIsChild, other)) {
      note(coverage, topic, { answeredIn: utterance.id, ...(denied ? { denied } : {}) });
    }
    if (asked.length > 0 || awaiting === undefined) continue;
    for (const topic of awaiting.topics) note(coverage, topic, { answeredIn: utterance.id });
    awaiting.left -= 1;
    if (awaiting.left === 0) awaiting = undefined;
  }
  return coverage;
}

/** Whether danger signs were asked for as such, or several of them by now: one is not yet all. */
function settlesAlarms(said: readonly Sentence[], signs: Set<string>): boolean {
  const wording = topicWording.sinais_alarme;
  for (const sentence of said) {
    for (const span of findAllIn(wording.asked, sentence))
      signs.add(sentence.words[span.start] ?? '');
  }
  const asSuch = wording.settled;
  return (
    signs.size >= alarmsAsked ||
    (asSuch !== undefined && said.some((sentence) => findIn(asSuch, sentence) !== undefined))
  );
}

/** Topics that an utterance asks about. */
export function askedIn(
  { speaker, text }: Utterance,
  complaints: readonly Complaint[],
): AnamnesisTopic[] {
  return askedTopics(asking(sentences(text), speaker), complaints);
}

/**
 * What the patient asks back tells nothing. Recognised speech also puts marks where nobody asked: who
 * speaks of himself in the past ("Fumei por vinte anos?") tells.
 */
function tells(sentence: Sentence, speaker: Speaker, spokenFor: boolean): boolean {
  // "Ele fuma" of a voice that nobody knows: of a grown patient without companion one speaks to the face.
  if (speaker === 'UNKNOWN')
    return !unknownAsks(sentence) && (spokenFor || !speaksOfThird(sentence));
  if (speaker === 'MEDICO') return !sentence.isQuestion;
  return !sentence.hasMark || ownPast.test(sentence.words.slice(0, 3).join(' '));
}

const ownPast = /^(?:(?:eu|nao|ja|nunca|so|e|mas|ai) )*(?:[a-z]{2,}[^aeou]ei|tive|fiz|fui|tinha)\b/;

/** Sentences that ask. Recognised speech loses question marks, so the doctor gets the benefit of the doubt. */
function asking(said: readonly Sentence[], speaker: Speaker, reply?: Sentence): Sentence[] {
  switch (speaker) {
    case 'PACIENTE':
      return [];
    case 'MEDICO':
      return said.filter(
        (sentence, at) =>
          (sentence.isQuestion || sentence.isOpen) &&
          !givesOrder(sentence, at + 1 === said.length ? reply : undefined),
      );
    case 'UNKNOWN':
      return said.filter((sentence) => unknownAsks(sentence));
  }
}

function note(
  coverage: Map<AnamnesisTopic, TopicState>,
  topic: AnamnesisTopic,
  seen: Omit<TopicState, 'coveredIn'>,
): void {
  const before = coverage.get(topic);
  const coveredIn = before?.coveredIn ?? seen.askedIn ?? seen.answeredIn;
  if (coveredIn === undefined) return;
  coverage.set(topic, { ...seen, ...before, coveredIn });
}

/**
 * Topics that these asking sentences ask about.
 * @param open a topic that they do not settle
 */
export function askedTopics(
  said: readonly Sentence[],
  complaints: readonly Complaint[],
  open?: AnamnesisTopic,
): AnamnesisTopic[] {
  const found = new Set<AnamnesisTopic>();
  for (const sentence of said) {
    const here = anamnesisTopicKeys.filter(
      (topic) => topic !== open && asks(topic, sentence, complaints),
    );
    for (const topic of here) {
      const yields: readonly string[] = topicWording[topic].yieldsTo ?? [];
      if (!here.some((other) => yields.includes(other))) found.add(topic);
    }
  }
  return [...found];
}

function asks(
  topic: AnamnesisTopic,
  sentence: Sentence,
  complaints: readonly Complaint[],
): boolean {
  const wording = topicWording[topic];
  if (findIn(wording.asked, sentence) !== undefined) {
    if (topic !== 'sintomas_associados') return true;
    return findPhrase(wording.asked, withoutComplaint(sentence, complaints)) !== undefined;
  }
  return (
    topic === 'sinais_alarme' &&
    // One danger sign asked about is not yet all of them.
    complaints.some(
      ({ alarm }) => alarm !== undefined && findAllIn(alarm, sentence).length >= alarmsAsked,
    )
  );
}

/** "Essa tosse é seca?" asks about the complaint, not about a symptom beside it. */
function withoutComplaint(sentence: Sentence, complaints: readonly Complaint[]): string[] {
  const own = complaints.flatMap((complaint) => termsIn(complaint, sentence));
  return sentence.words.map((word, at) => (own.some((span) => inside(at, span)) ? '·' : word));
}

function inside(at: number, span: Span): boolean {
  return at >= span.start && at < span.end;
}

/** Topics that the patient brings up in these sentences; what another person has answers for himself only. */
export function toldTopics(
  said: readonly Sentence[],
  ownTopics: ReadonlySet<AnamnesisTopic>,
  patientIsChild = false,
  sex?: 'F' | 'M',
): { topic: AnamnesisTopic; denied: boolean }[] {
  return said.flatMap((sentence) => {
    const here = anamnesisTopicKeys.flatMap((topic) => {
      const found = told(topicWording[topic], sentence, ownTopics.has(topic));
      const own = patientIsChild || aboutOthers.has(topic) || introducesCompanion(sentence);
      const span = found.find(
        (one) =>
          !(topic === 'trauma' && fallsOfThing(sentence, one)) &&
          (own || !(isOfAnother(sentence, one) || isOfOtherSex(sentence, one, sex))),
      );
      return span ? [{ topic, denied: isNegated(sentence, span) }] : [];
    });
    const topics: readonly string[] = here.map((finding) => finding.topic);
    return here.filter(
      ({ topic }) => !(topicWording[topic].yieldsTo ?? []).some((other) => topics.includes(other)),
    );
  });
}

/** Topics that are about other people. */
const aboutOthers: ReadonlySet<AnamnesisTopic> = new Set([
  'historia_familiar',
  'contatos',
  'rede_apoio',
]);

function told(wording: TopicWording, sentence: Sentence, own: boolean): Span[] {
  const answered = findAllIn(wording.answered, sentence);
  return own || !wording.mentioned
    ? answered
    : [...answered, ...findAllIn(wording.mentioned, sentence)];
}

/** Topics that every anamnesis should touch, whatever the complaint. */
const always: readonly AnamnesisTopic[] = ['inicio', 'antecedentes', 'medicacoes', 'alergias'];

/** The meter of the anamnesis: what the complaint calls for and whatever else was covered. */
export function coverageItems(
  coverage: Coverage,
  wanted: Iterable<AnamnesisTopic>,
): CoverageItem[] {
  const listed = new Set<AnamnesisTopic>([...always, ...wanted, ...coverage.keys()]);
  return anamnesisTopicKeys
    .filter((key) => listed.has(key))
    .map((key) => {
      const state = coverage.get(key);
      return state
        ? { key, label: topicLabel(key), status: 'covered', transcriptionId: state.coveredIn }
        : { key, label: topicLabel(key), status: 'open' };
    });
}
