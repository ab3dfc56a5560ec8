import type { GuidelineLibrary } from '../guidelines/library.ts';
import { embeddedEngine } from '../llm.ts';
import type { Candidate, EngineUse, QuestionEngine } from './question-engine.ts';
import { rankedQuestions, type ScoredQuestion } from './select-questions.ts';

/** The embedded engine in the record. */
export function embeddedUse(version: string): EngineUse {
  return { engine: embeddedEngine, engineVersion: version, promptHash: null, outputId: null };
}

/** Questions of the bank, each with the guideline section that it cites. Nothing is generated. */
export function createEmbeddedQuestions(options: {
  library: GuidelineLibrary;
  version: string;
}): QuestionEngine {
  const use = embeddedUse(options.version);
  const toCandidate = ({ citation, complaint, question, urgent }: ScoredQuestion): Candidate => ({
    topic: question.topic,
    question: question.ask,
    rationale: question.why,
    redFlag: question.redFlag ?? false,
    urgent,
    complaint,
    source: () => options.library.source(citation, `${question.ask} ${question.why}`),
    use,
  });
  return {
    propose: async () => ({
      run: { ...use, fallbackReason: null, dropped: {} },
      rank: (input) => rankedQuestions(input).map(toCandidate),
    }),
  };
}
