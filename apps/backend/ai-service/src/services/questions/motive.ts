import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import type { Complaint } from '../../bank/complaint.ts';
import { termsIn } from '../../bank/complaint-terms.ts';
import { questionBank } from '../../bank/question-bank.ts';
import { findingNouns } from '../talk/finding-words.ts';
import { type Statement, statementsOf } from '../talk/statement.ts';
import { whoseStatement } from '../talk/whose.ts';
import { findAllIn } from '../text/find-in.ts';
import { words } from '../text/fold.ts';
import { isNegatedBefore } from '../text/negation.ts';
import type { Span } from '../text/phrase.ts';
import { stem } from '../text/stem.ts';
import type { Utterance } from '../utterance.ts';

/** A question that looks for the words that it follows from. */
export interface Motivated {
  topic: AnamnesisTopic;
  question: string;
  redFlag: boolean;
  /** The complaint that calls for it, where one does. */
  complaint?: Complaint;
}

const weights = { complaint: 2, again: 0.5, alarm: 1.5 } as const;
/** Shared words alone make a motive only when they are as telling as one rare word. */
const leastShared = 0.55;
const meaningfulLength = 4;

/**
 * The patient's utterance that a question follows from: the one that brings up the complaint behind it,
 * and among several the one that shares most with the question; without a complaint, the one that names
 * a finding which the question is about. Undefined when none does: no quotation is better than a wrong
 * one. What somebody denies, asks back or tells of another person is no motive.
 */
export function motiveOf(
  question: Motivated,
  utterances: readonly Utterance[],
  patientIsChild: boolean,
): Utterance | undefined {
  const of = (speaker: Utterance['speaker']) =>
    best(
      question,
      utterances.filter((utterance) => utterance.speaker === speaker),
      patientIsChild,
    );
  // Whose words an unknown's are nobody knows; they count only where nothing of the patient's does.
  return of('PACIENTE') ?? of('UNKNOWN');
}

function best(
  question: Motivated,
  utterances: readonly Utterance[],
  patientIsChild: boolean,
): Utterance | undefined {
  const asked = telling(words(question.question));
  let found: { utterance: Utterance; score: number } | undefined;
  for (const utterance of utterances) {
    const score = scoreOf(question, asked, utterance, patientIsChild);
    // Of two that say as much the earlier one is what the patient came with.
    if (score > 0 && score > (found?.score ?? 0)) found = { utterance, score };
  }
  return found?.utterance;
}

function scoreOf(
  { complaint, redFlag }: Motivated,
  asked: ReadonlyMap<string, number>,
  utterance: Utterance,
  patientIsChild: boolean,
): number {
  const own = statementsOf(utterance).filter(
    (statement) =>
      !statement.sentence.hasMark && whoseStatement(statement, patientIsChild) === 'patient',
  );
  const named = own.reduce(
    (count, one) => count + undenied(complaint ? termsIn(complaint, one.sentence) : [], one),
    0,
  );
  const alarms = redFlag ? own.reduce((n, one) => n + affirmed(complaint?.alarm, one), 0) : 0;
  const shared = sharedWith(asked, own);
  const evidence =
    (named > 0 ? weights.complaint + (named > 1 ? weights.again : 0) : 0) +
    (alarms > 0 ? weights.alarm : 0);
  if (evidence > 0) return evidence + shared.weight;
  return shared.finding && shared.weight >= leastShared ? shared.weight : 0;
}

function affirmed(wanted: Complaint['alarm'], one: Statement): number {
  return wanted ? undenied(findAllIn(wanted, one.sentence), one) : 0;
}

function undenied(spans: readonly Span[], { sentence }: Statement): number {
  return spans.filter((span) => !isNegatedBefore(sentence, span)).length;
}

/** How much of a question's telling words stand in these statements, undenied. */
function sharedWith(
  asked: ReadonlyMap<string, number>,
  own: readonly Statement[],
): { weight: number; finding: boolean } {
  const seen = new Set<string>();
  let weight = 0;
  let finding = false;
  for (const { sentence } of own) {
    for (const [at, word] of sentence.words.entries()) {
      const root = stem(word);
      const worth = asked.get(root);
      if (worth === undefined || seen.has(root)) continue;
      if (isNegatedBefore(sentence, { start: at, end: at + 1 })) continue;
      seen.add(root);
      weight += worth;
      finding ||= findingNouns.has(word);
    }
  }
  return { weight, finding };
}

/** In how many questions of the bank each stem stands: the rarer, the more it says. */
const frequencies = countStems();
const questionsInBank = questionBank.complaints.reduce((n, one) => n + one.questions.length, 0);

function countStems(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { questions } of questionBank.complaints) {
    for (const { ask } of questions) {
      for (const root of new Set(words(ask).map(stem))) {
        counts.set(root, (counts.get(root) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/** Stems of the words that say something, each with its worth from 0 (in every question) to 1. */
function telling(said: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    said
      .filter((word) => word.length >= meaningfulLength)
      .map((word) => {
        const root = stem(word);
        const rarity = Math.log(questionsInBank / (frequencies.get(root) ?? 1));
        return [root, Math.max(0, rarity / Math.log(questionsInBank))];
      }),
  );
}
