import { randomUUID } from 'node:crypto';
import {
  CircuitBreaker,
  type CostLedger,
  createLogger,
  exchangeRate,
  priceOfTokens,
  priceVersion,
  systemClock,
} from '@medcall/service-kit';
import { createModel } from '../../apps/backend/ai-service/src/choose-model.ts';
import { modelEnv } from '../../apps/backend/ai-service/src/config/env.ts';
import type { GuidelineLibrary } from '../../apps/backend/ai-service/src/services/guidelines/library.ts';
import type { Lexicon } from '../../apps/backend/ai-service/src/services/lexicon.ts';
import { createConsultationModel } from '../../apps/backend/ai-service/src/services/llm/consultation-model.ts';
import { wait } from '../../apps/backend/ai-service/src/services/llm/wait.ts';
import { createModelNoteWriter } from '../../apps/backend/ai-service/src/services/note/model-note.ts';
import { createModelQuestions } from '../../apps/backend/ai-service/src/services/questions/model-questions.ts';
import { createVocabulary } from '../../apps/backend/ai-service/src/services/questions/vocabulary.ts';
import { type EvalEngine, embeddedEvalEngine } from './engine.ts';

const breaker = { failures: 3, openMs: 5_000 };
const attempts = 3;

/**
 * A language model as the environment names it, behind everything that the service puts around it but
 * consent and cap: the consultations are invented and nobody's money is guarded. The passages are those of
 * the chief complaint's guideline.
 * @throws ConfigError when the provider's address or key is missing
 */
export function modelEvalEngine(
  provider: 'azure' | 'openai',
  env: Record<string, string | undefined>,
  { drugNames }: Lexicon,
  library: GuidelineLibrary,
): EvalEngine & { spentMicros: () => number } {
  const parsed = modelEnv.parse({ ...env, LLM_PROVIDER: provider });
  const model = createModel(parsed);
  if (!model) throw new Error(`${provider} is no language model`);
  const rate = exchangeRate(parsed.BRL_PER_USD);
  const logger = createLogger({ service: 'eval', level: 'silent' });
  let spent = 0;
  const ledger: CostLedger = {
    reserve: async ({ idempotencyKey }) => ({ granted: true, id: idempotencyKey }),
    settle: async (_, { micros }) => {
      spent += micros;
    },
    release: async () => undefined,
    spending: async () => ({ spentMicros: spent, capMicros: null, month: null }),
  };
  const guarded = createConsultationModel({
    model,
    ledger,
    priceOf: ({ inputTokens, outputTokens }) =>
      priceOfTokens(
        parsed.LLM_PRICED_AS ?? model.model,
        { input: inputTokens, output: outputTokens },
        rate,
      ),
    priceVersion: priceVersion(rate),
    namesIn: async () => [],
    breaker: new CircuitBreaker(breaker, systemClock),
    attempts,
    newKey: randomUUID,
    now: () => systemClock.now(),
    wait,
    logger,
  });
  const embedded = embeddedEvalEngine(library);
  return {
    name: model.name,
    questions: createModelQuestions({
      model: guarded,
      embedded: embedded.questions,
      library,
      vocabulary: createVocabulary(library, drugNames),
      logger,
    }),
    notes: createModelNoteWriter({ model: guarded, embedded: embedded.notes, logger }),
    spentMicros: () => spent,
  };
}
