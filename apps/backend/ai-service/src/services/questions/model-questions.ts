import type { Logger } from '@medcall/service-kit';
import {
  type AnamnesisTopic,
  anamnesisTopicKeys,
  topicLabel,
} from '@medcall/shared-types/anamnesis-topics';
import { z } from 'zod';
import type { GuidelineLibrary } from '../guidelines/library.ts';
import type { ConsultationModel } from '../llm/consultation-model.ts';
import { loadPrompt } from '../llm/prompt.ts';
import type { Utterance } from '../utterance.ts';
import {
  type CheckContext,
  type CheckedQuestion,
  checkQuestion,
  type DropReason,
  type ProposedQuestion,
} from './check-question.ts';
import type { ActiveComplaint } from './detect-complaints.ts';
import { type Passage, passagesFor, sourceOf } from './passages.ts';
import { hasRoom, isStale, maxOpen, openQuestions } from './place-questions.ts';
import type {
  Candidate,
  EngineUse,
  QuestionEngine,
  QuestionProposal,
  QuestionRequest,
} from './question-engine.ts';
import { questionsAsked } from './rewording.ts';
import type { SelectionInput } from './select-questions.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface ModelQuestionsOptions {
  model: ConsultationModel;
  /** Answers when the model does not, and for the danger signs of the chief complaint. */
  embedded: QuestionEngine;
  library: GuidelineLibrary;
  vocabulary: Vocabulary;
  logger: Logger;
}

const prompt = loadPrompt('perguntas', 1);
/** The realtime service waits 15 s; what comes later than this is no help in a talk. */
const deadlineMs = 9_000;
const maxOutputTokens = 600;
const longestTranscript = 12_000;

/**
 * Questions that a language model finds, under the embedded engine's contract: topics of the closed
 * list, each with a passage that was given, none covered or offered before. What does not hold is
 * dropped and counted. Danger signs of the chief complaint come from the bank whatever the model says.
 */
export function createModelQuestions(options: ModelQuestionsOptions): QuestionEngine {
  const { embedded, library, logger, model, vocabulary } = options;

  async function propose(request: QuestionRequest): Promise<QuestionProposal> {
    const bank = await embedded.propose(request);
    const { complaints, coverage } = request.talk;
    const placing = { ...request, coverage, utterances: request.utterances.length };
    const openTopics = topicsLeft(request);
    const passages = passagesFor(request.passages, complaints, library);
    if (!hasRoom(placing) || openTopics.size === 0 || passages.length === 0) return bank;
    const said = await model.complete({
      consultationId: request.consultationId,
      prompt,
      input: toInput(request, openTopics, passages),
      answer: answerSchema(openTopics),
      maxOutputTokens,
      deadlineMs,
    });
    if (said.kind === 'fallback') return fellBack(bank, said.reason);
    const { checked, dropped } = checkAll(said.answer.perguntas, {
      passages,
      openTopics,
      earlier: [
        ...questionsAsked(request.utterances),
        ...request.offered.map(({ question }) => question),
      ],
      complaints: complaints.map(({ complaint }) => complaint),
      vocabulary,
    });
    const use: EngineUse = said.provenance;
    if (Object.keys(dropped).length > 0) {
      logger.warn(
        { consultationId: request.consultationId, dropped, outputId: use.outputId },
        'questions of the language model were dropped',
      );
    }
    if (checked.length === 0 && said.answer.perguntas.length > 0) {
      return {
        ...fellBack(bank, 'invalid_answer'),
        run: { ...use, fallbackReason: 'invalid_answer', dropped },
      };
    }
    return {
      run: { ...use, fallbackReason: null, dropped },
      rank: (input) =>
        merge(
          bank,
          checked.map((one) => toCandidate(one, use, complaints)),
          input,
        ),
    };
  }

  return { propose };
}

