import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import type { GuidelineSource } from '@medcall/shared-types/suggestion';
import type { Complaint } from '../../bank/complaint.ts';
import type { Chunk } from '../guidelines/chunk-index.ts';
import type { Utterance } from '../utterance.ts';
import type { OfferedQuestion } from './place-questions.ts';
import type { TalkState } from './read-talk.ts';
import type { SelectionInput } from './select-questions.ts';

/** What an engine is given to find questions for. */
export interface QuestionRequest {
  consultationId: string;
  talk: TalkState;
  utterances: readonly Utterance[];
  offered: readonly OfferedQuestion[];
  /** Passages that the search found for what was just said, best first. */
  passages: readonly Chunk[];
}

/** Which engine wrote something, as the record keeps it. */
export interface EngineUse {
  engine: string;
  engineVersion: string;
  promptHash: string | null;
  /** The vendor's id of the output. */
  outputId: string | null;
}

/** A question that may be offered. */
export interface Candidate {
  topic: AnamnesisTopic;
  question: string;
  rationale: string;
  redFlag: boolean;
  /** Goes before everything and may take another question's place. */
  urgent: boolean;
  /** The complaint that calls for it, where one does. */
  complaint?: Complaint;
  /** The passage that it rests on. */
  source: () => GuidelineSource;
  use: EngineUse;
}

/** How one answer came about. */
export interface QuestionRun extends EngineUse {
  /** Why the embedded engine answered in the place of the configured one; null when it did not. */
  fallbackReason: string | null;
  /** Questions of a model that were not let through, by reason. */
  dropped: Readonly<Record<string, number>>;
}

export interface QuestionProposal {
  run: QuestionRun;
  /**
   * Candidates for what stands now, best first, without topics that are covered or were offered.
   * Called inside the storing transaction: it waits for nothing.
   */
  rank(input: SelectionInput): Candidate[];
}

/** Finds questions for the doctor. Placing them on the screen is not its business. */
export interface QuestionEngine {
  propose(request: QuestionRequest): Promise<QuestionProposal>;
}
