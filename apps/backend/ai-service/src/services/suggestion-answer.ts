import { randomUUID } from 'node:crypto';
import { type AiNotice, aiNoticeFor } from '@medcall/shared-types/ai-notice';
import type {
  CoverageItem,
  SuggestionItem,
  SuggestionsResponse,
} from '@medcall/shared-types/suggestion';
import { coverageItems } from './coverage.ts';
import { fallbackNotice } from './llm/fallback-notice.ts';
import { motiveOf } from './questions/motive.ts';
import type { Candidate, QuestionRun } from './questions/question-engine.ts';
import { type TalkState, wantedTopics } from './questions/read-talk.ts';
import type { NewSuggestion, StoredRun, StoredSuggestion } from './suggestion-store.ts';
import { isTyped, offeredIn, storedId } from './suggestion-trigger.ts';
import type { Utterance } from './utterance.ts';

/** Questions of one answer, and what the doctor should know about where they come from. */
export interface Answer {
  items: readonly SuggestionItem[];
  notice: AiNotice | undefined;
}

/** An answer that was given before: the same questions again. */
export function answeredBefore(
  room: { runs: ReadonlyMap<string, StoredRun>; suggestions: StoredSuggestion[] },
  run: StoredRun,
): Answer {
  return { items: offeredIn(room, run.at), notice: noticeOf(run.fallbackReason) };
}

/** What a doctor is told of a fallback; nothing when the configured engine answered. */
export function noticeOf(fallbackReason: string | null): AiNotice | undefined {
  const reason = fallbackNotice(fallbackReason);
  return reason && aiNoticeFor(reason, 'questions');
}

/** What a question is stored with beside itself. */
export interface Occasion {
  /** The utterance after which it is offered. */
  trigger: Utterance | undefined;
  utterances: readonly Utterance[];
  patientIsChild: boolean;
  run: QuestionRun | undefined;
}

export function toNewSuggestion(
  candidate: Candidate,
  { patientIsChild, run, trigger, utterances }: Occasion,
): NewSuggestion {
  const motive = motiveOf(candidate, utterances, patientIsChild);
  const { question, rationale, redFlag, source, topic, use } = candidate;
  return {
    id: randomUUID(),
    topic,
    question,
    rationale,
    redFlag,
    sources: [source()],
    triggeredBy: { transcriptionId: storedId(motive), text: motive?.text ?? '' },
    askedAfter: storedId(trigger),
    engine: use.engine,
    ...(noticeOf(run?.fallbackReason ?? null) ? { fallback: true } : {}),
    use,
  };
}

/** The meter of the anamnesis. */
export function toMeter(talk: TalkState): CoverageItem[] {
  const items = coverageItems(talk.coverage, wantedTopics(talk.complaints));
  return items.map(({ transcriptionId, ...item }) =>
    transcriptionId === undefined || isTyped(transcriptionId) ? item : { ...item, transcriptionId },
  );
}

export function toResponse(
  { items, notice }: Answer,
  coverage: CoverageItem[],
): SuggestionsResponse {
  return {
    suggestions: items.map((item) => item.question),
    items: items.map(
      ({ id, topic, question, rationale, redFlag, sources, triggeredBy, engine, fallback }) => ({
        id,
        topic,
        question,
        rationale,
        redFlag,
        sources,
        triggeredBy,
        engine,
        ...(fallback ? { fallback } : {}),
      }),
    ),
    coverage,
    ...(notice ? { notice } : {}),
  };
}
