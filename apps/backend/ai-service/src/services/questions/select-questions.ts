import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import type { BankQuestion, Complaint } from '../../bank/complaint.ts';
import { citationOf, questionBank } from '../../bank/question-bank.ts';
import { sectionOf, type TopicSection } from '../../bank/topic-sections.ts';
import type { Coverage } from '../coverage.ts';
import type { ActiveComplaint } from './detect-complaints.ts';
import { concerns, type PatientContext } from './patient-context.ts';
import { type OfferedQuestion, type Placed, placeQuestions } from './place-questions.ts';

export interface SelectionInput {
  complaints: readonly ActiveComplaint[];
  patient: PatientContext;
  coverage: Coverage;
  offered: readonly OfferedQuestion[];
  /** Utterances so far. */
  utterances: number;
  /** The doctor has begun to plan (examinations, prescription): what is open now would be missed. */
  planning: boolean;
  /** Sections of the anamnesis that the doctor is asking about himself just now. */
  inRun: ReadonlySet<TopicSection>;
  /** Sections in which he has asked something so far; unknown discounts nothing. */
  visited?: ReadonlySet<TopicSection>;
  /** Rank (from 0) of guideline passages for what was just said, by `document#section`. */
  passages?: ReadonlyMap<string, number>;
}

export interface ChosenQuestion {
  complaint: Complaint;
  question: BankQuestion;
  /** `document#section`. */
  citation: string;
}

const leadUtterances = 16;
const leastScore = 42;
const chiefShare = 0.7;

/**
 * How surely a doctor asks about a topic without help. Early in the talk it would only be noise to
 * suggest what he is about to ask; the discount fades as the talk goes on and ends when he plans.
 */
const askedAnyway: Partial<Record<AnamnesisTopic, number>> = {
  inicio: 0.7,
  localizacao: 0.6,
  duracao: 0.55,
  carater: 0.5,
  frequencia: 0.5,
  medicacoes: 0.5,
  intensidade: 0.45,
  fatores_piora: 0.35,
  fatores_melhora: 0.4,
  antecedentes: 0.35,
  febre: 0.35,
  sintomas_associados: 0.25,
  peso: 0.35,
  sono: 0.25,
  habitos: 0.25,
  gestacao: 0.15,
  trauma: 0.15,
  alergias: 0.15,
  vacinas: 0.15,
  medidas_em_casa: 0.2,
  adesao: 0.15,
};

/** How much surer that is in a part of the anamnesis that he has not come to: in one that he left, it was missed. */
const toCome = 0.3;

/**
 * Chooses what to offer now: red flags first, then clinical weight. Nothing that was asked, answered
 * or offered before, and never more than three open at a time.
 */
export function selectQuestions(input: SelectionInput): Placed<ScoredQuestion> {
  return placeQuestions(
    rankedQuestions(input).map((one) => ({ ...one, waits: waits(one.question, input) })),
    input,
  );
}

/** True while the doctor is asking in this topic's section himself. What is dangerous does not wait. */
export function waits(
  { redFlag, topic }: { topic: AnamnesisTopic; redFlag?: boolean },
  { inRun, planning }: Pick<SelectionInput, 'inRun' | 'planning'>,
): boolean {
  return !redFlag && !planning && inRun.has(sectionOf(topic));
}

/** The best question of each topic that is still open and was never offered, best first. */
export function rankedQuestions(input: SelectionInput): ScoredQuestion[] {
  const seen = new Set(input.offered.map((offer) => offer.topic));
  const best = new Map<AnamnesisTopic, ScoredQuestion>();
  for (const candidate of candidates(input)) {
    const { topic } = candidate.question;
    if (input.coverage.has(topic) || seen.has(topic)) continue;
    const rival = best.get(topic);
    if (!rival || inOrder(candidate, rival) < 0) best.set(topic, candidate);
  }
  return [...best.values()].sort(inOrder);
}

export interface ScoredQuestion extends ChosenQuestion {
  score: number;
  /** A red flag of what the patient mainly came for; one of a side remark takes its turn by weight. */
  urgent: boolean;
}

/** Asked before anything is prescribed, whatever the complaint: what makes a treatment dangerous. */
const beforeTreatment: ReadonlySet<AnamnesisTopic> = new Set([
  'alergias',
  'gestacao',
  'medicacoes',
]);

/** The complaints, and at the doctor's plan the questions of safety that none of them has. */
function called({ complaints, planning }: SelectionInput): readonly ActiveComplaint[] {
  if (!planning || complaints.length === 0) return complaints;
  const { fallback } = questionBank;
  const questions = fallback.questions.filter(({ topic }) => beforeTreatment.has(topic));
  return [...complaints, { complaint: { ...fallback, questions }, share: 1 }];
}

function candidates(input: SelectionInput): ScoredQuestion[] {
  const lead = input.planning ? 0 : Math.max(0, 1 - input.utterances / leadUtterances);
  return called(input)
    .flatMap(({ complaint, share }) =>
      complaint.questions
        .filter((question) => concerns(question.audience, input.patient))
        .map((question) => {
          const citation = citationOf(complaint, question.cites);
          const ahead = input.visited?.has(sectionOf(question.topic)) === false ? toCome : 0;
          const discount = 1 - lead * Math.min(1, (askedAnyway[question.topic] ?? 0) + ahead);
          const score =
            question.weight * (0.6 + 0.4 * share) * discount + support(input.passages, citation);
          const dangerous = (question.redFlag ?? false) && share >= chiefShare;
          const urgent = dangerous || (input.planning && beforeTreatment.has(question.topic));
          return { complaint, question, citation, score, urgent };
        }),
    )
    .filter(({ score }) => score >= leastScore);
}

/** A passage that the search found for what was just said speaks for its question. */
function support(passages: SelectionInput['passages'], citation: string): number {
  const rank = passages?.get(citation);
  return rank === undefined ? 0 : Math.max(0, 5 - rank);
}

function inOrder(a: ScoredQuestion, b: ScoredQuestion): number {
  return Number(b.urgent) - Number(a.urgent) || b.score - a.score;
}