/** The bank's danger signs, then the model's, then the rest in the model's own order. */
function merge(
  bank: QuestionProposal,
  fromModel: readonly Candidate[],
  input: SelectionInput,
): Candidate[] {
  const urgent = bank.rank(input).filter((candidate) => candidate.urgent);
  const seen = new Set<string>(input.offered.map((offer) => offer.topic));
  return [
    ...urgent,
    ...fromModel.filter((candidate) => candidate.urgent),
    ...fromModel.filter((candidate) => !candidate.urgent),
  ].filter(({ topic }) => {
    if (seen.has(topic) || input.coverage.has(topic)) return false;
    seen.add(topic);
    return true;
  });
}

function fellBack(bank: QuestionProposal, reason: string): QuestionProposal {
  return { ...bank, run: { ...bank.run, fallbackReason: reason } };
}

function topicsLeft({ offered, talk }: QuestionRequest): Set<AnamnesisTopic> {
  const seen = new Set(offered.map((offer) => offer.topic));
  return new Set(anamnesisTopicKeys.filter((key) => !talk.coverage.has(key) && !seen.has(key)));
}

function answerSchema(openTopics: ReadonlySet<AnamnesisTopic>) {
  return z.object({
    perguntas: z
      .array(
        z.object({
          // A hint to the vendor only: one wrong topic must not cost the whole answer.
          topico: z.string().meta({ enum: [...openTopics] }),
          pergunta: z.string(),
          trecho: z.string(),
          alarme: z.boolean(),
        }),
      )
      .max(20),
  });
}

function toInput(
  { offered, talk, utterances }: QuestionRequest,
  openTopics: ReadonlySet<AnamnesisTopic>,
  passages: readonly Passage[],
) {
  const open = openQuestions(offered, talk.coverage);
  const waiting = open.filter((offer) => !isStale(offer)).length;
  return {
    paciente: { idade: talk.patient.ageYears ?? null, sexo: talk.patient.sex ?? null },
    vagas: Math.max(1, maxOpen - waiting),
    topicos_abertos: Object.fromEntries([...openTopics].map((key) => [key, topicLabel(key)])),
    trechos: passages.map(({ id, section, text, title }) => ({
      id,
      documento: title,
      secao: section,
      texto: text,
    })),
    transcricao: latest(utterances).map(({ speaker, text }) => ({
      quem: who[speaker],
      texto: text,
    })),
  };
}

const who = { MEDICO: 'medico', PACIENTE: 'paciente', UNKNOWN: 'pessoa' } as const;

/** The end of the talk, as far as it fits. */
function latest(utterances: readonly Utterance[]): Utterance[] {
  let left = longestTranscript;
  const kept: Utterance[] = [];
  for (const utterance of [...utterances].reverse()) {
    left -= utterance.text.length;
    if (left < 0) break;
    kept.unshift(utterance);
  }
  return kept;
}

function checkAll(proposed: readonly ProposedQuestion[], context: CheckContext) {
  const checked: CheckedQuestion[] = [];
  const dropped: Partial<Record<DropReason, number>> = {};
  for (const one of proposed) {
    const result = checkQuestion(one, context);
    const repeated =
      typeof result !== 'string' && checked.some(({ topic }) => topic === result.topic);
    if (typeof result !== 'string' && !repeated) {
      checked.push(result);
      continue;
    }
    const reason = typeof result === 'string' ? result : 'repeated_topic';
    dropped[reason] = (dropped[reason] ?? 0) + 1;
  }
  return { checked, dropped };
}

function toCandidate(
  checked: CheckedQuestion,
  use: EngineUse,
  complaints: readonly ActiveComplaint[],
): Candidate {
  const { passage, question, rationale, redFlag, topic } = checked;
  return {
    topic,
    question,
    rationale,
    redFlag,
    urgent: redFlag,
    ...complaintBehind(checked, complaints),
    source: () => sourceOf(passage, `${question} ${rationale}`),
    use,
  };
}

/** The complaint whose guideline the question cites, or that calls for its topic. */
function complaintBehind(
  { passage, topic }: CheckedQuestion,
  complaints: readonly ActiveComplaint[],
): Pick<Candidate, 'complaint'> {
  const all = complaints.map(({ complaint }) => complaint);
  const behind =
    all.find(({ guideline }) => guideline === passage.documentId) ??
    all.find(({ questions }) => questions.some((question) => question.topic === topic));
  return behind ? { complaint: behind } : {};
}
