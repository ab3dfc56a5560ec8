import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import { anamnesisTopicKeys } from '@medcall/shared-types/anamnesis-topics';
import type { Complaint } from '../../bank/complaint.ts';
import { askedTopics } from '../coverage.ts';
import { createMasker } from '../privacy/masker.ts';
import { words } from '../text/fold.ts';
import { sentences } from '../text/sentences.ts';
import type { Passage } from './passages.ts';
import { type FormProblem, formProblem } from './question-form.ts';
import { sameFigures, sharedWithEarlier } from './rewording.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A question as a model proposes it. */
export interface ProposedQuestion {
  topico: string;
  pergunta: string;
  trecho: string;
  alarme: boolean;
}

export interface CheckContext {
  passages: readonly Passage[];
  openTopics: ReadonlySet<AnamnesisTopic>;
  /** Questions that the doctor has asked or was offered. */
  earlier: readonly string[];
  complaints: readonly Complaint[];
  vocabulary: Vocabulary;
}

/** Why a proposed question is not shown to anybody. */
export type DropReason =
  | 'no_citation'
  | 'unknown_passage'
  | 'unknown_topic'
  | 'closed_topic'
  | 'repeated_topic'
  | 'repeated_question'
  | FormProblem
  | 'foreign_word'
  | 'private'
  | 'off_topic'
  | 'unsupported';

export interface CheckedQuestion {
  topic: AnamnesisTopic;
  question: string;
  rationale: string;
  redFlag: boolean;
  passage: Passage;
}

/** Words this long carry meaning; the small ones are in any passage. */
const meaningfulLength = 5;

/**
 * Lets a model's question through only as what it has to be: one question about one open topic, in
 * clinical words, resting on a passage that was given. No rule looks for an attack: whatever else a
 * model was talked into is simply no such question.
 */
export function checkQuestion(
  proposed: ProposedQuestion,
  context: CheckContext,
): CheckedQuestion | DropReason {
  if (proposed.trecho.trim() === '') return 'no_citation';
  const passage = context.passages.find(({ id }) => id === proposed.trecho);
  if (!passage) return 'unknown_passage';
  const topic = anamnesisTopicKeys.find((key) => key === proposed.topico);
  if (!topic) return 'unknown_topic';
  if (!context.openTopics.has(topic)) return 'closed_topic';
  const question = proposed.pergunta.replace(/\s+/g, ' ').trim();
  const form = formProblem(question);
  if (form) return form;
  if (isPrivate(question)) return 'private';
  if (context.vocabulary.foreignWord(question) !== undefined) return 'foreign_word';
  const about = askedTopics(sentences(question), context.complaints);
  if (!about.includes(topic)) return 'off_topic';
  if (isRepeated(question, about, proposed.alarme, context)) return 'repeated_question';
  if (!isSupported(question, passage)) return 'unsupported';
  return {
    topic,
    question,
    rationale: rationaleFor(topic, passage, context.complaints),
    redFlag: proposed.alarme,
    passage,
  };
}

const same = 0.75;
/** Less is enough where the question also touches a topic that is closed. */
const alike = 0.6;
/** One word, "menos" or "fezes", makes another danger of it. */
const nothingNew = 1;

function isRepeated(
  question: string,
  about: readonly AnamnesisTopic[],
  redFlag: boolean,
  { earlier, openTopics }: CheckContext,
): boolean {
  if (redFlag) {
    const comparable = earlier.filter((one) => sameFigures(question, one));
    return sharedWithEarlier(question, comparable) >= nothingNew;
  }
  const touchesClosed = about.some((topic) => !openTopics.has(topic));
  return sharedWithEarlier(question, earlier) >= (touchesClosed ? alike : same);
}

/** Marks, documents, telephones, addresses and names have no place in a question. */
function isPrivate(question: string): boolean {
  return createMasker([]).mask(question) !== question;
}

/** The passage speaks of what is asked. */
function isSupported(question: string, passage: Passage): boolean {
  const stems = (text: string) =>
    words(text)
      .filter((word) => word.length >= meaningfulLength)
      .map((word) => word.slice(0, meaningfulLength));
  const there = new Set(stems(`${passage.title} ${passage.section} ${passage.text}`));
  return stems(question).some((stem) => there.has(stem));
}

/**
 * Why it is asked is not for the model to say: a sentence that states something cannot be checked as
 * a question can. The bank's own reason for the topic, or the passage, speaks.
 */
function rationaleFor(
  topic: AnamnesisTopic,
  passage: Passage,
  complaints: readonly Complaint[],
): string {
  const known = complaints
    .flatMap((complaint) => complaint.questions)
    .find((question) => question.topic === topic);
  return known?.why ?? `Apoia-se em “${passage.section}”, de ${passage.title}.`;
}
