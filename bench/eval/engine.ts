import type { GuidelineLibrary } from '../../apps/backend/ai-service/src/services/guidelines/library.ts';
import {
  extractiveWriter,
  type NoteWriter,
} from '../../apps/backend/ai-service/src/services/note/note-writer.ts';
import { createEmbeddedQuestions } from '../../apps/backend/ai-service/src/services/questions/embedded-questions.ts';
import type { QuestionEngine } from '../../apps/backend/ai-service/src/services/questions/question-engine.ts';

/** What is measured: an engine for questions and one for notes, as the service puts them together. */
export interface EvalEngine {
  name: string;
  questions: QuestionEngine;
  notes: NoteWriter;
}

const version = 'eval';

/** The engine without a language model. */
export function embeddedEvalEngine(library: GuidelineLibrary): EvalEngine {
  return {
    name: 'embedded',
    questions: createEmbeddedQuestions({ library, version }),
    notes: extractiveWriter(version),
  };
}
